// The functions of the contract, to be read beside gan-core/src/math.rs (CONTRACT.md, sections 1 and 2).
//
// Vulkan promises correct rounding for + - * only, so division and square root are built from those:
// a seed by an integer trick, three Newton steps, the exact remainder by Dekker's splitting, and a last
// step of one ulp up or down.

fn bits(x: f32) -> u32 {
    return bitcast<u32>(x);
}

fn from_bits(u: u32) -> f32 {
    return bitcast<f32>(u);
}

// c(x): |x| < 2^-50, and -0, become +0.
fn canonical(x: f32) -> f32 {
    return select(x, 0.0, (bits(x) & 0x7fffffffu) < 0x26800000u);
}

// c2(x): |x| < 2^-100, and -0, become +0.
fn canonical_square(x: f32) -> f32 {
    return select(x, 0.0, (bits(x) & 0x7fffffffu) < 0x0d800000u);
}

// Whether all exponent bits are set: infinite or not a number.
fn not_finite_bits(x: f32) -> bool {
    return (bits(x) & 0x7f800000u) == 0x7f800000u;
}

// max(x, 0) of four numbers; NaN becomes +0.
fn relu(x: vec4<f32>) -> vec4<f32> {
    return select(vec4(0.0), x, x > vec4(0.0));
}

// a * b - p without an error, where p is the rounded product: 4097 = 2^12 + 1 splits a number into two
// halves of 12 bits, whose products are exact (Dekker 1971).
fn product_remainder(a: f32, b: f32, p: f32) -> f32 {
    let a_wide = 4097.0 * a;
    let a_high = a_wide - (a_wide - a);
    let a_low = a - a_high;
    let b_wide = 4097.0 * b;
    let b_high = b_wide - (b_wide - b);
    let b_low = b - b_high;
    return (((a_high * b_high - p) + a_high * b_low) + a_low * b_high) + a_low * b_low;
}

// a / b, correctly rounded wherever the quotient is zero, normal or infinite. What is subnormal counts as
// zero: no operand in the contract is, and the one quotient, in the sigmoid of a NaN, is flushed by c(x)
// before it is used.
fn divide(a: f32, b: f32) -> f32 {
    let sign = (bits(a) ^ bits(b)) & 0x80000000u;
    let a_exponent = i32((bits(a) >> 23u) & 255u);
    let b_exponent = i32((bits(b) >> 23u) & 255u);
    // Mantissas in [1, 2), the dividend's not below the divisor's.
    var dividend = from_bits((bits(a) & 0x007fffffu) | 0x3f800000u);
    let divisor = from_bits((bits(b) & 0x007fffffu) | 0x3f800000u);
    var exponent = a_exponent - b_exponent + 127;
    if (dividend < divisor) {
        dividend = dividend + dividend;
        exponent = exponent - 1;
    }
    var r = from_bits(0x7ef311c7u - bits(divisor));
    r = r * (2.0 - divisor * r);
    r = r * (2.0 - divisor * r);
    r = r * (2.0 - divisor * r);
    var q = dividend * r;
    var p = q * divisor;
    var remainder = (dividend - p) - product_remainder(q, divisor, p);
    q = q + remainder * r;
    q = select(q, 1.0, q < 1.0);
    q = select(q, 1.9999999, q > 1.9999999);
    p = q * divisor;
    remainder = (dividend - p) - product_remainder(q, divisor, p);
    let half = divisor * 5.9604645e-8;
    if (remainder > half) {
        q = q + 1.1920929e-7;
    } else if (remainder < -half) {
        q = q - 1.1920929e-7;
    }
    let quotient = from_bits(sign | (u32(exponent) << 23u) | (bits(q) & 0x007fffffu));
    let zero = from_bits(sign);
    let infinity = from_bits(sign | 0x7f800000u);
    let nan = from_bits(sign | 0x7fc00000u);
    if (a_exponent == 255) {
        // A NaN stays one; infinity over infinity is one.
        return select(infinity, nan, b_exponent == 255 || (bits(a) & 0x007fffffu) != 0u);
    }
    if (b_exponent == 255) {
        return select(zero, nan, (bits(b) & 0x007fffffu) != 0u);
    }
    if (b_exponent == 0) {
        return select(infinity, nan, a_exponent == 0);
    }
    if (a_exponent == 0 || exponent <= 0) {
        return zero;
    }
    return select(quotient, infinity, exponent >= 255);
}

// The square root of zero, a normal number or infinity, correctly rounded; of less, zero.
fn square_root(x: f32) -> f32 {
    let exponent = i32((bits(x) >> 23u) & 255u) - 127;
    let odd = exponent & 1;
    // In [1, 4), so that an even exponent is left.
    let m = from_bits((u32(127 + odd) << 23u) | (bits(x) & 0x007fffffu));
    let half_exponent = (exponent - odd) / 2;
    let half = 0.5 * m;
    var r = from_bits(0x5f3759dfu - (bits(m) >> 1u));
    r = r * (1.5 - (half * r) * r);
    r = r * (1.5 - (half * r) * r);
    r = r * (1.5 - (half * r) * r);
    var s = m * r;
    var p = s * s;
    var remainder = (m - p) - product_remainder(s, s, p);
    s = s + remainder * (0.5 * r);
    s = select(s, 1.0, s < 1.0);
    s = select(s, 1.9999999, s > 1.9999999);
    p = s * s;
    remainder = (m - p) - product_remainder(s, s, p);
    let least = s * 1.1920929e-7;
    if (remainder > least) {
        s = s + 1.1920929e-7;
    } else if (remainder <= -least) {
        s = s - 1.1920929e-7;
    }
    if (exponent == 128) {
        return x;
    }
    let root = from_bits((u32(half_exponent + 127) << 23u) | (bits(s) & 0x007fffffu));
    return select(root, 0.0, (bits(x) >> 31u) != 0u || exponent == -127);
}

// e^x, with x clamped to -87 <= x <= 88.
fn exponential(x: f32) -> f32 {
    var y = select(88.0, x, x < 88.0);
    y = select(-87.0, y, y > -87.0);
    let t = y * 1.442695 + 12582912.0;
    let k = t - 12582912.0;
    let r = (y - k * 0.693359375) - k * -0.00021219444;
    var p = 0.00019875691;
    p = p * r + 0.0013981999;
    p = p * r + 0.008333452;
    p = p * r + 0.041665796;
    p = p * r + 0.16666666;
    p = p * r + 0.5;
    let fraction = (p * (r * r) + r) + 1.0;
    return fraction * from_bits((bits(t) - 0x4b400000u + 127u) << 23u);
}

// 1 / (1 + e^-x), by the exponential that cannot overflow.
fn sigmoid(x: f32) -> f32 {
    let e = exponential(from_bits(bits(x) | 0x80000000u));
    let r = divide(1.0, 1.0 + e);
    return select(r, e * r, x < 0.0);
}

// Hyperbolic tangent: a polynomial near zero, an exponential elsewhere; of -0 it is +0.
fn hyperbolic_tangent(x: f32) -> f32 {
    let a = from_bits(bits(x) & 0x7fffffffu);
    let z = a * a;
    var p = -0.0057049887;
    p = p * z + 0.020639088;
    p = p * z + -0.053739715;
    p = p * z + 0.13331442;
    p = p * z + -0.3333328;
    let near = ((p * z) * a) + a;
    let far = 1.0 - divide(2.0, exponential(a + a) + 1.0);
    let y = select(far, near, a < 0.625);
    return select(y, -y, x < 0.0);
}
