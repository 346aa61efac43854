#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = gan_lab_tests::formats::Format::Csv.holds(bytes);
});
