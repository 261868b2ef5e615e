//! Where an item is shown, what it is called there, and by which sign it is
//! known.

use weft_analysis::{Board, Finding};
use weft_model::{
    Choice, ItemId, JobItemId, Kind, Lang, ModuleId, Plan, Sub, Subject, Tier, field,
};

use crate::{
    route::{Page, Route},
    ui::{
        components::icon::Sign,
        sentences::{self, choice_name, kind_name},
    },
};

/// Kinds that nobody looks for by name: parts of others, or the plan itself.
pub(super) fn is_findable(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::About
            | Kind::Offering
            | Kind::RotationBlock
            | Kind::Rule
            | Kind::Waiver
            | Kind::Comment
            | Kind::Proposal
            | Kind::Expert
            | Kind::Verdict
            | Kind::NamedVersion
            | Kind::Signature
            | Kind::Amendment
            | Kind::RevisionReason
            | Kind::FrameworkPart
            | Kind::ScaleLevel
            | Kind::SignerStage
    )
}

/// The code of an item; empty where its kind has none or none is given.
pub fn code(plan: &Plan, item: ItemId) -> String {
    let key = item.kind.field("code").map(|field| field.key());
    key.and_then(|key| plan.value(item, &key))
        .and_then(|value| value.as_str().map(str::to_owned))
        .unwrap_or_default()
}

/// Code and title, as a person would say which item is meant. Terms are known
/// by their title alone.
pub fn code_and_title(plan: &Plan, lang: &Lang, item: ItemId) -> String {
    let code = code(plan, item);
    let title = sentences::item_name(plan, lang, item);
    if code.is_empty() || item.kind == Kind::Term {
        title
    } else {
        format!("{code} {title}")
    }
}

/// What an item is and where it belongs: "Module · Term 3".
pub(super) fn hint(plan: &Plan, board: &Board, lang: &Lang, item: ItemId) -> String {
    let kind = match item.kind {
        Kind::JobItem => {
            let line = plan.job_items.get(JobItemId(item.uid));
            let tier = line.and_then(|line| line.tier);
            let tier = tier.map_or(Tier::Competency, |tier| tier.0);
            choice_name(field::job_item::tier, tier.id())
        }
        kind => kind_name(kind),
    };
    let within = match item.kind {
        Kind::Module => board
            .module(ModuleId(item.uid))
            .and_then(|figures| figures.first_term())
            .map(|term| sentences::item_name(plan, lang, term.into())),
        _ => owner(plan, item).map(|owner| sentences::item_name(plan, lang, owner)),
    };
    match within {
        Some(within) => format!("{kind} · {within}"),
        None => kind,
    }
}

/// What an item belongs to, if its kind belongs to anything.
fn owner(plan: &Plan, item: ItemId) -> Option<ItemId> {
    let kind = item.kind.owner_field()?.shape().target()?;
    let uid = plan.any(item.kind).owner(item.uid)?;
    Some(ItemId { kind, uid })
}

/// Where an item is shown.
pub fn spot(plan: &Plan, id: &str, item: ItemId) -> Route {
    let uid = item.uid.to_string();
    match item.kind {
        Kind::JobItem => Route::spot(id, Page::Jobs, [uid]),
        Kind::Module | Kind::Term | Kind::ElectivePool => Route::spot(id, Page::Modules, [uid]),
        Kind::Offering | Kind::Unit | Kind::Assessment => {
            let module = owner(plan, item).map_or(uid, |module| module.uid.to_string());
            Route::spot(id, Page::Modules, [module])
        }
        Kind::Rule | Kind::Waiver => Route::spot(id, Page::Checks, [uid]),
        Kind::Expert | Kind::Verdict => Route::spot(id, Page::Review, ["experts"]),
        Kind::RevisionReason => Route::spot(id, Page::Review, ["revision"]),
        Kind::Comment | Kind::Proposal | Kind::NamedVersion | Kind::Signature | Kind::Amendment => {
            Route::page(id, Page::Review)
        }
        kind => {
            // Parts of a mode, a cohort or a certificate stand with it.
            let shown = owner(plan, item).unwrap_or(item);
            let name = if kind == Kind::About {
                kind
            } else {
                shown.kind
            }
            .name();
            Route::spot(id, Page::Data, [name.to_owned(), shown.uid.to_string()])
        }
    }
}

/// Where the weave shows a link: its cell.
pub fn link_to(id: &str, module: ModuleId, competency: JobItemId) -> Route {
    Route::spot(
        id,
        Page::Weave,
        [module.to_string(), competency.to_string()],
    )
}

/// Where a finding can be put right: the column of the weave for what is
/// taught too little, else the page of its subject.
pub fn finding_spot(plan: &Plan, id: &str, finding: &Finding) -> Route {
    match finding.subject {
        Subject::Plan => Route::page(id, Page::Data),
        Subject::Link(key) => link_to(id, key.module, key.competency),
        Subject::Item(item) => {
            let woven = finding.rule.starts_with("coverage.")
                || matches!(finding.rule, "module.unwoven" | "spec.unsupported");
            if woven {
                Route::spot(id, Page::Weave, [item.uid.to_string()])
            } else {
                spot(plan, id, item)
            }
        }
    }
}

/// The address of a finding within Checks: its rule and what it is about, each
/// id a segment.
pub fn finding_at(finding: &Finding) -> Vec<String> {
    let mut at = vec![finding.rule.to_owned()];
    match finding.subject {
        Subject::Plan => {}
        Subject::Item(item) => at.push(item.uid.to_string()),
        Subject::Link(key) => {
            at.extend([key.module.to_string(), key.competency.to_string()]);
            at.extend(key.unit.map(|unit| unit.to_string()));
        }
    }
    at
}

/// The sign by which a kind of item is known.
pub fn sign(kind: Kind) -> Sign {
    match kind {
        Kind::JobItem | Kind::SpecificationItem => Sign::Jobs,
        Kind::Module | Kind::Offering | Kind::Unit | Kind::Assessment | Kind::ElectivePool => {
            Sign::Modules
        }
        Kind::Term => Sign::Calendar,
        Kind::Party => Sign::Enterprise,
        Kind::Place => Sign::Third,
        Kind::Person => Sign::Person,
        Kind::Venue => Sign::Venue,
        Kind::Comment | Kind::Proposal | Kind::Expert | Kind::Verdict => Sign::Talk,
        Kind::NamedVersion | Kind::Signature | Kind::Amendment => Sign::Key,
        Kind::RevisionReason => Sign::Compare,
        Kind::Waiver | Kind::Rule => Sign::Checks,
        Kind::SignerStage => Sign::Key,
        _ => Sign::Plan,
    }
}

/// The name of a stored value, as a person would say it.
pub fn key_name(key: &weft_model::FieldKey) -> String {
    let name = sentences::field_name(key.field);
    match &key.sub {
        Sub::Lang(lang) => format!("{name} ({lang})"),
        _ => name,
    }
}
