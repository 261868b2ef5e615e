//! What broke a seal: the differences that the canonical form sees, and no others.

use std::collections::BTreeSet;

use weft_model::{
    ABOUT, Aspect, Difference, ItemId, LinkKey, Plan, Subject, Uid, Value, differences, field,
    link_differences,
};

use crate::canonical::Scope;

/// All that reads otherwise in `now` of what a scope covers in either state: empty
/// exactly where the scope has the same hash in both. Talk, signatures and how far the
/// plan has come are not among it.
pub fn changed(then: &Plan, now: &Plan, scope: &Scope) -> Vec<Difference> {
    let mut all = differences(then, now);
    all.retain(|it| match it.what.subject() {
        Subject::Plan => false,
        Subject::Item(item) => {
            let covered = |plan: &Plan| plan.is_live(item) && scope.holds(plan, item);
            let said_of_it = it.what == Aspect::Value(ABOUT, field::about::status.key());
            !item.kind.is_about_the_plan()
                && !said_of_it
                && (covered(then) || covered(now))
                && (it.what != Aspect::Place(item) || has_moved(then, now, scope, item))
        }
        Subject::Link(key) => {
            let covered = |plan: &Plan| is_whole(plan, key) && scope.holds(plan, key.module.into());
            covered(then) || covered(now)
        }
    });
    all.extend(gone_with_others(then, now, scope));
    all
}

/// Links of what is covered that came or went with a competency that is not: nothing
/// else tells of them here.
fn gone_with_others(then: &Plan, now: &Plan, scope: &Scope) -> Vec<Difference> {
    if *scope == Scope::Whole {
        return Vec::new();
    }
    let keys = |plan: &Plan| -> BTreeSet<LinkKey> {
        let here = plan.weave.iter().map(|(key, _)| *key);
        here.filter(|key| scope.holds(plan, key.module.into()))
            .collect()
    };
    let stays = |item: ItemId| then.is_live(item) && now.is_live(item);
    let mut all = Vec::new();
    for key in keys(then).intersection(&keys(now)) {
        let competency: ItemId = key.competency.into();
        let unit = key.unit.is_none_or(|unit| stays(unit.into()));
        if !stays(key.module.into()) || !unit || then.is_live(competency) == now.is_live(competency)
        {
            continue;
        }
        let level = |plan: &Plan| {
            let link = plan.weave.get(key).filter(|_| is_whole(plan, *key))?;
            Some(Value::Int(i64::from(link.level.unwrap_or_default())))
        };
        let (before, after) = (level(then), level(now));
        let told = link_differences(then, now, *key);
        if before != after && !told.iter().any(|it| it.what == Aspect::Link(*key)) {
            all.push(Difference {
                what: Aspect::Link(*key),
                before,
                after,
            });
        }
    }
    all
}

/// Whether a link and all its ends are there.
fn is_whole(plan: &Plan, key: LinkKey) -> bool {
    let ends = [
        Some(key.module.into()),
        Some(key.competency.into()),
        key.unit.map(Into::into),
    ];
    plan.weave.get(&key).is_some() && ends.into_iter().flatten().all(|end| plan.is_live(end))
}

/// Whether an item stands elsewhere among those of its siblings that the scope covers:
/// where it stands among the others is signed by somebody else.
fn has_moved(then: &Plan, now: &Plan, scope: &Scope, item: ItemId) -> bool {
    let covered = |plan: &Plan, uid: Uid| {
        let it = ItemId {
            kind: item.kind,
            uid,
        };
        plan.is_live(it) && scope.holds(plan, it)
    };
    let siblings = |plan: &Plan| {
        let owner = plan.any(item.kind).owner(item.uid);
        let all = plan.any(item.kind).below(owner).into_iter();
        (all.filter(|uid| covered(plan, *uid))).collect::<Vec<Uid>>()
    };
    let [was, is] = [then, now].map(siblings);
    let ahead = |of: &[Uid], others: &[Uid]| -> BTreeSet<Uid> {
        let ahead = of.iter().take_while(|uid| **uid != item.uid);
        ahead.filter(|uid| others.contains(uid)).copied().collect()
    };
    ahead(&was, &is) != ahead(&is, &was)
}
