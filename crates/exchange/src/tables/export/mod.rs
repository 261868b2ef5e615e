//! A plan as tables that read back: one CSV file per kind, heads in English
//! as the import knows them, a column per language, ids in front. UTF-8 with
//! a byte order mark, which spreadsheets need; text that could be a formula
//! is guarded.

use weft_model::{
    ElectivePool, Field, ItemId, JobItemId, Kind, Lang, Module, Offering, Outline, Pattern,
    PlaceKind, Plan, Shape, Sub, Tier, Uid, Value,
};

mod columns;
mod further;
mod woven;

pub(crate) use columns::columns;
pub(crate) use further::{UNCARRIED, is_uncarried};

use super::sheet::guarded;
use super::target::TableKind;

/// All tables that have rows, as file names with bytes. No language named:
/// those of the plan.
pub fn export_tables(plan: &Plan, langs: &[Lang]) -> Vec<(String, Vec<u8>)> {
    let tables = grids(plan, &chosen(plan, langs)).into_iter();
    tables
        .map(|(table, rows)| (format!("{}.csv", table.id()), bytes(&rows)))
        .collect()
}

/// The languages named, or else those of the plan.
pub(crate) fn chosen(plan: &Plan, langs: &[Lang]) -> Vec<Lang> {
    if langs.is_empty() {
        languages(plan)
    } else {
        langs.to_vec()
    }
}

/// All tables that have rows: a row of heads, then the rows.
pub(crate) fn grids(plan: &Plan, langs: &[Lang]) -> Vec<(TableKind, Vec<Vec<String>>)> {
    let writer = Tables {
        plan,
        langs: langs.to_vec(),
    };
    let kinds = TableKind::ALL.iter().copied();
    kinds
        .filter(|table| *table != TableKind::Progress)
        .map(|table| (table, writer.used(writer.rows(table))))
        .filter(|(_, rows)| rows.len() > 1)
        .collect()
}

fn languages(plan: &Plan) -> Vec<Lang> {
    let mut all: Vec<Lang> = plan.about().languages.0.clone();
    for kind in Kind::ALL {
        for uid in plan.any(*kind).live() {
            plan.any(*kind).values(uid, &mut |key, _| {
                if let Sub::Lang(lang) = key.sub
                    && !all.contains(&lang)
                {
                    all.push(lang);
                }
            });
        }
    }
    for (_, link) in plan.weave.iter() {
        for (lang, _) in link.note.iter() {
            if !all.contains(lang) {
                all.push(lang.clone());
            }
        }
    }
    // A plan without words has the heads of one language.
    if all.is_empty() {
        all.push(Lang::en());
    }
    all
}

fn bytes(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(b"\xef\xbb\xbf".to_vec());
    for row in rows {
        // Writing to memory cannot fail, and a row is as long as its head.
        if writer
            .write_record(row.iter().map(|cell| guarded(cell)))
            .is_err()
        {
            break;
        }
    }
    writer.into_inner().unwrap_or_default()
}

/// A head with its cell for one item.
struct Tables<'a> {
    plan: &'a Plan,
    langs: Vec<Lang>,
}

/// The English words of a language column's mark.
pub(crate) fn mark(lang: &Lang) -> String {
    if *lang == Lang::zh() {
        "zh".into()
    } else {
        lang.to_string()
    }
}

