//! Findings: what a rule says about one subject of a plan, with the numbers
//! that its sentence needs, and whether somebody waived it.

use core::fmt;
use std::collections::BTreeMap;

use weft_model::{
    Credits, Day, FieldKey, Hours, ItemId, Plan, Rank, Ratio, Severity, Subject, Waiver, WaiverId,
};

use crate::rules::{self, RULES, RuleInfo};

/// One number, or some items, that a sentence about a finding needs.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// Class hours.
    Hours(Hours),
    /// By how many hours a sum misses what is stated: negative: short by so
    /// many; positive: over by so many.
    HoursOff(Hours),
    /// Credits.
    Credits(Credits),
    /// By how many credits something misses, as for hours.
    CreditsOff(Credits),
    /// A number of weeks.
    Weeks(i64),
    /// By how many weeks something misses, as for hours.
    WeeksOff(i64),
    /// A whole percentage.
    Percent(i64),
    /// By how many percent something misses, as for hours.
    PercentOff(i64),
    /// A number of things.
    Count(i64),
    /// A level of the plan's scale.
    Level(Rank),
    /// A number with decimals, exactly; show it with [`crate::hundredths`].
    Quotient(Ratio),
    /// Items, to be named.
    Items(Vec<ItemId>),
    /// Stored values, to be named.
    Fields(Vec<FieldKey>),
    /// A code as somebody wrote it.
    Code(String),
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hours(hours) | Self::HoursOff(hours) => hours.fmt(f),
            Self::Credits(credits) | Self::CreditsOff(credits) => credits.fmt(f),
            Self::Weeks(number)
            | Self::WeeksOff(number)
            | Self::Percent(number)
            | Self::PercentOff(number)
            | Self::Count(number) => number.fmt(f),
            Self::Level(rank) => rank.fmt(f),
            Self::Quotient(ratio) => write!(f, "{}:{}", ratio.part, ratio.whole),
            Self::Items(items) => {
                for (at, item) in items.iter().enumerate() {
                    let comma = if at == 0 { "" } else { "," };
                    write!(f, "{comma}{}", item.uid)?;
                }
                Ok(())
            }
            Self::Fields(keys) => {
                for (at, key) in keys.iter().enumerate() {
                    let comma = if at == 0 { "" } else { "," };
                    write!(f, "{comma}{key}")?;
                }
                Ok(())
            }
            Self::Code(code) => f.write_str(code),
        }
    }
}

/// The figures of a finding, by name. [`RuleInfo::figures`] lists the names
/// that each rule gives. As text (`required=3;reached=2`) they are what a
/// waiver remembers: a waiver holds only while they stay the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(Vec<(&'static str, Figure)>);

impl Figures {
    pub(crate) fn none() -> Self {
        Self::default()
    }

    pub(crate) fn with(mut self, name: &'static str, figure: Figure) -> Self {
        self.0.push((name, figure));
        self
    }

    /// The figure with this name.
    pub fn get(&self, name: &str) -> Option<&Figure> {
        let found = self.0.iter().find(|(known, _)| *known == name);
        found.map(|(_, figure)| figure)
    }

    /// All figures, in the order in which the rule lists them.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, &Figure)> {
        self.0.iter().map(|(name, figure)| (*name, figure))
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (name, figure)) in self.0.iter().enumerate() {
            let semicolon = if at == 0 { "" } else { ";" };
            write!(f, "{semicolon}{name}={figure}")?;
        }
        Ok(())
    }
}

/// The waiver that covers a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waived {
    /// Which waiver.
    pub by: WaiverId,
    /// The last day on which it holds; none: for good.
    pub until: Option<Day>,
}

/// What a rule says about one subject. A rule says at most one thing about a
/// subject at a time.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The id of the rule.
    pub rule: &'static str,
    /// What it is about.
    pub subject: Subject,
    /// How much it weighs, as the plan sets it.
    pub severity: Severity,
    /// The numbers.
    pub figures: Figures,
    /// The waiver that covers it, of several the one that holds longest.
    pub waived: Option<Waived>,
}

