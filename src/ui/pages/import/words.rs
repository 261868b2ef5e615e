//! From what an import found to sentences: tables, columns, refusals,
//! warnings, reasons. Matches are exhaustive: a new variant without a sentence
//! does not compile.

use weft_exchange::tables::{Matching, Sheet, TableKind, Target};
use weft_exchange::{Check, CheckScope, ImportError, Limit, Measure, Place, Reason, WarningKind};
use weft_model::{Choice, Field, Lang, field};
use weft_sandbox::{Failed, Why};

use super::intake::{FILE_LIMIT, Preview, ROWS_LIMIT, Refusal};
use crate::browser::files::FileError;
use crate::ui::apart::failed_apart;
use crate::ui::sentences::{bad_value, choice_name, edit_error, field_name, kind_name};
use crate::ui::text::{number, say, say_count, say_with};

/// Texts from a file are shown up to this many characters.
const SHOWN: usize = 80;

/// A piece of a file, cut where it is long.
pub fn cut(text: &str) -> String {
    if text.chars().count() > SHOWN {
        let start: String = text.chars().take(SHOWN).collect();
        format!("{start}…")
    } else {
        text.to_owned()
    }
}

/// What a table is.
pub fn table_name(table: TableKind) -> String {
    say(&format!("import.table.{}", table.id()))
}

/// The name of a language in the language of the screen.
pub fn lang_name(lang: &Lang) -> String {
    match lang.as_str() {
        "en" => say("import.lang.en"),
        "zh-CN" => say("import.lang.zh"),
        "de" => say("import.lang.de"),
        other => other.to_owned(),
    }
}

/// What a column is for.
pub fn target_name(target: Target) -> String {
    let tier = |tier: weft_model::Tier| choice_name(field::job_item::tier, tier.id());
    match target {
        Target::Skip => say("import.target.skip"),
        Target::Uid => say("import.target.uid"),
        Target::Field(field) => field_name(field),
        Target::OwnerUid => say("import.target.owner_uid"),
        Target::LineTier => field_name(field::job_item::tier),
        Target::Beside(kind) => {
            let kind = choice_name(field::job_item::kind, kind.id());
            say_with("import.target.beside", &[("kind", kind)])
        }
        Target::ValueKind => say("import.target.value_kind"),
        Target::ValueField => say("import.target.value_field"),
        Target::ValueFor => say("import.target.value_for"),
        Target::FurtherValue => say("import.target.further_value"),
        Target::ValueAbout => say("import.target.value_about"),
        Target::LineCode(of) => say_with("import.target.line_code", &[("line", tier(of))]),
        Target::LineTitle(of) => say_with("import.target.line_title", &[("line", tier(of))]),
        Target::ModuleUid => say("import.target.module_uid"),
        Target::ModuleCode => say("import.target.module_code"),
        Target::ModuleTitle => say("import.target.module_title"),
        Target::ModulePeriod => say("import.target.module_period"),
        Target::UnitUid => say("import.target.unit_uid"),
        Target::UnitCode => say("import.target.unit_code"),
        Target::UnitTitle => say("import.target.unit_title"),
        Target::CompetencyUid => say("import.target.competency_uid"),
        Target::CompetencyUri => say("import.target.competency_uri"),
        Target::CompetencyCode => say("import.target.competency_code"),
        Target::CompetencyTitle => say("import.target.competency_title"),
        Target::Level => say("import.target.level"),
        Target::Strength => say("import.target.strength"),
        Target::Assessed => say("import.target.assessed"),
        Target::LinkNote => say("import.target.link_note"),
        Target::Category => say("import.target.category"),
        Target::TermCell(term) => say_with("import.target.term", &[("n", number(f64::from(term)))]),
        Target::Progress => say("import.target.progress"),
        Target::HoursAt(place) => {
            let place = choice_name(field::place::kind, place.id());
            say_with("import.target.hours_at", &[("place", place)])
        }
        Target::OwnerSide => say("import.target.owner_side"),
        Target::PlaceSide => say("import.target.place_side"),
        Target::HoursUnit => say("import.target.hours_unit"),
        Target::Pool => say("import.target.pool"),
        Target::PoolTake => say("import.target.pool_take"),
        Target::StaffOf => say("import.target.staff_of"),
        Target::Supports => say("import.target.supports"),
        Target::Converts => say("import.target.converts"),
        Target::CreditCap => say("import.target.credit_cap"),
        Target::WholeOnly => say("import.target.whole_only"),
        Target::OrderRole => say("import.target.order_role"),
        Target::OrderSeats => say("import.target.order_seats"),
        Target::OrderRecruits => say("import.target.order_recruits"),
        Target::BlockMode => say("import.target.block_mode"),
        Target::BlockWeeks => say("import.target.block_weeks"),
    }
}