impl Tables<'_> {
    /// Head and rows.
    fn rows(&self, table: TableKind) -> Vec<Vec<String>> {
        match table {
            TableKind::Further => self.further(),
            TableKind::Competencies => self.outline(),
            TableKind::Mapping => self.mapping(),
            TableKind::Orders => self.orders(),
            TableKind::Rotation => self.rotation(),
            _ => {
                let items: Vec<ItemId> = self.live(table.item());
                let roles: Vec<JobItemId> = if table == TableKind::Parties {
                    self.roles()
                } else {
                    Vec::new()
                };
                let mut head = vec!["weft id".to_owned()];
                self.heads(table, &mut head);
                self.extra_heads(table, &roles, &mut head);
                let mut rows = vec![head];
                for item in items {
                    let mut row = vec![item.uid.to_string()];
                    self.cells(table, Some(item), &mut row);
                    self.extra_cells(table, item, &roles, &mut row);
                    rows.push(row);
                }
                rows
            }
        }
    }

    /// Without the columns of languages in which nothing is said here, and
    /// which are not of the plan's own.
    fn used(&self, mut rows: Vec<Vec<String>>) -> Vec<Vec<String>> {
        let Some((head, below)) = rows.split_first() else {
            return rows;
        };
        let own = &self.plan.about().languages.0;
        let keep: Vec<bool> = (head.iter().enumerate())
            .map(|(at, name)| {
                let mut foreign = self.langs.iter().filter(|lang| !own.contains(lang));
                let marked = foreign.any(|lang| name.ends_with(&format!("_{}", mark(lang))));
                !marked || own.is_empty() || below.iter().any(|row| !row[at].is_empty())
            })
            .collect();
        for row in &mut rows {
            let mut kept = keep.iter();
            row.retain(|_| kept.next() == Some(&true));
        }
        rows
    }

    fn live(&self, kind: Kind) -> Vec<ItemId> {
        let all = self
            .plan
            .any(kind)
            .live()
            .into_iter()
            .map(|uid| ItemId { kind, uid });
        all.filter(|item| self.plan.is_live(*item)).collect()
    }

    fn roles(&self) -> Vec<JobItemId> {
        let outline = Outline::of(self.plan);
        let roles = outline.rows().iter().filter(|row| row.tier == Tier::Role);
        // A role without a code heads a column where somebody works in it.
        let staffed = |id: &JobItemId| {
            let mut parties = self.plan.parties.iter();
            parties.any(|party| party.staff_by_role.contains_key(id))
        };
        let coded = |id: &JobItemId| {
            let line = self.plan.job_items.get(*id);
            line.is_some_and(|line| !line.code.is_empty())
        };
        roles
            .map(|row| row.id)
            .filter(|id| coded(id) || staffed(id))
            .collect()
    }

    fn heads(&self, table: TableKind, head: &mut Vec<String>) {
        for (name, field) in columns(table) {
            self.head(name, *field, head);
        }
    }

    fn head(&self, name: &str, field: Field, head: &mut Vec<String>) {
        if field.shape() == Shape::Text {
            head.extend(
                self.langs
                    .iter()
                    .map(|lang| format!("{name}_{}", mark(lang))),
            );
        } else {
            head.push(name.to_owned());
        }
    }

    fn cells(&self, table: TableKind, item: Option<ItemId>, row: &mut Vec<String>) {
        for (_, field) in columns(table) {
            self.cell(item, *field, row);
        }
    }

    fn cell(&self, item: Option<ItemId>, field: Field, row: &mut Vec<String>) {
        if field.shape() == Shape::Text {
            for lang in &self.langs {
                let text = item.and_then(|item| self.plan.value(item, &field.lang(lang.clone())));
                row.push(
                    text.and_then(|text| text.as_str().map(str::to_owned))
                        .unwrap_or_default(),
                );
            }
            return;
        }
        row.push(item.map_or_else(String::new, |item| self.single(item, field)));
    }

    fn single(&self, item: ItemId, field: Field) -> String {
        if let Shape::Set(kind) = field.shape() {
            let mut names = Vec::new();
            self.plan.any(item.kind).values(item.uid, &mut |key, _| {
                if let (true, Sub::Member(uid)) = (key.field == field, key.sub) {
                    names.extend(self.name(ItemId { kind, uid }));
                }
            });
            return names.join(";");
        }
        let Some(value) = self.plan.value(item, &field.key()) else {
            return String::new();
        };
        match (field.shape(), value) {
            (Shape::Ref(kind), Value::Str(uid)) => {
                let uid: Option<Uid> = uid.parse().ok();
                uid.and_then(|uid| self.name(ItemId { kind, uid }))
                    .unwrap_or_default()
            }
            (Shape::Hours | Shape::Credits | Shape::Years, Value::Int(halves)) => {
                weft_model::Hours::from_halves(halves).to_string()
            }
            (_, Value::Int(number)) => number.to_string(),
            (_, Value::Bool(yes)) => if yes { "yes" } else { "no" }.to_owned(),
            (_, Value::Str(text)) => text,
        }
    }

    /// How a list names an item: by its code where no other has it, else by
    /// its id; a place by its kind where it is the only one.
    fn name(&self, item: ItemId) -> Option<String> {
        if !self.plan.is_live(item) {
            return None;
        }
        let key = item
            .kind
            .field(if item.kind == Kind::Place {
                "kind"
            } else {
                "code"
            })
            .map(|field| field.key());
        let code = key
            .as_ref()
            .and_then(|key| self.plan.value(item, key))
            .and_then(|code| code.as_str().map(str::to_owned));
        let plain = code.filter(|code| {
            !code.is_empty()
                && !code.contains([';', '；', '、', ',', '，', '|', '\n', ':', '：', '(', '（'])
        });
        let unique = plain.filter(|code| {
            let key = key.as_ref();
            let same = self.plan.any(item.kind).live().into_iter().filter(|uid| {
                let other = ItemId {
                    kind: item.kind,
                    uid: *uid,
                };
                key.and_then(|key| self.plan.value(other, key))
                    .is_some_and(|known| known.as_str() == Some(code))
            });
            same.count() == 1
        });
        Some(unique.unwrap_or_else(|| item.uid.to_string()))
    }

    fn titles(&self, item: Option<ItemId>, row: &mut Vec<String>) {
        let title = item.map(|item| self.plan.title(item)).unwrap_or_default();
        row.extend(self.langs.iter().map(|lang| title.get(lang).to_owned()));
    }

    fn extra_heads(&self, table: TableKind, roles: &[JobItemId], head: &mut Vec<String>) {
        let title = |name: &str, head: &mut Vec<String>| {
            head.extend(
                self.langs
                    .iter()
                    .map(|lang| format!("{name}_{}", mark(lang))),
            )
        };
        match table {
            TableKind::Modules => {
                title("category", head);
                for name in [
                    "total_hours",
                    "hours_school",
                    "hours_enterprise",
                    "hours_third_place",
                    "hours_online",
                    "progress",
                    "elective_pool",
                    "pool_take",
                ] {
                    head.push(name.to_owned());
                }
            }
            TableKind::Parties => {
                let names = roles.iter().filter_map(|role| self.name((*role).into()));
                head.extend(names.map(|name| format!("staff_{name}")));
            }
            TableKind::Units => {
                head.extend(["module weft id", "module code", "period"].map(str::to_owned))
            }
            TableKind::Specification => head.push("supporting_modules".into()),
            TableKind::Certificates => head.extend(
                ["convertible_modules", "credit_cap", "whole_modules_only"].map(str::to_owned),
            ),
            _ => {}
        }
    }

    fn extra_cells(
        &self,
        table: TableKind,
        item: ItemId,
        roles: &[JobItemId],
        row: &mut Vec<String>,
    ) {
        let plan = self.plan;
        match table {
            TableKind::Modules => {
                let Some(module) = plan.modules.get(item.uid.into()) else {
                    return;
                };
                let category = module.category.map(|category| ItemId::from(category.0));
                let live = category.filter(|category| plan.is_live(*category));
                self.titles(live, row);
                let total = module
                    .total_hours
                    .map(|hours| hours.to_string())
                    .unwrap_or_default();
                row.push(if module.counted == Some(false) {
                    format!("({total})")
                } else {
                    total
                });
                for kind in [
                    PlaceKind::School,
                    PlaceKind::Enterprise,
                    PlaceKind::Third,
                    PlaceKind::Online,
                ] {
                    let of_kind = |place| {
                        plan.places
                            .get(place)
                            .and_then(|place| place.kind)
                            .is_some_and(|known| known.0 == kind)
                    };
                    let hours: Vec<weft_model::Hours> = module
                        .hours_by_place
                        .iter()
                        .filter(|(place, _)| of_kind(**place))
                        .map(|(_, hours)| *hours)
                        .collect();
                    row.push(if hours.is_empty() {
                        String::new()
                    } else {
                        hours.into_iter().sum::<weft_model::Hours>().to_string()
                    });
                }
                row.push(self.progress(module));
                let pool = plan
                    .elective_pools
                    .iter()
                    .find(|pool| pool.members.contains(&module.id));
                row.push(pool.map_or_else(String::new, |pool| self.pool_name(pool)));
                row.push(
                    pool.and_then(|pool| pool.take_modules)
                        .map_or_else(String::new, |take| take.0.to_string()),
                );
            }
            TableKind::Parties => {
                let party = plan.parties.get(item.uid.into());
                row.extend(roles.iter().map(|role| {
                    let staff = party.and_then(|party| party.staff_by_role.get(role));
                    staff.map_or_else(String::new, |staff| staff.0.to_string())
                }));
            }
            TableKind::Units => {
                let module = plan
                    .units
                    .get(item.uid.into())
                    .and_then(|unit| unit.module)
                    .and_then(|to| plan.modules.get(to.0));
                row.push(module.map_or_else(String::new, |module| module.id.to_string()));
                row.push(module.map_or_else(String::new, |module| module.code.clone()));
                row.push(module.map_or_else(String::new, |module| module.period.clone()));
            }
            TableKind::Specification => {
                let supports = plan
                    .specification
                    .get(item.uid.into())
                    .into_iter()
                    .flat_map(|line| &line.supported_by);
                let names = supports.filter_map(|(module, support)| {
                    Some(format!(
                        "{}:{}",
                        self.name((*module).into())?,
                        weft_model::Choice::id(support.0)
                    ))
                });
                row.push(names.collect::<Vec<_>>().join(";"));
            }
            TableKind::Certificates => {
                let conversion = plan.conversions.below(item.uid).next();
                let modules = conversion
                    .into_iter()
                    .flat_map(|conversion| &conversion.modules);
                row.push(
                    modules
                        .filter_map(|module| self.name((*module).into()))
                        .collect::<Vec<_>>()
                        .join(";"),
                );
                row.push(
                    conversion
                        .and_then(|conversion| conversion.credit_cap)
                        .map_or_else(String::new, |cap| cap.to_string()),
                );
                let whole = conversion.and_then(|conversion| conversion.whole_modules_only);
                row.push(
                    whole
                        .map_or("", |whole| if whole { "yes" } else { "no" })
                        .to_owned(),
                );
            }
            _ => {}
        }
    }

    /// How a module names its pool: by its title where no other has it, else
    /// by its id.
    fn pool_name(&self, pool: &ElectivePool) -> String {
        let lang = self.first_lang();
        let title = pool.title.show(&lang);
        let mut pools = self.plan.elective_pools.iter();
        let alone =
            !title.is_empty() && pools.all(|it| it.id == pool.id || it.title.show(&lang) != title);
        if alone {
            title.to_owned()
        } else {
            pool.id.to_string()
        }
    }

    fn first_lang(&self) -> Lang {
        self.langs.first().cloned().unwrap_or_else(Lang::en)
    }

    /// `T1:4/16W;T2:2W@24`; stretches that no pattern describes stay out.
    fn progress(&self, module: &Module) -> String {
        let offerings = self.plan.offerings.below(module.id);
        let cells = offerings.filter_map(|offering| self.stretch(offering));
        cells.collect::<Vec<_>>().join(";")
    }

    /// One stretch of it; none where no pattern describes it.
    fn stretch(&self, offering: &Offering) -> Option<String> {
        let term = self.name(offering.term?.0.into())?;
        let per_week = offering.hours_per_week.map(|hours| hours.to_string());
        let weeks = offering.weeks.map(|weeks| weeks.0);
        let cell = match (offering.pattern?.0, per_week, weeks) {
            (Pattern::Weekly, Some(hours), Some(weeks)) => format!("{hours}/{weeks}W"),
            (Pattern::Weekly, Some(hours), None) => hours,
            (Pattern::WholeWeeks, Some(hours), Some(weeks)) => format!("{weeks}W@{hours}"),
            (Pattern::WholeWeeks, None, Some(weeks)) => format!("{weeks}W"),
            (Pattern::Lectures, ..) => offering
                .hours
                .map_or_else(|| "☆".to_owned(), |hours| format!("{hours}h")),
            _ => return None,
        };
        Some(format!("{term}:{cell}"))
    }
}
