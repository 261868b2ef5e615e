//! What files mean for a plan, and tables whose columns a person has matched.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use weft_exchange::archive::{self, Opened};
use weft_exchange::foreign::{self, File, Foreign, Heard, Options};
use weft_exchange::tables::{self, ApplyOptions, Matching, Sheet};
use weft_exchange::{ImportError, Imported, case, standards, weft_json, workbook};
use weft_model::{Plan, Uid};

use crate::job::{Failed, Given, Port, What, Why};
use crate::looking::{is_json, unicode};

/// Fresh uids from a seed: the same ones each time, so that an answer that names
/// an item still fits when the files are read anew.
pub fn fresh(seed: u64) -> impl FnMut() -> Uid {
    let mut count = 0_u64;
    move || {
        count += 1;
        Uid(mixed(
            seed.wrapping_add(count.wrapping_mul(0x9e37_79b9_7f4a_7c15)),
        ))
    }
}

/// Spreads neighbouring numbers over all of the space (the finisher of
/// SplitMix64).
fn mixed(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// What the tables mean for the plan.
pub(crate) fn apply(
    sheets: &[(Sheet, Matching)],
    plan: &Plan,
    options: &ApplyOptions,
    seed: u64,
    port: &mut dyn Port,
) -> Imported {
    port.progress(0.0);
    let port = RefCell::new(port);
    let hear = |share: f64| port.borrow_mut().progress(share);
    tables::apply_heard(plan, sheets, options, &mut fresh(seed), Heard(Some(&hear)))
}

/// What the files mean for the plan.
pub(crate) fn import(
    what: What,
    files: &[Given],
    plan: &Plan,
    options: &Options,
    seed: u64,
    port: &mut dyn Port,
) -> Result<Imported, Failed> {
    port.progress(0.0);
    let files = unpacked(files, what, port)?;
    port.progress(0.2);
    let mut fresh = fresh(seed);
    match what {
        What::Weft => {
            let file = files.first().ok_or_else(|| nothing(""))?;
            let corrected = &options.corrected;
            weft_json::import_corrected(&file.bytes, corrected, plan, &mut fresh)
                .map_err(|error| failed(file, error))
        }
        What::Foreign(format) => {
            // Reading is most of it; what a line becomes is quickly put together.
            let all = files.iter().map(|file| file.bytes.len()).sum::<usize>();
            let last = Cell::new(0.2);
            let port = RefCell::new(port);
            let mut before = 0;
            let hear = |file: &Cow<'_, Given>| {
                let (from, own) = (before, file.bytes.len());
                before += own;
                let (last, port) = (&last, &port);
                move |share: f64| {
                    let read = from as f64 + own as f64 * share;
                    let told = 0.2 + 0.7 * read / all.max(1) as f64;
                    // Some files are gone through twice.
                    if told > last.replace(told.max(last.get())) {
                        port.borrow_mut().progress(told);
                    }
                }
            };
            let heard: Vec<_> = files.iter().map(hear).collect();
            let given: Vec<File<'_>> = (files.iter().zip(&heard))
                .map(|(file, heard)| File {
                    name: &file.name,
                    bytes: &file.bytes,
                    heard: Heard(Some(heard)),
                })
                .collect();
            foreign::import(format, &given, plan, options, &mut fresh).map_err(|error| {
                (files.get(error.file))
                    .map_or_else(|| nothing(""), |file| failed(file, error.error))
            })
        }
    }
}

/// The files of this kind, with those that lie in archives, in Unicode.
fn unpacked<'a>(
    files: &'a [Given],
    what: What,
    port: &mut dyn Port,
) -> Result<Vec<Cow<'a, Given>>, Failed> {
    let mut all = Vec::new();
    for given in files {
        if !archive::is_one(&given.bytes) {
            all.push(in_unicode(Cow::Borrowed(given), port));
            continue;
        }
        let opened = archive::open(&given.bytes).map_err(|error| failed(given, error))?;
        let Opened::Files { files: inner, .. } = opened else {
            all.extend(of_workbook(given, what)?.into_iter().map(Cow::Owned));
            continue;
        };
        for (name, bytes) in inner {
            let file = in_unicode(Cow::Owned(Given { name, bytes }), port);
            // What else lies there, a licence or a table, is not meant.
            if is(&file, what) {
                all.push(file);
            }
        }
    }
    if all.is_empty() {
        return Err(nothing(files.first().map_or("", |file| &file.name)));
    }
    Ok(all)
}

/// A framework in a workbook, as the package or the tables that it stands for.
fn of_workbook(given: &Given, what: What) -> Result<Vec<Given>, Failed> {
    let sheets = workbook::read(&given.bytes).map_err(|error| failed(given, error))?;
    let named = |name: String, bytes| Given { name, bytes };
    let all: Vec<Given> = match what {
        What::Foreign(Foreign::OpenSalt) => case::framework_of(&sheets)
            .map(|bytes| named(given.name.clone(), bytes))
            .into_iter()
            .collect(),
        What::Foreign(Foreign::UkStandards) => {
            let parts = standards::of_book(&sheets);
            let alone = parts.len() == 1;
            let parts = parts.into_iter().map(|part| match alone {
                true => named(given.name.clone(), part.bytes),
                false => named(format!("{} · {}", given.name, part.sheet), part.bytes),
            });
            parts.collect()
        }
        _ => Vec::new(),
    };
    if all.is_empty() {
        return Err(failed(given, ImportError::NotThisFormat));
    }
    Ok(all)
}

fn is(file: &Given, what: What) -> bool {
    let recognised: Option<Foreign> = foreign::recognise(&file.bytes);
    match what {
        What::Weft => is_json(&file.bytes) && recognised.is_none(),
        What::Foreign(format) => recognised == Some(format),
    }
}

/// The file, its letters turned into Unicode where they are older.
fn in_unicode<'a>(given: Cow<'a, Given>, port: &mut dyn Port) -> Cow<'a, Given> {
    if let Cow::Owned(bytes) = tables::in_utf8(&given.bytes) {
        let name = given.name.clone();
        return Cow::Owned(Given { name, bytes });
    }
    let text = match core::str::from_utf8(&given.bytes) {
        Err(error) => {
            let at = error.valid_up_to();
            unicode(ImportError::Encoding { at }, &given.bytes, port)
        }
        Ok(_) => None,
    };
    match text {
        Some((text, _)) => Cow::Owned(Given {
            name: given.name.clone(),
            bytes: text.into_bytes(),
        }),
        None => given,
    }
}

fn failed(file: &Given, error: ImportError) -> Failed {
    Failed {
        name: file.name.clone(),
        why: Why::Import(error),
        json: is_json(&file.bytes),
    }
}

fn nothing(name: &str) -> Failed {
    Failed {
        name: name.to_owned(),
        why: Why::NothingInside,
        json: false,
    }
}
