//! What experts say of the tasks, in figures: which tasks there are to look at,
//! how many find one right, outdated or missing something, and median and spread
//! of what they rate.

use weft_model::{
    Choice as _, ExpertId, Grade, JobItemId, Judgement, Lang, Outline, Plan, Tier, Uid, Verdict,
    VerdictId,
};

/// Something that experts look at as a whole: a task with what is below it. Where
/// the outline has no task above a competency, the line at its top stands for one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskCard {
    /// The task.
    pub line: JobItemId,
    /// The role that it belongs to, where it is another line.
    pub role: Option<JobItemId>,
    /// Its competencies, in reading order.
    pub competencies: Vec<JobItemId>,
}

/// The cards of a plan, in reading order. A line above tasks gets a card of its own
/// only for the competencies that stand outside them.
pub fn task_cards(outline: &Outline) -> Vec<TaskCard> {
    let mut cards: Vec<TaskCard> = Vec::new();
    for row in outline.rows() {
        let task = outline.above(row.id, Tier::Task);
        let line = match (row.tier, task) {
            (Tier::Task, _) => row.id,
            (Tier::Competency, Some(task)) => task,
            (Tier::Competency, None) => row.parent.unwrap_or(row.id),
            _ => continue,
        };
        let at = cards.iter().position(|card| card.line == line);
        let at = at.unwrap_or_else(|| {
            let role = outline.above(line, Tier::Role).filter(|it| *it != line);
            cards.push(TaskCard {
                line,
                role,
                competencies: Vec::new(),
            });
            cards.len() - 1
        });
        if row.tier == Tier::Competency
            && let Some(card) = cards.get_mut(at)
        {
            card.competencies.push(row.id);
        }
    }
    cards
}

/// Where several ratings lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// How many rated.
    pub count: usize,
    /// Twice the median: of an even number of ratings it is the middle between the
    /// two in the middle, which may be a half.
    pub twice_median: i64,
    /// The lowest rating.
    pub low: i64,
    /// The highest.
    pub high: i64,
}

impl Spread {
    /// Of ratings in any order; nothing without one.
    pub fn of(ratings: impl IntoIterator<Item = i64>) -> Option<Self> {
        let mut all: Vec<i64> = ratings.into_iter().collect();
        all.sort_unstable();
        let (low, high) = (*all.first()?, *all.last()?);
        // The same rating twice where their number is odd.
        let below = all.get((all.len() - 1) / 2)?;
        let above = all.get(all.len() / 2)?;
        Some(Self {
            count: all.len(),
            twice_median: below + above,
            low,
            high,
        })
    }

    /// The median.
    pub fn median(&self) -> f64 {
        self.twice_median as f64 / 2.0
    }

    /// The median as a grade: a half counts up.
    pub fn grade(&self) -> i64 {
        (self.twice_median + 1).div_euclid(2)
    }
}

/// What experts say of one task, together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Opinion {
    /// How many find it right as it is taught.
    pub right: usize,
    /// How many find it outdated.
    pub outdated: usize,
    /// How many miss something in it.
    pub missing: usize,
    /// Their ratings.
    pub importance: Option<Spread>,
    /// See `importance`.
    pub frequency: Option<Spread>,
    /// See `importance`.
    pub difficulty: Option<Spread>,
    /// What they say one by one, in the order of the experts.
    pub verdicts: Vec<VerdictId>,
}

impl Opinion {
    /// How many have judged it.
    pub fn judged(&self) -> usize {
        self.right + self.outdated + self.missing
    }
}

/// What the experts who are there say of a task.
pub fn opinion(plan: &Plan, task: JobItemId) -> Opinion {
    let said: Vec<&Verdict> = (plan.experts.iter())
        .filter_map(|expert| plan.verdicts.get(VerdictId::of(task, expert.id)))
        .filter(|verdict| !is_empty(plan, verdict))
        .collect();
    let judged = |which: Judgement| {
        let of = said
            .iter()
            .filter(|it| it.judgement.is_some_and(|it| it.0 == which));
        of.count()
    };
    let rated = |of: fn(&Verdict) -> Option<Grade>| {
        Spread::of(said.iter().filter_map(|it| Some(of(it)?.0)))
    };
    Opinion {
        right: judged(Judgement::Right),
        outdated: judged(Judgement::Outdated),
        missing: judged(Judgement::Missing),
        importance: rated(|it| it.importance),
        frequency: rated(|it| it.frequency),
        difficulty: rated(|it| it.difficulty),
        verdicts: said.iter().map(|it| it.id).collect(),
    }
}

/// Whether an expert has looked at a task: judged it or rated it.
pub fn has_looked(plan: &Plan, task: JobItemId, expert: ExpertId) -> bool {
    let verdict = plan.verdicts.get(VerdictId::of(task, expert));
    verdict.is_some_and(|it| it.judgement.is_some() || grades(it).iter().any(Option::is_some))
}

/// Whether a verdict says nothing: all of it was taken back.
fn is_empty(plan: &Plan, verdict: &Verdict) -> bool {
    verdict.judgement.is_none()
        && grades(verdict).iter().all(Option::is_none)
        && plan.comments.get(verdict.id.comment()).is_none()
}

fn grades(verdict: &Verdict) -> [Option<Grade>; 3] {
    [verdict.importance, verdict.frequency, verdict.difficulty]
}

/// What a verdict says, as a confirmation notes it: judgement, grades, and a
/// fingerprint of the sentence. Whatever changes any of it changes this.
pub fn said_in(plan: &Plan, verdict: &Verdict) -> String {
    let judgement = verdict.judgement.map_or("-", |it| it.0.id());
    let grades = grades(verdict).map(|grade| grade.map_or("-".to_owned(), |it| it.0.to_string()));
    let comment = plan.comments.get(verdict.id.comment());
    let words = comment.map_or("-".to_owned(), |comment| {
        let mut all: Vec<(&Lang, &str)> = comment.body.iter().collect();
        all.sort_unstable();
        // FNV-1a over languages and words, with ends that no text has.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for (lang, words) in all {
            let bytes = lang.as_str().bytes().chain([0xff]);
            for byte in bytes.chain(words.bytes()).chain([0xff]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        Uid(hash).to_string()
    });
    format!("{judgement};{};{words}", grades.join(";"))
}

/// Whether what stands under an expert's name is theirs: they typed it themselves,
/// or confirmed just this.
pub fn is_confirmed(plan: &Plan, verdict: &Verdict) -> bool {
    let expert = verdict.expert.and_then(|to| plan.experts.get(to.0));
    let own = expert.is_some_and(|it| !it.author.is_empty() && it.author == verdict.author);
    own || verdict.confirmed == said_in(plan, verdict)
}

/// The verdicts of an expert that they have not confirmed; those that say nothing
/// need not be.
pub fn unconfirmed(plan: &Plan, expert: ExpertId) -> Vec<VerdictId> {
    let of = plan.verdicts.iter().filter(|verdict| {
        verdict.expert.is_some_and(|to| to.0 == expert)
            && plan.is_live(verdict.id.into())
            && !is_empty(plan, verdict)
            && !is_confirmed(plan, verdict)
    });
    of.map(|it| it.id).collect()
}
