//! Who may know whom: the table of docs/ARCHITECTURE.md, proved over what each
//! package declares in its Cargo.toml. Only normal dependencies count; tests and
//! tools may look anywhere. What a dependency depends on in turn is its own
//! business, and is not looked at.
#![cfg(not(target_arch = "wasm32"))]
#![allow(clippy::unwrap_used, clippy::expect_used)]

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use std::collections::{BTreeMap, BTreeSet};

/// Room → the rooms it may name.
const MAY_KNOW: [(&str, &[&str]); 10] = [
    ("weft-model", &[]),
    ("weft-document", &["weft-model"]),
    ("weft-analysis", &["weft-model"]),
    ("weft-exchange", &["weft-model"]),
    (
        "weft-figures",
        &["weft-analysis", "weft-exchange", "weft-model"],
    ),
    ("weft-seal", &["weft-model"]),
    (
        "weft-session",
        &["weft-document", "weft-model", "weft-seal"],
    ),
    // For tests and benches alone: nothing that is shipped knows it.
    ("weft-sample", &["weft-model"]),
    (
        "weft-sandbox",
        &[
            "weft-analysis",
            "weft-document",
            "weft-exchange",
            "weft-figures",
            "weft-model",
            "weft-session",
        ],
    ),
    ("weft-worker", &["weft-sandbox"]),
];

/// Whatever speaks to a browser.
const BROWSER: [&str; 6] = [
    "web-sys",
    "js-sys",
    "wasm-bindgen",
    "wasm-bindgen-futures",
    "gloo",
    "leptos",
];

/// Whatever runs tasks or waits.
const RUNTIMES: [&str; 6] = [
    "tokio",
    "async-std",
    "smol",
    "futures",
    "futures-executor",
    "gloo-timers",
];

/// Whatever tells the time or throws dice.
const CLOCKS_AND_DICE: [&str; 7] = [
    "chrono",
    "time",
    "jiff",
    "instant",
    "web-time",
    "getrandom",
    "uuid",
];

fn workspace() -> Metadata {
    MetadataCommand::new()
        .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml"))
        // What the packages declare is enough, and needs no network.
        .no_deps()
        .exec()
        .expect("cargo metadata")
}

fn packages(workspace: &Metadata) -> BTreeMap<&str, &Package> {
    let packages = workspace.packages.iter();
    packages
        .map(|package| (package.name.as_str(), package))
        .collect()
}

fn knows(package: &Package) -> BTreeSet<&str> {
    let declared = package.dependencies.iter();
    declared
        .filter(|dependency| dependency.kind == DependencyKind::Normal)
        .map(|dependency| dependency.name.as_str())
        .collect()
}

/// The forbidden names that a package declares all the same.
fn breaches(package: &Package, forbidden: &[&str]) -> Vec<String> {
    let known = knows(package);
    let broken = forbidden.iter().filter(|name| known.contains(**name));
    broken
        .map(|name| format!("{} → {name}", package.name))
        .collect()
}

#[test]
fn every_room_knows_only_the_rooms_below_it() {
    let workspace = workspace();
    let rooms = packages(&workspace);
    let allowed = BTreeMap::from(MAY_KNOW);
    let mut broken = Vec::new();
    for (name, package) in &rooms {
        for other in knows(package)
            .iter()
            .filter(|other| rooms.contains_key(**other))
        {
            let may = match *name {
                // The browser program puts the rooms together.
                "weft" => *other != "xtask",
                room => allowed.get(room).is_some_and(|below| below.contains(other)),
            };
            if !may {
                broken.push(format!("{name} → {other}"));
            }
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn every_room_stands_in_the_table() {
    let workspace = workspace();
    let allowed = BTreeMap::from(MAY_KNOW);
    for name in packages(&workspace).keys() {
        let known = ["weft", "xtask"].contains(name) || allowed.contains_key(name);
        assert!(known, "{name} has no row in MAY_KNOW");
    }
}

#[test]
fn the_crdt_library_is_a_dependency_of_document_alone() {
    let workspace = workspace();
    let rooms = packages(&workspace);
    let with_loro: Vec<&str> = rooms
        .iter()
        .filter(|(_, package)| knows(package).iter().any(|name| name.starts_with("loro")))
        .map(|(name, _)| *name)
        .collect();
    assert_eq!(with_loro, ["weft-document"]);
}

#[test]
fn the_pure_rooms_name_neither_browser_nor_runtime() {
    let workspace = workspace();
    let rooms = packages(&workspace);
    let mut broken = Vec::new();
    for name in [
        "weft-model",
        "weft-document",
        "weft-analysis",
        "weft-exchange",
        "weft-figures",
        "weft-seal",
        "weft-session",
        "weft-sandbox",
    ] {
        broken.extend(breaches(rooms[name], &BROWSER));
        broken.extend(breaches(rooms[name], &RUNTIMES));
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn model_analysis_and_session_have_no_clock_and_no_dice() {
    let workspace = workspace();
    let rooms = packages(&workspace);
    let mut broken = Vec::new();
    for name in ["weft-model", "weft-analysis", "weft-session"] {
        broken.extend(breaches(rooms[name], &CLOCKS_AND_DICE));
        // The trait of a generator that is handed in is welcome, one that finds
        // its own seed is not.
        let own_seed = |dependency: &&cargo_metadata::Dependency| {
            let seeds = ["std", "os_rng", "thread_rng"];
            dependency.name == "rand"
                && dependency.kind == DependencyKind::Normal
                && (dependency.uses_default_features
                    || dependency
                        .features
                        .iter()
                        .any(|feature| seeds.contains(&feature.as_str())))
        };
        if rooms[name]
            .dependencies
            .iter()
            .any(|dependency| own_seed(&dependency))
        {
            broken.push(format!("{name} → rand with a seed of its own"));
        }
    }
    assert_eq!(broken, Vec::<String>::new());
}

#[test]
fn model_knows_no_format() {
    let workspace = workspace();
    let formats = [
        "serde_json",
        "csv",
        "quick-xml",
        "zip",
        "toml",
        "postcard",
        "bincode",
    ];
    assert_eq!(
        breaches(packages(&workspace)["weft-model"], &formats),
        Vec::<String>::new()
    );
}

#[test]
fn a_native_build_of_the_programs_pays_for_no_browser_library() {
    let workspace = workspace();
    let rooms = packages(&workspace);
    let programs = ["weft", "weft-worker"].into_iter();
    for dependency in programs.flat_map(|name| &rooms[name].dependencies) {
        let heavy = BROWSER.contains(&dependency.name.as_str());
        let native = dependency.target.is_none() && dependency.kind == DependencyKind::Normal;
        assert!(
            !(heavy && native),
            "{} is not for wasm alone",
            dependency.name
        );
    }
}
