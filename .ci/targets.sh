# Source me: makes targets buildable that the toolchain at hand may lack, and defines
#   cargo_for TARGET ARGUMENTS…    cargo for that target, whatever it takes
#   cargo_for_target ARGUMENTS…    the same for the microcontroller
#   target_ready TARGET            whether that takes no preparation
#
# Where rustup has the target, plain cargo does. Else (no network but Debian's packages) the compiler
# and library sources of Debian's rustc-web and rust-web-src go into a private folder and the target's
# libraries are built there once; the two come from one source, so they fit. Nothing is installed
# system-wide. GAN_LAB_TARGETS names another folder than ~/.cache/gan-lab-targets.

TARGET=thumbv7em-none-eabihf
PREFIX=${GAN_LAB_TARGETS:-$HOME/.cache/gan-lab-targets}

has_target() {
  local library
  library=$(rustc --print target-libdir --target "$1" 2>/dev/null) &&
    compgen -G "$library/libcore-*.rlib" >/dev/null
}

# Whether a target can be built for without preparing anything.
target_ready() {
  has_target "$1" || [ -f "$PREFIX/usr/lib/rustlib/$1/complete" ]
}

# Debian's compiler, unpacked.
unpack_compiler() (
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
  bin/rustc --version >compiler
)

# A target's libraries: all that it can have.
build_libraries() (
  set -euo pipefail
  target=$1
  case $target in
    wasm32-*) crates=std,panic_abort ;;
    *) crates=core,alloc ;;
  esac
  seed=$PREFIX/seed-$target
  mkdir -p "$seed/src"
  printf '[package]\nname = "seed"\nversion = "0.0.0"\nedition = "2021"\n[workspace]\n' >"$seed/Cargo.toml"
  echo '#![no_std]' >"$seed/src/lib.rs"
  cd "$seed"
  # With bitcode, so that programs can be optimised as a whole, libraries included.
  RUSTC=$PREFIX/bin/rustc RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes \
    cargo build --quiet --release --target "$target" -Zbuild-std="$crates" --target-dir "$seed/target"
  libraries=$PREFIX/usr/lib/rustlib/$target
  rm -rf "$libraries"
  mkdir -p "$libraries/lib"
  cp "$seed/target/$target"/release/deps/*.rlib "$libraries/lib/"
  rm -rf "$seed" "$libraries"/lib/libseed-*
  touch "$libraries/complete"
)

# One at a time, however many tests and shells ask for it.
prepare_target() (
  set -euo pipefail
  mkdir -p "$(dirname "$PREFIX")"
  exec 9>"$PREFIX.lock"
  flock 9
  [ -f "$PREFIX/compiler" ] || unpack_compiler
  [ -f "$PREFIX/usr/lib/rustlib/$1/complete" ] || build_libraries "$1"
)

cargo_for() {
  local target=$1
  shift
  if has_target "$target"; then
    cargo "$@" --target "$target"
  else
    prepare_target "$target" && RUSTC=$PREFIX/bin/rustc cargo "$@" --target "$target"
  fi
}

cargo_for_target() { cargo_for "$TARGET" "$@"; }
