//! A remark as commands: a verdict, a comment or a proposal of the expert who
//! filled in the form, typed by whoever takes it in.

use weft_model::{
    Aspect, Choice as _, Command, CommentId, ExpertId, FieldKey, ItemId, JobItemId, Kind, Lang,
    Plan, Said, Spot, Subject, Uid, Value, Verb, VerdictId, addition, field, judging, proposing,
    putting,
};

use super::remarks::{Remark, What};

/// The act that takes a remark in, for the expert whose it is and who is in the
/// plan. `author` types it
/// at `at`, in milliseconds since 1970. Nothing to do where the remark stands
/// already.
pub fn acting(
    plan: &Plan,
    remark: &Remark,
    expert: ExpertId,
    (author, at): (Uid, i64),
    lang: &Lang,
    fresh: &mut dyn FnMut() -> Uid,
) -> (Verb, Subject, Vec<Command>) {
    let spoken = expert.0 != author;
    let subject = remark
        .about
        .map_or(Subject::Plan, |id| ItemId::from(id).into());
    if stands(plan, remark, expert, lang) {
        return (Verb::Comment, subject, Vec::new());
    }
    let whose = spoken.then(|| Value::str(expert.to_string()));
    let signed = || {
        let mut fields = vec![
            (
                field::proposal::author.key(),
                Value::str(author.to_string()),
            ),
            (field::proposal::at.key(), Value::Int(at)),
        ];
        fields.extend(whose.clone().map(|it| (field::proposal::expert.key(), it)));
        fields
    };
    let comment = |words: &str, uid: Uid| {
        let values = vec![
            (
                field::comment::anchor.key(),
                Some(Value::str(subject.to_string())),
            ),
            (
                field::comment::body.lang(lang.clone()),
                Some(Value::str(words)),
            ),
            (
                field::comment::author.key(),
                Some(Value::str(author.to_string())),
            ),
            (field::comment::at.key(), Some(Value::Int(at))),
            (field::comment::expert.key(), whose.clone()),
        ];
        putting(plan, CommentId(uid).into(), None, values)
    };
    match (&remark.what, remark.about) {
        (What::Judged(judgement, words), Some(task)) => {
            let value = judgement.map(|it| Value::str(it.id()));
            let mut said = Vec::new();
            if value.is_some() {
                said.push(Said::Value(field::verdict::judgement, value));
            }
            if !words.is_empty() {
                said.push(Said::Words(lang.clone(), words.clone()));
            }
            (
                Verb::Judge,
                subject,
                both(plan, task, expert, &said, (author, at), spoken),
            )
        }
        (What::Words(words), Some(line)) => {
            let (target, base) = wording(plan, line, lang);
            let mut fields = proposing(&target, base.as_ref(), Some(&Value::str(words.as_str())));
            fields.extend(signed());
            let add = Command::Add {
                item: ItemId {
                    kind: Kind::Proposal,
                    uid: fresh(),
                },
                owner: None,
                spot: Spot::Last,
                fields,
            };
            (Verb::Propose, subject, vec![add])
        }
        (What::Line(tier, words, reason), parent) => {
            let mut fields = signed();
            if !reason.is_empty() {
                let key = field::proposal::reason.lang(lang.clone());
                fields.push((key, Value::str(reason.as_str())));
            }
            let ids = (JobItemId(fresh()), fresh());
            let commands = addition(ids, parent, *tier, (lang.clone(), words.as_str()), fields);
            (Verb::Propose, subject, commands)
        }
        (What::Comment(words) | What::Judged(_, words) | What::Words(words), _) => (
            Verb::Comment,
            subject,
            comment(&titled(remark, words), fresh()),
        ),
    }
}

/// A judgement and a sentence in one act: the second is added to what the first
/// leaves.
fn both(
    plan: &Plan,
    task: JobItemId,
    expert: ExpertId,
    said: &[Said],
    by: (Uid, i64),
    spoken: bool,
) -> Vec<Command> {
    let mut next = plan.clone();
    let mut all = Vec::new();
    for one in said {
        let commands = judging(&next, task, expert, one, by, spoken);
        let act = weft_model::Act::many(Verb::Judge, ItemId::from(task), commands.clone());
        // What does not fit is refused when the whole act is tried, with a reason.
        if next.apply(&act).is_err() {
            all.extend(commands);
            break;
        }
        all.extend(commands);
    }
    all
}

/// What is proposed for the words of a line, and what they are.
fn wording(plan: &Plan, line: JobItemId, lang: &Lang) -> (Aspect, Option<Value>) {
    let key: FieldKey = field::job_item::statement.lang(lang.clone());
    let base = plan.value(line.into(), &key);
    (Aspect::Value(line.into(), key), base)
}

/// A remark whose line was not found again says which it was.
fn titled(remark: &Remark, words: &str) -> String {
    match remark.about {
        None if !remark.title.is_empty() => format!("{}: {words}", remark.title),
        _ => words.to_owned(),
    }
}

/// Whether the plan holds a remark already, as that expert's.
pub fn stands(plan: &Plan, remark: &Remark, expert: ExpertId, lang: &Lang) -> bool {
    let whose = |to: Option<weft_model::To<ExpertId>>, author: &str| {
        to.map_or(author == expert.to_string(), |to| to.0 == expert)
    };
    match (&remark.what, remark.about) {
        (What::Judged(judgement, words), Some(task)) => {
            let id = VerdictId::of(task, expert);
            let verdict = plan.verdicts.get(id);
            let said = plan.comments.get(id.comment());
            let judged = judgement.is_none_or(|wanted| {
                verdict.is_some_and(|it| it.judgement.is_some_and(|it| it.0 == wanted))
            });
            let worded = words.is_empty() || said.is_some_and(|it| it.body.get(lang) == words);
            judged && worded && (verdict.is_some() || said.is_some())
        }
        (What::Words(words), Some(line)) => {
            let (target, base) = wording(plan, line, lang);
            let proposed = plan.proposals.iter().any(|it| {
                it.target == target.to_string()
                    && it.words.get(lang) == words
                    && whose(it.expert, &it.author)
            });
            proposed || base.is_some_and(|it| it.as_str() == Some(words.as_str()))
        }
        (What::Line(tier, words, _), parent) => plan.proposals.iter().any(|it| {
            let Ok(Aspect::Presence(item)) = it.target.parse::<Aspect>() else {
                return false;
            };
            let line = plan.job_items.raw(JobItemId(item.uid));
            whose(it.expert, &it.author)
                && line.is_some_and(|line| {
                    line.parent.map(|to| to.0) == parent
                        && line.tier.is_some_and(|it| it.0 == *tier)
                        && line.statement.get(lang) == words
                })
        }),
        (What::Comment(words) | What::Judged(_, words) | What::Words(words), about) => {
            let anchor = about.map_or(Subject::Plan, |id| ItemId::from(id).into());
            let words = titled(remark, words);
            plan.comments.iter().any(|it| {
                it.anchor == anchor.to_string()
                    && it.body.get(lang) == words
                    && whose(it.expert, &it.author)
            })
        }
    }
}