/// Whether the texts of a column are in a language.
pub fn has_language(target: Target) -> bool {
    match target {
        Target::Field(field) => matches!(field.shape(), weft_model::Shape::Text),
        Target::LineTitle(_)
        | Target::ModuleTitle
        | Target::UnitTitle
        | Target::CompetencyTitle
        | Target::LinkNote
        | Target::Category => true,
        _ => false,
    }
}

/// The letters of a column, as a spreadsheet counts: A, B, … Z, AA.
pub fn column_letters(mut at: usize) -> String {
    let mut letters = Vec::new();
    loop {
        letters.push(b'A' + (at % 26) as u8);
        if at < 26 {
            break;
        }
        at = at / 26 - 1;
    }
    letters
        .iter()
        .rev()
        .map(|letter| char::from(*letter))
        .collect()
}

/// The head of a column, or its letters where it has none.
pub fn column_head(sheet: &Sheet, matching: &Matching, column: usize) -> String {
    let rows = matching
        .header
        .into_iter()
        .flat_map(|(first, last)| first..=last);
    let mut heads = rows
        .map(|row| sheet.cell(row, column))
        .filter(|head| !head.is_empty());
    heads
        .next_back()
        .map_or_else(|| column_letters(column), cut)
}

/// A table's name: its file's, else what it is.
pub fn sheet_name(sheet: &Sheet, matching: &Matching) -> String {
    match (sheet.name.is_empty(), matching.table) {
        (false, _) => sheet.name.clone(),
        (true, Some(table)) => table_name(table),
        (true, None) => say("import.pasted"),
    }
}

/// Where something stands: "modules.csv, row 12, column hours".
pub fn place(preview: &Preview, place: &Place) -> String {
    let named = |sheet: usize| {
        let found = preview.sheets.get(sheet);
        found.map_or_else(String::new, |(sheet, matching)| sheet_name(sheet, matching))
    };
    match place {
        Place::File => preview.whole.clone().unwrap_or_default(),
        Place::Sheet { sheet } => named(*sheet),
        Place::Row { sheet, row, column } => {
            let table = preview.sheets.get(*sheet);
            let line = table
                .and_then(|(sheet, _)| sheet.rows.get(*row))
                .map_or(0, |row| row.line);
            let file = ("file", named(*sheet));
            let line = ("row", number(line as f64));
            match (column, table) {
                (Some(column), Some((sheet, matching))) => {
                    let head = ("column", column_head(sheet, matching, *column));
                    say_with("import.place.cell", &[file, line, head])
                }
                _ => say_with("import.place.row", &[file, line]),
            }
        }
        Place::Path(path) => match path.rsplit_once('/') {
            Some((part, at)) if !part.contains('/') && at.parse::<u32>().is_ok() => {
                let entry = at.parse::<u32>().unwrap_or_default() + 1;
                let all = [("part", cut(part)), ("n", number(f64::from(entry)))];
                say_with("import.place.entry", &all)
            }
            _ => cut(path),
        },
        Place::Line { file, line, column } => {
            let file = ("file", file.clone());
            let line = ("row", number(*line as f64));
            if column.is_empty() {
                say_with("import.place.row", &[file, line])
            } else {
                say_with("import.place.cell", &[file, line, ("column", cut(column))])
            }
        }
    }
}

/// Why a file was not taken.
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::File(FileError::TooLarge { name, limit }) => too_large(name, *limit),
        Refusal::File(FileError::Unreadable { name }) => {
            say_with("import.refused.unreadable", &[("file", name.clone())])
        }
        Refusal::Unread(Failed { name, why, json }) => match why {
            Why::Import(error) => error_text(name, *error, *json),
            Why::Paper => say_with("import.refused.paper", &[("file", name.clone())]),
            Why::OldWorkbook => say_with("import.refused.workbook", &[("file", name.clone())]),
            Why::Pdf => say_with("import.refused.pdf", &[("file", name.clone())]),
            Why::NothingInside => {
                say_with("import.refused.nothing_inside", &[("file", name.clone())])
            }
            Why::Files { limit } => say_with(
                "import.refused.files",
                &[("file", name.clone()), ("limit", number(*limit as f64))],
            ),
        },
        Refusal::Sandbox { name, failure } => failed_apart(name, failure),
        Refusal::Alone { name } => say_with("import.refused.alone", &[("file", name.clone())]),
        Refusal::Apart { name } => say_with("import.refused.apart", &[("file", name.clone())]),
        Refusal::Beside { names } => {
            let files = ("files", some_of(names));
            say_count("import.refused.beside", names.len() as f64, &[files])
        }
        Refusal::Packed { name, names } => {
            let words = [("file", name.clone()), ("files", some_of(names))];
            say_count("import.refused.packed", names.len() as f64, &words)
        }
        Refusal::Sheets { name, sheets } => {
            let words = [("file", name.clone()), ("sheets", some_of(sheets))];
            say_count("import.refused.sheets", sheets.len() as f64, &words)
        }
        Refusal::Keys { name, keys } => {
            let words = [("file", name.clone()), ("keys", some_of(keys))];
            say_with("import.refused.keys", &words)
        }
        Refusal::Rows { name } => say_with(
            "import.refused.rows",
            &[("file", name.clone()), ("limit", number(ROWS_LIMIT as f64))],
        ),
    }
}

