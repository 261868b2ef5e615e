//! A plan on its way out: one way to write every format of the registry, so
//! that screens and tests walk the same list.

use std::borrow::Cow;

use weft_model::{ABOUT, ItemId, Kind, Lang, ModuleId, Plan, TermId, Uid};

use crate::calendar::{self, CalendarOptions};
use crate::linked::{self, LinkedOptions};
use crate::skills::{self, RsdOptions};
use crate::weft_json::Voice;
use crate::{Figures, Revision, Words, case, moodle, reading, tables, weft_json, word, workbook};

/// What a written file is made of. The same gives the same bytes.
#[derive(Clone, Copy)]
pub struct Going<'a> {
    /// The plan as it reads.
    pub plan: &'a Plan,
    /// Its uid.
    pub id: Uid,
    /// When it was last edited, in milliseconds since 1970: what files say of
    /// the time. The moment of writing never stands in one.
    pub edited_millis: i64,
    /// The texts of the files and the language of those that hold one alone.
    pub words: Words<'a>,
    /// What follows from the plan, reckoned for the formats that show it.
    pub figures: &'a dyn Fn() -> Cow<'a, Figures>,
    /// The languages of tables; none: all that the plan has.
    pub langs: &'a [Lang],
    /// Tables without the mark by which spreadsheets know UTF-8.
    pub bare: bool,
    /// The one module or term that a paper of modules or terms is about; none:
    /// all of them.
    pub only: Option<Uid>,
    /// Since which state the plan is revised, in words, and how; nothing where
    /// there is no such state.
    pub revised: &'a dyn Fn() -> Option<(String, Vec<Revision>)>,
    /// Those of whom the plan may speak: whoever has written in it.
    pub voices: &'a [Voice],
}

/// One file that a format makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// What it is within the format: `modules`; empty where the format is one
    /// file.
    pub part: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Going<'_> {
    fn linked(&self) -> LinkedOptions {
        LinkedOptions {
            plan: self.id,
            at: self.edited_millis,
        }
    }

    fn descriptors(&self) -> RsdOptions {
        RsdOptions {
            plan: self.id,
            at: self.edited_millis,
            lang: self.words.lang().clone(),
        }
    }
}

/// Writes a revision comparison: title, since when, lines, words.
type WriteRevision = fn(&str, &str, &[Revision], Words<'_>) -> Vec<u8>;

impl Going<'_> {
    /// A file that may be of one item alone: then that is its name too.
    fn about(&self, key: &str, kind: Kind, bytes: Vec<u8>) -> Vec<Written> {
        let part = self.words.say(key);
        let only = self.only.map(|uid| ItemId { kind, uid });
        let part = match only.filter(|item| self.plan.is_live(*item)) {
            Some(item) => format!("{part} {}", self.words.code_and_title(self.plan, item)),
            None => part,
        };
        Written::named(part, bytes)
    }

    fn revision(&self, write: WriteRevision) -> Vec<Written> {
        let Some((since, rows)) = (self.revised)() else {
            return Vec::new();
        };
        let title = self.words.item(self.plan, ABOUT);
        let bytes = write(&title, &since, &rows, self.words);
        Written::named(self.words.say("print.revision"), bytes)
    }
}

impl Written {
    fn one(bytes: Vec<u8>) -> Vec<Self> {
        Self::named(String::new(), bytes)
    }

    fn named(part: String, bytes: Vec<u8>) -> Vec<Self> {
        vec![Self { part, bytes }]
    }
}

/// The mark by which spreadsheets take a file for UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// The files of a format by its id; none: it does not go out.
pub fn write(id: &str, going: &Going<'_>) -> Vec<Written> {
    let (plan, words) = (going.plan, going.words);
    match id {
        "weft_json" => {
            let known = |id| going.voices.iter().find(|it| it.id == id).cloned();
            Written::one(weft_json::with_voices(
                &weft_json::export(plan),
                None,
                known,
            ))
        }
        "tables" => {
            let all = tables::export_tables(plan, going.langs).into_iter();
            let file = |(name, bytes): (String, Vec<u8>)| {
                let stem = name.rsplit_once('.').map_or(name.as_str(), |it| it.0);
                let bytes = bytes.strip_prefix(MARK).unwrap_or(&bytes);
                let mark = if going.bare { &[][..] } else { MARK };
                Written {
                    part: stem.to_owned(),
                    bytes: [mark, bytes].concat(),
                }
            };
            all.map(file).collect()
        }
        "case" => Written::one(case::export(
            plan,
            &case::CaseOptions {
                plan: going.id,
                at: going.edited_millis,
                lang: words.lang().clone(),
            },
        )),
        "moodle" => Written::one(moodle::export(
            plan,
            &moodle::MoodleOptions {
                plan: going.id,
                lang: words.lang().clone(),
            },
        )),
        "rsd" => Written::one(skills::export_rsd(plan, &going.descriptors())),
        "rsd_csv" => Written::one(skills::export_rsd_csv(plan, &going.descriptors())),
        "ctdl" => Written::one(linked::ctdl(plan, going.linked(), words)),
        "badges" => Written::one(linked::badges(plan, going.linked(), words)),
        "elm" => Written::one(linked::elm(plan, going.linked(), words)),
        "icalendar" => {
            let options = CalendarOptions {
                plan: going.id,
                at: going.edited_millis,
            };
            // A calendar without an event is none.
            calendar::export(plan, options, words).map_or_else(Vec::new, Written::one)
        }
        "html" => {
            let at = going.edited_millis;
            Written::one(reading::page(plan, &(going.figures)(), words, at))
        }
        "markdown" => {
            let at = going.edited_millis;
            Written::one(reading::markdown(plan, &(going.figures)(), words, at))
        }
        "xlsx" => {
            let bytes = workbook::export(plan, &(going.figures)(), words, going.langs);
            Written::one(bytes)
        }
        "xlsx_weave" => Written::named(
            words.say("print.weave"),
            workbook::weave(plan, &(going.figures)(), words),
        ),
        "xlsx_progress" => Written::named(
            words.say("export.part.progress"),
            workbook::progress_table(plan, &(going.figures)(), words),
        ),
        "docx_programme" => Written::one(word::programme(plan, &(going.figures)(), words)),
        "docx_correspondence" => Written::named(
            words.say("export.part.correspondence"),
            word::correspondence(plan, &(going.figures)(), words),
        ),
        "docx_standards" => {
            let only = going.only.map(ModuleId);
            let bytes = word::standards(plan, &(going.figures)(), words, only);
            going.about("export.part.standards", Kind::Module, bytes)
        }
        "xlsx_standards" => {
            let only = going.only.map(ModuleId);
            let bytes = workbook::standards(plan, &(going.figures)(), words, only);
            going.about("export.part.standards", Kind::Module, bytes)
        }
        "docx_opening" => {
            let only = going.only.map(TermId);
            let bytes = word::openings(plan, &(going.figures)(), words, only);
            going.about("export.part.opening", Kind::Term, bytes)
        }
        "xlsx_opening" => {
            let only = going.only.map(TermId);
            let bytes = workbook::openings(plan, &(going.figures)(), words, only);
            going.about("export.part.opening", Kind::Term, bytes)
        }
        "docx_review" => Written::named(
            words.say("export.part.review"),
            word::review_form(plan, &(going.figures)(), words, going.id),
        ),
        "xlsx_review" => Written::named(
            words.say("export.part.review"),
            workbook::review_form(plan, &(going.figures)(), words, going.id),
        ),
        "docx_revision" => going.revision(word::revision),
        "xlsx_revision" => going.revision(workbook::revision),
        _ => Vec::new(),
    }
}
