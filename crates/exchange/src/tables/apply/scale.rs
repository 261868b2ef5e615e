//! Levels: which scale the letters of a table belong to. M is the top letter
//! of one scale and the middle of another, so letters that fit several scales
//! are asked about and left out until then.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{Kind, Lang, Rank, Value, field};

use super::{At, Importer};
use crate::tables::cells::RANK;
use crate::tables::target::Target;
use crate::tables::words::plain;
use crate::{Place, Question, QuestionKind};

/// A level of a known scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownLevel {
    /// The letter that a plan shows.
    pub letter: &'static str,
    /// What else a table may write.
    pub also: &'static [&'static str],
    /// Its name in Chinese, English and German.
    pub names: [&'static str; 3],
}

/// A scale that tables use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnownScale {
    /// Its stable id.
    pub id: &'static str,
    /// Its levels, lowest first.
    pub levels: &'static [KnownLevel],
}

const fn level(
    letter: &'static str,
    also: &'static [&'static str],
    names: [&'static str; 3],
) -> KnownLevel {
    KnownLevel {
        letter,
        also,
        names,
    }
}

/// The scales that are known by their letters.
pub const SCALES: &[KnownScale] = &[
    KnownScale {
        id: "introduce_practise_master",
        levels: &[
            level(
                "I",
                &["introduce", "入门", "einführen"],
                ["入门", "Introduce", "Einführen"],
            ),
            level(
                "P",
                &["practise", "practice", "应用", "anwenden"],
                ["应用", "Practise", "Anwenden"],
            ),
            level(
                "M",
                &["master", "熟练", "beherrschen"],
                ["熟练", "Master", "Beherrschen"],
            ),
        ],
    },
    KnownScale {
        id: "low_medium_high",
        levels: &[
            level(
                "L",
                &["low", "低", "弱", "niedrig"],
                ["低", "Low", "Niedrig"],
            ),
            level("M", &["medium", "中", "mittel"], ["中", "Medium", "Mittel"]),
            level("H", &["high", "高", "强", "hoch"], ["高", "High", "Hoch"]),
        ],
    },
    KnownScale {
        id: "know_grasp_skilled",
        levels: &[
            level("了解", &["理解"], ["了解", "Know", "Kennen"]),
            level("掌握", &[], ["掌握", "Grasp", "Können"]),
            level(
                "熟练",
                &["熟练掌握", "精通"],
                ["熟练", "Skilled", "Beherrschen"],
            ),
        ],
    },
    KnownScale {
        id: "one_to_five",
        levels: &[
            level("1", &["1级", "一级"], ["1", "1", "1"]),
            level("2", &["2级", "二级"], ["2", "2", "2"]),
            level("3", &["3级", "三级"], ["3", "3", "3"]),
            level("4", &["4级", "四级"], ["4", "4", "4"]),
            level("5", &["5级", "五级"], ["5", "5", "5"]),
        ],
    },
];

impl KnownScale {
    fn rank(&self, letter: &str) -> Option<Rank> {
        let word = plain(letter);
        let at = self.levels.iter().position(|level| {
            plain(level.letter) == word || level.also.iter().any(|also| plain(also) == word)
        });
        at.map(|at| at as Rank + 1)
    }
}

/// Letters with their ranks, as this import reads them.
#[derive(Default)]
pub(super) struct Scale {
    ranks: BTreeMap<String, Rank>,
}

impl Scale {
    /// Nothing is known of the letters: a question is open.
    pub fn is_open(&self) -> bool {
        self.ranks.is_empty()
    }

    /// The rank of a letter; none: the letter is unknown or in doubt.
    pub fn rank(&self, letter: &str) -> Option<Rank> {
        match letter.trim().strip_prefix(RANK) {
            Some(rank) => rank.parse().ok(),
            None => self.ranks.get(&plain(letter)).copied(),
        }
    }
}