impl Finding {
    /// The rule.
    pub fn info(&self) -> Option<&'static RuleInfo> {
        rules::rule(self.rule)
    }

    /// The waiver that covers it on this day. Without a day, a waiver with an
    /// end holds too.
    pub fn waived_on(&self, today: Option<&Day>) -> Option<WaiverId> {
        let waived = self.waived.as_ref()?;
        let over = match (&waived.until, today) {
            (Some(until), Some(today)) => today > until,
            _ => false,
        };
        (!over).then_some(waived.by)
    }
}

/// How many findings there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingTally {
    /// Broken rules that bind, not waived.
    pub hard: u32,
    /// Questions to look at, not waived.
    pub soft: u32,
    /// Things to know, not waived.
    pub info: u32,
    /// Waived ones of any weight.
    pub waived: u32,
}

impl FindingTally {
    pub(crate) fn add(&mut self, finding: &Finding, today: Option<&Day>) {
        let slot = match finding.waived_on(today) {
            Some(_) => &mut self.waived,
            None => self.slot(finding.severity),
        };
        *slot += 1;
    }

    fn slot(&mut self, severity: Severity) -> &mut u32 {
        match severity {
            Severity::Hard => &mut self.hard,
            Severity::Soft => &mut self.soft,
            Severity::Info => &mut self.info,
        }
    }

    /// All that are not waived.
    pub fn open(&self) -> u32 {
        self.hard + self.soft + self.info
    }
}

#[derive(Clone, Debug, PartialEq)]
struct WaiverNote {
    waived: Waived,
    figures: String,
}

/// All findings, by rule and subject.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Findings {
    by_rule: Vec<BTreeMap<Subject, Finding>>,
    /// What the plan says about a rule: on or off, and its weight.
    settings: Vec<Option<Severity>>,
    waivers: BTreeMap<(String, Subject), Vec<WaiverNote>>,
    /// Those that no waiver covers on any day, counted as they come and go, and how many
    /// one covers.
    bare: FindingTally,
    covered: u32,
}

impl Default for Findings {
    fn default() -> Self {
        Self {
            by_rule: vec![BTreeMap::new(); RULES.len()],
            settings: RULES.iter().map(|rule| Some(rule.info.severity)).collect(),
            waivers: BTreeMap::new(),
            bare: FindingTally::default(),
            covered: 0,
        }
    }
}

impl Findings {
    /// How many there are on this day. Looks only at what a waiver covers, which may have
    /// ended.
    pub(crate) fn tally(&self, today: Option<&Day>) -> FindingTally {
        let mut tally = self.bare;
        if self.covered > 0 {
            let covered = self.iter().filter(|finding| finding.waived.is_some());
            covered.for_each(|finding| tally.add(finding, today));
        }
        tally
    }

    fn count(&mut self, severity: Severity, covered: bool, by: i32) {
        let slot = if covered {
            &mut self.covered
        } else {
            self.bare.slot(severity)
        };
        *slot = slot.saturating_add_signed(by);
    }

    pub(crate) fn of_rule(&self, at: usize) -> impl Iterator<Item = &Finding> {
        self.by_rule.get(at).into_iter().flat_map(BTreeMap::values)
    }

    pub(crate) fn about(&self, at: usize, subject: Subject) -> Option<&Finding> {
        self.by_rule.get(at)?.get(&subject)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.by_rule.iter().flat_map(BTreeMap::values)
    }

    /// Sets or clears what a rule says about a subject; says whether that is
    /// another thing than before.
    pub(crate) fn put(&mut self, at: usize, subject: Subject, said: Option<Figures>) -> bool {
        let severity = self.settings.get(at).copied().flatten();
        let finding = said.zip(severity).map(|(figures, severity)| {
            let rule = RULES[at].info.id;
            let mut finding = Finding {
                rule,
                subject,
                severity,
                figures,
                waived: None,
            };
            finding.waived = self.waiver_of(&finding);
            finding
        });
        let Some(of_rule) = self.by_rule.get_mut(at) else {
            return false;
        };
        let (before, after) = match finding {
            Some(finding) if of_rule.get(&subject) == Some(&finding) => return false,
            Some(finding) => {
                let after = (finding.severity, finding.waived.is_some());
                (of_rule.insert(subject, finding), Some(after))
            }
            None => (of_rule.remove(&subject), None),
        };
        let changed = before.is_some() || after.is_some();
        if let Some(before) = before {
            self.count(before.severity, before.waived.is_some(), -1);
        }
        if let Some((severity, covered)) = after {
            self.count(severity, covered, 1);
        }
        changed
    }