/// So many are named; of the others, how many there are.
const NAMED: usize = 5;

fn some_of(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(NAMED).map(String::as_str).collect();
    let mut all = shown.join(&say("finding.comma"));
    if names.len() > NAMED {
        all.push_str(" …");
    }
    all
}

fn too_large(name: &str, bytes: u64) -> String {
    let size = number(bytes as f64 / f64::from(1 << 20));
    say_with(
        "import.refused.too_large",
        &[("file", name.to_owned()), ("limit", size)],
    )
}

fn error_text(name: &str, error: ImportError, json: bool) -> String {
    let file = ("file", name.to_owned());
    let limited = |key, limit: usize| {
        say_with(
            key,
            &[("file", name.to_owned()), ("limit", number(limit as f64))],
        )
    };
    match error {
        ImportError::NotThisFormat if json => say_with("import.refused.unknown_json", &[file]),
        ImportError::NotThisFormat => say_with("import.refused.not_a_workbook", &[file]),
        ImportError::TooLarge { limit } => match limit {
            Limit::Bytes(bytes) => too_large(name, (bytes as u64).min(FILE_LIMIT)),
            Limit::Rows(rows) => limited("import.refused.rows", rows),
            Limit::Columns(columns) => limited("import.refused.columns", columns),
            Limit::Cells(cells) => limited("import.refused.cells", cells),
            Limit::Values(values) => limited("import.refused.values", values),
            Limit::Entries(_)
            | Limit::Unpacked(_)
            | Limit::Ratio(_)
            | Limit::Depth(_)
            | Limit::Letters(_) => say_with("import.refused.bomb", &[file]),
        },
        ImportError::Malformed { line, column } => {
            let at = [
                file,
                ("line", number(line as f64)),
                ("column", number(column as f64)),
            ];
            match (json, line) {
                (true, 1..) => say_with("import.refused.broken_json", &at),
                (true, 0) => say_with("import.refused.broken", &at[..1]),
                (false, _) => say_with("import.refused.broken", &at[..1]),
            }
        }
        ImportError::Newer { version } => say_with(
            "import.refused.newer",
            &[file, ("version", number(version as f64))],
        ),
        ImportError::Encoding { .. } => say_with("import.refused.encoding", &[file]),
        ImportError::Empty => say_with("import.refused.empty", &[file]),
        ImportError::Locked => say_with("import.refused.locked", &[file]),
    }
}

