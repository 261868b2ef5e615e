//! A plan going out: its figures are reckoned and its files are made, packed and
//! looked into here, so that a large plan does not hold up the page.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use weft_analysis::Board;
use weft_exchange::weft_json::Voice;
use weft_exchange::{Figures, Gap, Going, Look, Revision, Words, look};
use weft_model::{Lang, Plan, Uid};

use crate::job::Port;

/// What files are made of, as [`weft_exchange::Going`] takes it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Writing {
    /// The format's id.
    pub format: String,
    /// The format's extension, by which the files are looked into.
    pub extension: String,
    /// The plan, by [`weft_document::pack_plan`]; none: the one that files were made
    /// of last, which is kept. Most people look at several formats of one plan.
    #[serde(with = "serde_bytes")]
    pub plan: Option<Vec<u8>>,
    /// Which plan it is and how far it has come: another one whenever anything of the
    /// plan reads differently.
    #[serde(with = "serde_bytes")]
    pub moment: Vec<u8>,
    /// Its uid.
    pub id: Uid,
    /// When it was last edited, in milliseconds since 1970.
    pub edited_millis: i64,
    /// The language of the texts of the files.
    pub lang: Lang,
    /// Those texts: a locale file.
    pub words: String,
    /// What stands at the foot of every sheet of a paper: the hash of the plan as it
    /// reads. Empty where the format is no paper.
    pub foot: String,
    /// The findings in words, in the order of
    /// [`Board::findings_in_order`](weft_analysis::Board::findings_in_order);
    /// empty where the format does not carry them.
    pub gaps: Vec<Gap>,
    /// The languages of tables; none: all that the plan has.
    pub langs: Vec<Lang>,
    /// Tables without the mark by which spreadsheets know UTF-8.
    pub bare: bool,
    /// The one module or term that a paper is about.
    pub only: Option<Uid>,
    /// Since which state the plan is revised, in words, and how.
    pub revised: Option<(String, Vec<Revision>)>,
    /// Those of whom the plan may speak; empty where the format names nobody.
    pub voices: Vec<Voice>,
}

/// A file that was made; its bytes went through [`Port::hand_out`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// What it is within the format; empty where the format is one file.
    pub part: String,
    /// Its bytes.
    pub size: usize,
    /// What is seen of it.
    pub seen: Look,
    /// Its records, where it is a table of lines.
    pub records: usize,
}

/// The plan that files were made of last, and what follows from it.
pub(crate) struct Kept {
    moment: Vec<u8>,
    plan: Plan,
    figures: OnceCell<Figures>,
}

impl Kept {
    /// A plan of a moment.
    pub fn new(plan: Plan, moment: Vec<u8>) -> Self {
        Self {
            moment,
            plan,
            figures: OnceCell::new(),
        }
    }

    /// Whether it is the plan of that moment.
    pub fn is_of(&self, moment: &[u8]) -> bool {
        self.moment == moment
    }

    /// Makes the files, and hands each out in the order of the answer.
    pub fn make(&mut self, writing: &Writing, port: &mut dyn Port) -> Option<Vec<Made>> {
        port.progress(0.1);
        // Findings come in words, and those are of one language.
        if let Some(figures) = self.figures.get_mut() {
            figures.gaps.clone_from(&writing.gaps);
        }
        let figures = || {
            let mut gaps = writing.gaps.iter();
            let told = |_: &_| gaps.next().cloned().unwrap_or_default();
            weft_figures::figures(&Board::new(&self.plan), told)
        };
        let texts: BTreeMap<String, String> = serde_json::from_str(&writing.words).ok()?;
        let find = |key: &str| texts.get(key).cloned();
        let going = Going {
            plan: &self.plan,
            id: writing.id,
            edited_millis: writing.edited_millis,
            words: Words::new(&find, &writing.lang).with_foot(&writing.foot),
            figures: &|| Cow::Borrowed(self.figures.get_or_init(figures)),
            langs: &writing.langs,
            bare: writing.bare,
            only: writing.only,
            revised: &|| writing.revised.clone(),
            voices: &writing.voices,
        };
        let written = weft_exchange::write(&writing.format, &going).into_iter();
        port.progress(0.9);
        let made = written.map(|file| {
            port.hand_out(&file.bytes);
            seen(file.part, &writing.extension, &file.bytes)
        });
        Some(made.collect())
    }
}

/// Makes the files, and hands each out in the order of the answer; nothing where
/// another build wrote the plan, or none came.
pub fn make(writing: &Writing, port: &mut dyn Port) -> Option<Vec<Made>> {
    let plan = weft_document::unpack_plan(writing.plan.as_ref()?)?;
    Kept::new(plan, writing.moment.clone()).make(writing, port)
}

/// A file, looked into.
fn seen(part: String, extension: &str, bytes: &[u8]) -> Made {
    Made {
        part,
        size: bytes.len(),
        seen: look(extension, bytes),
        records: if extension == "csv" {
            records(bytes)
        } else {
            0
        },
    }
}

/// Records of a CSV file: line ends that are not within quotes.
fn records(bytes: &[u8]) -> usize {
    let mut quoted = false;
    let mut records = 0;
    for byte in bytes {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => records += 1,
            _ => {}
        }
    }
    records
}