    /// Replaces everything that a rule says.
    pub(crate) fn put_all(&mut self, at: usize, said: Vec<(Subject, Figures)>) -> bool {
        let said: BTreeMap<Subject, Figures> = said.into_iter().collect();
        let gone: Vec<Subject> = self.by_rule[at]
            .keys()
            .filter(|subject| !said.contains_key(subject))
            .copied()
            .collect();
        let mut changed = !gone.is_empty();
        for subject in gone {
            self.put(at, subject, None);
        }
        for (subject, figures) in said {
            changed |= self.put(at, subject, Some(figures));
        }
        changed
    }

    /// Reads the plan's own settings of rules.
    pub(crate) fn set_up(&mut self, plan: &Plan) {
        self.settings = RULES
            .iter()
            .map(|rule| {
                let set = plan.rules.iter().find(|set| set.code == rule.info.id);
                let severity = set.and_then(|set| set.severity).map(|of| of.0);
                let off = set.is_some_and(|set| set.on == Some(false));
                (!off).then(|| severity.unwrap_or(rule.info.severity))
            })
            .collect();
    }

    /// Reads all waivers anew and marks every finding; says whether a mark
    /// changed.
    pub(crate) fn waive(&mut self, plan: &Plan) -> bool {
        self.waivers.clear();
        for waiver in plan.waivers.iter() {
            self.note(waiver);
        }
        let mut marks = Vec::new();
        for (at, of_rule) in self.by_rule.iter().enumerate() {
            for finding in of_rule.values() {
                let waived = self.waiver_of(finding);
                if waived != finding.waived {
                    marks.push((at, finding.subject, waived));
                }
            }
        }
        let changed = !marks.is_empty();
        for (at, subject, waived) in marks {
            let Some(finding) = self.by_rule[at].get_mut(&subject) else {
                continue;
            };
            let (severity, before) = (finding.severity, finding.waived.is_some());
            let after = waived.is_some();
            finding.waived = waived;
            self.count(severity, before, -1);
            self.count(severity, after, 1);
        }
        changed
    }

    fn note(&mut self, waiver: &Waiver) {
        let Ok(subject) = waiver.subject.parse::<Subject>() else {
            return;
        };
        let note = WaiverNote {
            waived: Waived {
                by: waiver.id,
                until: waiver.until.clone(),
            },
            figures: waiver.figures.clone(),
        };
        let key = (waiver.rule.clone(), subject);
        self.waivers.entry(key).or_default().push(note);
    }

    fn waiver_of(&self, finding: &Finding) -> Option<Waived> {
        if self.waivers.is_empty() {
            return None;
        }
        let notes = self
            .waivers
            .get(&(finding.rule.to_owned(), finding.subject))?;
        let figures = finding.figures.to_string();
        notes
            .iter()
            .filter(|note| note.figures == figures)
            .map(|note| &note.waived)
            // None lasts longest; among equals the first by id.
            .max_by_key(|waived| {
                let lasts = (waived.until.is_none(), waived.until.clone());
                (lasts, core::cmp::Reverse(waived.by))
            })
            .cloned()
    }

    /// Waivers that cover nothing any more: their subject's figures changed,
    /// the finding went, or its rule is off.
    pub(crate) fn fallen(&self, plan: &Plan) -> Vec<WaiverId> {
        let holds = |waiver: &Waiver| {
            let subject = waiver.subject.parse::<Subject>().ok()?;
            let at = RULES.iter().position(|rule| rule.info.id == waiver.rule)?;
            let finding = self.by_rule[at].get(&subject)?;
            (finding.figures.to_string() == waiver.figures).then_some(())
        };
        plan.waivers
            .iter()
            .filter(|waiver| holds(waiver).is_none())
            .map(|waiver| waiver.id)
            .collect()
    }
}
