# Source me: makes targets without an operating system buildable, and defines `cargo_for_target`.
#
# Where rustup has the target, plain cargo does. Else (no network but Debian's packages) the compiler
# and library sources of Debian's rustc-web and rust-web-src go into a private folder and `core` is
# built there once; the two come from one source, so they fit. Nothing is installed system-wide.

TARGET=thumbv7em-none-eabihf
PREFIX=${GAN_LAB_TARGETS:-$HOME/.cache/gan-lab-targets}

has_target() {
  local library
  library=$(rustc --print target-libdir --target "$TARGET" 2>/dev/null) &&
    compgen -G "$library/libcore-*.rlib" >/dev/null
}

build_prefix() (
  set -euo pipefail
  rm -rf "$PREFIX"
  mkdir -p "$PREFIX/packages"
  cd "$PREFIX/packages"
  # shellcheck disable=SC2046 # a list of package names
  apt-get -qq download $(apt-get install -s --no-install-recommends rustc-web rust-web-src | awk '/^Inst/{print $2}')
  for package in *.deb; do
    case $package in
      rust-web-src_*)
        dpkg-deb --fsys-tarfile "$package" |
          tar -x -C .. --wildcards './usr/lib/rustlib/src*' './usr/src/rustc-*/library/*'
        ;;
      *) dpkg-deb -x "$package" .. ;;
    esac
  done
  cd ..
  rm -rf packages
  mkdir bin
  printf '#!/bin/sh\nLD_LIBRARY_PATH=%s exec %s "$@"\n' \
    "$PREFIX/usr/lib/x86_64-linux-gnu" "$PREFIX/usr/bin/rustc" >bin/rustc
  chmod +x bin/rustc
  # The linker of the compiler at hand serves this one too.
  ln -sfn "$(rustc --print sysroot)/lib/rustlib/x86_64-unknown-linux-gnu/bin" \
    usr/lib/rustlib/x86_64-unknown-linux-gnu/bin
  mkdir -p seed/src
  printf '[package]\nname = "seed"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >seed/Cargo.toml
  echo '#![no_std]' >seed/src/lib.rs
  cd seed
  RUSTC=$PREFIX/bin/rustc RUSTC_BOOTSTRAP=1 cargo build --quiet --release --target "$TARGET" \
    -Zbuild-std=core --target-dir "$PREFIX/target"
  mkdir -p "$PREFIX/usr/lib/rustlib/$TARGET/lib"
  cp "$PREFIX/target/$TARGET"/release/deps/*.rlib "$PREFIX/usr/lib/rustlib/$TARGET/lib/"
  rm -rf "$PREFIX/target" "$PREFIX/usr/lib/rustlib/$TARGET"/lib/libseed-*
  "$PREFIX/bin/rustc" --version >"$PREFIX/complete"
)

if has_target; then
  cargo_for_target() { cargo "$@" --target "$TARGET"; }
else
  [ -f "$PREFIX/complete" ] || build_prefix
  cargo_for_target() { RUSTC=$PREFIX/bin/rustc cargo "$@" --target "$TARGET"; }
fi
