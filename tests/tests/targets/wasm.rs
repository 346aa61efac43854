//! wasm32, with vectors and without: in Node and in Chromium.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use gan_lab_tests::hashes::{Row, compare, json, rows};
use gan_lab_tests::server::Server;
use gan_lab_tests::targets::{Build, WASM, program};
use gan_lab_tests::{browser, skip, workspace};
use serde::Deserialize;

const PACKAGE: &str = "tests/targets/wasm";

/// Results of a module for the rows.
#[derive(Deserialize)]
struct Outcome {
    vectors: bool,
    milliseconds: f64,
    hashes: Vec<String>,
}

/// The module without vectors, and the one with.
fn modules() -> Result<[PathBuf; 2], String> {
    let module = |folder, flags| {
        let build = Build {
            target: WASM,
            package: PACKAGE,
            features: "",
            flags,
            folder,
        };
        build
            .release()
            .map(|folder| folder.join("gan_lab_wasm_rows.wasm"))
    };
    Ok([
        module("wasm", "")?,
        module("wasm-simd128", "-Ctarget-feature=+simd128")?,
    ])
}

fn check(target: &str, rows: &[Row], outcomes: &str) {
    let outcomes: Vec<Outcome> =
        serde_json::from_str(outcomes).unwrap_or_else(|error| panic!("{target}: {error}: {outcomes}"));
    assert_eq!(
        outcomes.iter().map(|outcome| outcome.vectors).collect::<Vec<_>>(),
        [false, true]
    );
    for outcome in &outcomes {
        let target = match outcome.vectors {
            true => format!("{target}, simd128"),
            false => target.to_owned(),
        };
        compare(&target, rows, &outcome.hashes);
        println!("{target}: {} rows in {:.0} ms", rows.len(), outcome.milliseconds);
    }
}

#[test]
fn node_gives_the_hashes() {
    let Some(node) = program(&["node", "nodejs"]) else {
        return skip("Node is not installed (Debian's package is nodejs)");
    };
    let modules = match modules() {
        Ok(modules) => modules,
        Err(why) => return skip(&why),
    };
    let rows = rows();
    let folder = tempfile::tempdir().unwrap();
    let table = folder.path().join("rows.json");
    std::fs::write(&table, json(&rows)).unwrap();
    let output = Command::new(node)
        .arg(workspace().join(PACKAGE).join("node.mjs"))
        .arg(&table)
        .args(&modules)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{said}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    check("Node", &rows, &said);
}

#[test]
fn chromium_gives_the_hashes() {
    let modules = match modules() {
        Ok(modules) => modules,
        Err(why) => return skip(&why),
    };
    let rows = rows();
    let own = |name: &str| std::fs::read(workspace().join(PACKAGE).join(name)).unwrap();
    let [plain, simd128] = modules.map(|module| std::fs::read(module).unwrap());
    let server = Server::of(HashMap::from([
        ("page.html", own("page.html")),
        ("rows.js", own("rows.js")),
        ("rows.json", json(&rows).into_bytes()),
        ("plain.wasm", plain),
        ("simd128.wasm", simd128),
    ]));
    let folder = tempfile::tempdir().unwrap();
    let _browser = match browser::open(&server.url("page.html"), folder.path()) {
        Ok(browser) => browser,
        Err(why) => return skip(&why),
    };
    // Another table is of runs that are too long for every day.
    let minutes = if std::env::var_os("GAN_LAB_HASHES").is_some() {
        60
    } else {
        3
    };
    let said = server
        .told(Duration::from_secs(60 * minutes))
        .expect("the page tells what came of it");
    check("Chromium", &rows, &said);
}