/// What was taken in with a reservation.
pub fn warning(kind: &WarningKind) -> String {
    let quoted = |text: &str| ("text", cut(text));
    match kind {
        WarningKind::BadValue { field, text, why } => say_with(
            "import.warning.bad_value",
            &[quoted(text), ("why", bad_value(*field, *why))],
        ),
        WarningKind::NoSuch { kind, text } => say_with(
            "import.warning.no_such",
            &[("what", kind_name(*kind)), quoted(text)],
        ),
        WarningKind::SeveralHave {
            kind,
            text,
            candidates,
        } => say_with(
            "import.warning.several_have",
            &[
                ("what", kind_name(*kind)),
                quoted(text),
                ("n", number(candidates.len() as f64)),
            ],
        ),
        WarningKind::UnknownLevel { letter } => {
            say_with("import.warning.unknown_level", &[quoted(letter)])
        }
        WarningKind::Marks { text } => say_with("import.warning.marks", &[quoted(text)]),
        WarningKind::BadPattern { text } => say_with("import.warning.bad_pattern", &[quoted(text)]),
        WarningKind::HoursWorkedOut => say("import.warning.hours_worked_out"),
        WarningKind::PatternSum { total, offerings } => say_with(
            "import.warning.pattern_sum",
            &[("total", halves(*total)), ("offerings", halves(*offerings))],
        ),
        WarningKind::WhichParty { text, parties: 0 } => {
            say_with("import.warning.no_party", &[quoted(text)])
        }
        WarningKind::WhichParty { text, parties } => say_with(
            "import.warning.which_party",
            &[quoted(text), ("n", number(*parties as f64))],
        ),
        WarningKind::OtherUnit { text } => say_with("import.warning.other_unit", &[quoted(text)]),
        WarningKind::LinkTwice => say("import.warning.link_twice"),
        WarningKind::Remark { text } => say_with("import.warning.remark", &[quoted(text)]),
        WarningKind::PutAtTop { what } => say_with("import.warning.put_at_top", &[quoted(what)]),
        WarningKind::PutHigher { what } => say_with("import.warning.put_higher", &[quoted(what)]),
        WarningKind::StaysWhere { what } => say_with("import.warning.stays_where", &[quoted(what)]),
        WarningKind::AlsoBelow { what, text } => say_with(
            "import.warning.also_below",
            &[("what", cut(what)), quoted(text)],
        ),
        WarningKind::Listed { lines } => say_count("import.warning.listed", *lines as f64, &[]),
        WarningKind::NewerChosen { text } => {
            say_with("import.warning.newer_chosen", &[quoted(text)])
        }
        WarningKind::SumNotRead { text } => {
            say_with("import.warning.sum_not_read", &[quoted(text)])
        }
        WarningKind::Uncalculated { cells } => {
            say_count("import.warning.uncalculated", *cells as f64, &[])
        }
        WarningKind::CellsBeyond { cells } => {
            say_count("import.warning.cells_beyond", *cells as f64, &[])
        }
        WarningKind::Refused(error) => edit_error(error),
    }
}

/// Why a row waits in the tray.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::NoName => say("import.reason.no_name"),
        Reason::NoSuch { kind, text } => say_with(
            "import.reason.no_such",
            &[("what", kind_name(*kind)), ("text", cut(text))],
        ),
        Reason::SeveralFit { candidates } => {
            say_count("import.reason.several_fit", candidates.len() as f64, &[])
        }
        Reason::OtherTitle { .. } => say("import.reason.other_title"),
        Reason::Twice => say("import.reason.twice"),
        Reason::Needs { field } => {
            say_with("import.reason.needs", &[("field", field_name(*field))])
        }
        Reason::UnknownPart { name } => {
            say_with("import.reason.unknown_part", &[("text", cut(name))])
        }
        Reason::BadShape => say("import.reason.bad_shape"),
        Reason::Refused(error) => edit_error(error),
        Reason::Skipped => say("import.reason.skipped"),
        Reason::NoTable => say("import.reason.no_table"),
    }
}

/// A check sum: what the sheet says, and what was read.
pub fn check(preview: &Preview, check: &Check) -> String {
    let (field, read, says) = match check.measure {
        Measure::Halves(field) => (field, halves(check.read), check.says.map(halves)),
        Measure::Whole(field) => {
            let whole = |value: i64| number(value as f64);
            (field, whole(check.read), check.says.map(whole))
        }
    };
    let unit = unit(field);
    let with_unit = |value: String| {
        if unit.is_empty() {
            value
        } else {
            format!("{value} {unit}")
        }
    };
    let what = match check.scope {
        CheckScope::Subtotal => say_with(
            "import.check.subtotal",
            &[
                ("what", field_name(field)),
                ("place", place(preview, &check.place)),
            ],
        ),
        CheckScope::Total | CheckScope::Sheet => match sheet_of(&check.place) {
            // Of several tables each has its own.
            Some(sheet) if preview.sheets.len() > 1 => say_with(
                "import.check.of",
                &[
                    ("what", field_name(field)),
                    ("sheet", place(preview, &Place::Sheet { sheet })),
                ],
            ),
            _ => field_name(field),
        },
    };
    match says {
        Some(says) => say_with(
            "import.check.says",
            &[
                ("what", what),
                ("says", with_unit(says)),
                ("read", with_unit(read)),
            ],
        ),
        None => say_with(
            "import.check.read",
            &[("what", what), ("read", with_unit(read))],
        ),
    }
}

fn unit(field: Field) -> String {
    match field.shape() {
        weft_model::Shape::Hours => say("import.hour_sign"),
        _ => String::new(),
    }
}

/// A number of halves as the language writes it.
fn halves(value: i64) -> String {
    number(value as f64 / 2.0)
}

/// The table that a place is in.
pub fn sheet_of(place: &Place) -> Option<usize> {
    match place {
        Place::Sheet { sheet } | Place::Row { sheet, .. } => Some(*sheet),
        Place::File | Place::Path(_) | Place::Line { .. } => None,
    }
}