impl Importer<'_> {
    /// Settles what the letters of all sheets mean. Makes the scale where the
    /// plan has none.
    pub(super) fn find_scale(&mut self) {
        let mut letters: BTreeSet<String> = BTreeSet::new();
        let mut place = Place::File;
        for (number, (sheet, matching)) in self.sheets.iter().enumerate() {
            for (column, head) in matching.columns.iter().enumerate() {
                if !matches!(head.target, Target::Level)
                    && head.target != Target::Field(field::job_item::required_level)
                {
                    continue;
                }
                for row in matching.first_row()..sheet.rows.len() {
                    let cell = sheet.cell(row, column);
                    let named = !cell.is_empty() && !cell.starts_with(RANK);
                    if named && cell.chars().count() <= 20 && letters.len() < 50 {
                        letters.insert(cell.to_owned());
                        place = Place::Sheet { sheet: number };
                    }
                }
            }
        }
        if letters.is_empty() {
            return;
        }
        let own = self.own_scale();
        if !own.is_empty() {
            if self.options.scale.is_none()
                && letters
                    .iter()
                    .all(|letter| own.contains_key(&plain(letter)))
            {
                self.scale.ranks = own;
                return;
            }
            // The plan's letters and these are two scales, unless a person
            // says which one these are and it is as long as the plan's.
            let fitting = self.fitting(&letters);
            let levels = self.work.plan.scale_levels.len();
            match self.options.scale.and_then(|at| SCALES.get(at)) {
                Some(known) if known.levels.len() == levels => self.read_as(known, &letters),
                _ if fitting.is_empty() => {
                    // Letters that no scale has: those that the plan has are its own.
                    self.scale.ranks = own;
                }
                _ => self.ask(place, letters, fitting),
            }
            return;
        }
        let fitting = self.fitting(&letters);
        let chosen = self.options.scale.or(match fitting.as_slice() {
            [one] => Some(*one),
            _ => None,
        });
        match chosen.and_then(|at| SCALES.get(at)) {
            Some(known) => {
                self.make_scale(known);
                self.read_as(known, &letters);
            }
            None => self.ask(place, letters, fitting),
        }
    }

    fn fitting(&self, letters: &BTreeSet<String>) -> Vec<usize> {
        let fits = |scale: &KnownScale| letters.iter().all(|letter| scale.rank(letter).is_some());
        (0..SCALES.len()).filter(|at| fits(&SCALES[*at])).collect()
    }

    fn ask(&mut self, place: Place, letters: BTreeSet<String>, scales: Vec<usize>) {
        self.out.questions.push(Question {
            place,
            kind: QuestionKind::WhichScale {
                letters: letters.into_iter().collect(),
                scales,
            },
        });
    }

    fn read_as(&mut self, known: &KnownScale, letters: &BTreeSet<String>) {
        let ranks = letters
            .iter()
            .filter_map(|letter| Some((plain(letter), known.rank(letter)?)));
        self.scale.ranks = ranks.collect();
    }

    /// The plan's letters and level names, with their ranks.
    fn own_scale(&self) -> BTreeMap<String, Rank> {
        let mut own = BTreeMap::new();
        for level in self.work.plan.scale_levels.iter() {
            let Some(rank) = level.rank.and_then(|rank| Rank::try_from(rank.0).ok()) else {
                continue;
            };
            let names = level
                .name
                .iter()
                .map(|(_, name)| name)
                .chain([level.letter.as_str()]);
            for name in names.filter(|name| !name.is_empty()) {
                own.entry(plain(name)).or_insert(rank);
            }
        }
        own
    }

    fn make_scale(&mut self, known: &KnownScale) {
        use field::scale_level;
        for (at, level) in known.levels.iter().enumerate() {
            let item = self.work.fresh(Kind::ScaleLevel);
            let steps = known.levels.len().max(2) - 1;
            let mut fields = vec![
                (scale_level::letter.key(), Value::str(level.letter)),
                (scale_level::rank.key(), Value::Int(at as i64 + 1)),
                (
                    scale_level::shade.key(),
                    Value::Int(1 + (at * 4 / steps) as i64),
                ),
            ];
            let names = [Lang::zh(), Lang::en(), Lang::de()]
                .into_iter()
                .zip(level.names);
            let names = names.filter(|(lang, _)| self.names_in(lang));
            fields
                .extend(names.map(|(lang, name)| (scale_level::name.lang(lang), Value::str(name))));
            if let Err(error) = self.work.add(item, None, fields) {
                self.warn(Place::File, crate::WarningKind::Refused(error));
            }
        }
    }

    /// The rank in a cell; warns about a letter that is not of the scale.
    pub(super) fn level(&mut self, at: At<'_>) -> Option<Rank> {
        let letter = at.first(Target::Level);
        if letter.is_empty() {
            return self.options.level;
        }
        let rank = self.scale.rank(letter);
        if rank.is_none() && !self.scale.is_open() {
            let kind = crate::WarningKind::UnknownLevel {
                letter: letter.chars().take(20).collect(),
            };
            self.warn(at.place(at.matching.column(Target::Level)), kind);
        }
        rank
    }
}
