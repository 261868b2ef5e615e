//! A plan as tables that read back: one CSV file per kind, heads in English
//! as the import knows them, a column per language, ids in front. UTF-8 with
//! a byte order mark, which spreadsheets need; text that could be a formula
//! is guarded.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{
    Field, ItemId, JobItem, JobItemId, Kind, Lang, Module, Outline, Pattern, PlaceKind, Plan,
    Shape, Sub, Tier, Uid, Value, field,
};

use super::sheet::guarded;
use super::target::TableKind;

/// All tables that have rows, as file names with bytes. No language named:
/// those of the plan.
pub fn export_tables(plan: &Plan, langs: &[Lang]) -> Vec<(String, Vec<u8>)> {
    let writer = Tables {
        plan,
        langs: if langs.is_empty() {
            languages(plan)
        } else {
            langs.to_vec()
        },
    };
    let mut files = Vec::new();
    for table in TableKind::ALL
        .iter()
        .filter(|table| **table != TableKind::Progress)
    {
        let rows = writer.rows(*table);
        if rows.len() > 1 {
            files.push((format!("{}.csv", table.id()), bytes(&rows)));
        }
    }
    files
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

/// The plain columns of a table: head and field.
fn columns(table: TableKind) -> &'static [(&'static str, Field)] {
    use field::{
        certificate, job_item, module, party, person, specification_item, term, unit, venue,
    };
    match table {
        TableKind::Parties => &[
            ("code", party::code),
            ("name", party::name),
            ("kind", party::kind),
            ("registration no", party::registration_no),
            ("staff_total", party::staff_total),
        ],
        TableKind::Terms => &[
            ("term", term::code),
            ("name", term::title),
            ("year", term::year),
            ("start", term::start),
            ("weeks_total", term::weeks),
            ("teaching_weeks", term::teaching_weeks),
            ("military_weeks", term::military_weeks),
            ("whole_week_training", term::whole_week_weeks),
            ("enterprise_weeks", term::enterprise_weeks),
            ("exam_weeks", term::exam_weeks),
            ("flexible_weeks", term::flexible_weeks),
            ("graduation_weeks", term::graduation_weeks),
            ("holiday_weeks", term::holiday_weeks),
            ("note", term::note),
        ],
        TableKind::Venues => &[
            ("code", venue::code),
            ("title", venue::title),
            ("kind", venue::kind),
            ("place", venue::place),
            ("provider", venue::provider),
            ("owner", venue::owner),
            ("workstations", venue::workstations),
            ("learners_per_station", venue::learners_per_station),
            ("capacity", venue::capacity),
            ("teaching_hours_per_week", venue::hours_per_week),
            ("equipment", venue::equipment),
            ("internship_unit", venue::internship_unit),
            ("safety_induction", venue::safety_induction),
        ],
        TableKind::People => &[
            ("code", person::code),
            ("name", person::name),
            ("party", person::party),
            ("role", person::role),
            ("title", person::title),
            ("teaching_certificate", person::teaching_certificate),
            ("enterprise_months", person::enterprise_months),
            ("skill_level", person::skill_level),
            ("dual_qualified_level", person::dual_qualified),
            ("max_mentees", person::max_mentees),
            ("note", person::note),
        ],
        TableKind::Competencies => &[
            ("code", job_item::code),
            ("statement", job_item::statement),
            ("kind", job_item::kind),
            ("importance", job_item::importance),
            ("frequency", job_item::frequency),
            ("difficulty", job_item::difficulty),
            ("owner", job_item::owner),
            ("learn_at", job_item::learn_at),
            ("equipment", job_item::equipment),
            ("description", job_item::description),
            ("note", job_item::note),
            ("uri", job_item::origin_uri),
            ("source", job_item::origin_source),
        ],
        TableKind::Modules => &[
            ("code", module::code),
            ("title", module::title),
            ("nature", module::nature),
            ("type", module::module_type),
            ("exam_or_check", module::exam),
            ("delivery", module::delivery),
            ("theory_hours", module::theory_hours),
            ("practice_hours", module::practice_hours),
            ("credits", module::credits),
            ("credit_basis", module::credit_basis),
            ("owner", module::owner),
            ("enterprise_weight_percent", module::enterprise_percent),
            ("venues", module::venues),
            ("teachers", module::teachers),
            ("mentors", module::mentors),
            ("prerequisites", module::prerequisites),
            ("parallels", module::parallels),
            ("focus", module::focus),
            ("period", module::period),
            ("description", module::description),
            ("objectives", module::objectives),
            ("note", module::note),
            ("uri", module::origin_uri),
        ],
        TableKind::Units => &[
            ("unit no", unit::code),
            ("title", unit::title),
            ("hours", unit::hours),
            ("place", unit::place),
            ("description", unit::description),
        ],
        TableKind::Specification => &[
            ("no", specification_item::code),
            ("dimension", specification_item::dimension),
            ("statement", specification_item::statement),
        ],
        TableKind::Certificates => &[
            ("code", certificate::code),
            ("title", certificate::title),
            ("kind", certificate::kind),
            ("level", certificate::level),
            ("issuer", certificate::authority),
            ("required_for_graduation", certificate::required),
            ("note", certificate::note),
        ],
        TableKind::Progress | TableKind::Orders | TableKind::Rotation | TableKind::Mapping => &[],
    }
}

/// The English words of a language column's mark.
fn mark(lang: &Lang) -> String {
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
        roles
            .map(|row| row.id)
            .filter(|id| {
                self.plan
                    .job_items
                    .get(*id)
                    .is_some_and(|line| !line.code.is_empty())
            })
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
                let codes = roles
                    .iter()
                    .filter_map(|role| self.plan.job_items.get(*role));
                head.extend(codes.map(|role| format!("staff_{}", role.code)));
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
                self.titles(module.category.map(|category| category.0.into()), row);
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
                row.push(pool.map_or_else(String::new, |pool| {
                    pool.title.show(&self.first_lang()).to_owned()
                }));
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

    fn first_lang(&self) -> Lang {
        self.langs.first().cloned().unwrap_or_else(Lang::en)
    }

    /// `T1:4/16W;T2:2W@24`; stretches that no pattern describes stay out.
    fn progress(&self, module: &Module) -> String {
        let offerings = self.plan.offerings.below(module.id).filter_map(|offering| {
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
        });
        offerings.collect::<Vec<_>>().join(";")
    }

    fn letter(&self, rank: i64) -> String {
        let level = self
            .plan
            .scale_levels
            .iter()
            .find(|level| level.rank.is_some_and(|known| known.0 == rank));
        level.map_or_else(|| rank.to_string(), |level| level.letter.clone())
    }

    fn outline(&self) -> Vec<Vec<String>> {
        let tiers = [
            (Tier::Role, "role_code", "role"),
            (Tier::Task, "task_no", "task"),
            (Tier::Content, "content_no", "content"),
        ];
        let mut head = Vec::new();
        for (_, code, title) in tiers {
            head.push(code.to_owned());
            self.head(title, field::job_item::statement, &mut head);
        }
        head.push("weft id".into());
        self.heads(TableKind::Competencies, &mut head);
        head.push("required_level".into());
        let mut rows = vec![head];
        let outline = Outline::of(self.plan);
        let parents: BTreeSet<JobItemId> =
            outline.rows().iter().filter_map(|row| row.parent).collect();
        for line in outline.rows() {
            // A line above others is on their rows.
            if line.tier != Tier::Competency && parents.contains(&line.id) {
                continue;
            }
            let mut row = Vec::new();
            for (tier, ..) in tiers {
                let above: Option<&JobItem> = outline
                    .above(line.id, tier)
                    .and_then(|id| self.plan.job_items.get(id));
                row.push(above.map_or_else(String::new, |line| line.code.clone()));
                self.titles(above.map(|line| line.id.into()), &mut row);
            }
            let item = (line.tier == Tier::Competency).then(|| ItemId::from(line.id));
            row.push(item.map_or_else(String::new, |item| item.uid.to_string()));
            self.cells(TableKind::Competencies, item, &mut row);
            let level = self
                .plan
                .job_items
                .get(line.id)
                .and_then(|line| line.required_level)
                .filter(|_| item.is_some());
            row.push(level.map_or_else(String::new, |level| self.letter(level.0)));
            rows.push(row);
        }
        rows
    }

    fn mapping(&self) -> Vec<Vec<String>> {
        let mut head = vec!["module weft id".to_owned(), "module code".into()];
        self.head("module_title", field::module::title, &mut head);
        head.extend(["period", "unit weft id", "unit no"].map(str::to_owned));
        self.head("unit", field::unit::title, &mut head);
        head.extend(["competency weft id", "competency code"].map(str::to_owned));
        self.head("statement", field::job_item::statement, &mut head);
        head.extend(["competency uri", "level", "relevance", "assessed"].map(str::to_owned));
        self.head("note", field::module::note, &mut head);
        let mut assessed: BTreeSet<(Uid, JobItemId)> = BTreeSet::new();
        for assessment in self.plan.assessments.iter() {
            let module = assessment.module.map(|module| module.0.0);
            assessed.extend(module.into_iter().flat_map(|module| {
                assessment
                    .competencies
                    .iter()
                    .map(move |line| (module, *line))
            }));
        }
        let mut rows = vec![head];
        for (key, link) in self.plan.weave.iter() {
            let ends = (
                self.plan.modules.get(key.module),
                self.plan.job_items.get(key.competency),
            );
            let (Some(module), Some(line)) = ends else {
                continue;
            };
            let unit = key.unit.and_then(|unit| self.plan.units.get(unit));
            if !self.plan.is_live(line.id.into()) || (key.unit.is_some() && unit.is_none()) {
                continue;
            }
            let mut row = vec![module.id.to_string(), module.code.clone()];
            self.titles(Some(module.id.into()), &mut row);
            row.push(module.period.clone());
            row.push(unit.map_or_else(String::new, |unit| unit.id.to_string()));
            row.push(unit.map_or_else(String::new, |unit| unit.code.clone()));
            self.titles(unit.map(|unit| unit.id.into()), &mut row);
            row.extend([line.id.to_string(), line.code.clone()]);
            self.titles(Some(line.id.into()), &mut row);
            row.push(line.origin_uri.clone());
            row.push(
                link.level
                    .map_or_else(String::new, |level| self.letter(i64::from(level))),
            );
            row.push(
                link.strength
                    .map_or_else(String::new, |strength| strength.to_string()),
            );
            row.push(
                if assessed.contains(&(module.id.0, line.id)) {
                    "yes"
                } else {
                    "no"
                }
                .into(),
            );
            row.extend(self.langs.iter().map(|lang| link.note.get(lang).to_owned()));
            rows.push(row);
        }
        rows
    }

    fn orders(&self) -> Vec<Vec<String>> {
        let head = [
            "weft id",
            "order",
            "enterprise",
            "intake_year",
            "role_code",
            "seats",
            "of_which_enterprise_recruits",
            "retention_target_percent",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for order in self.plan.orders.iter() {
            let item: ItemId = order.id.into();
            let both: BTreeMap<_, _> = order
                .seats
                .keys()
                .chain(order.enterprise_recruits.keys())
                .map(|role| (*role, ()))
                .collect();
            let mut roles: Vec<Option<JobItemId>> = both.into_keys().map(Some).collect();
            if roles.is_empty() {
                roles.push(None);
            }
            for role in roles {
                let count = |map: &BTreeMap<JobItemId, weft_model::Count>| {
                    role.and_then(|role| map.get(&role))
                        .map_or_else(String::new, |count| count.0.to_string())
                };
                let code = role
                    .and_then(|role| self.plan.job_items.get(role))
                    .map_or_else(String::new, |role| role.code.clone());
                rows.push(vec![
                    item.uid.to_string(),
                    order.code.clone(),
                    self.single(item, field::order::enterprise),
                    self.single(item, field::order::intake_year),
                    code,
                    count(&order.seats),
                    count(&order.enterprise_recruits),
                    self.single(item, field::order::retention_percent),
                ]);
            }
        }
        rows
    }

    fn rotation(&self) -> Vec<Vec<String>> {
        use field::rotation_block;
        let head = [
            "plan", "term", "weeks", "group", "size", "place", "module", "venue",
        ];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        for block in self.plan.rotation_blocks.iter() {
            let item: ItemId = block.id.into();
            let Some(mode) = block.mode.and_then(|mode| self.plan.modes.get(mode.0)) else {
                continue;
            };
            let (Some(first), Some(last)) = (block.first_week, block.last_week) else {
                continue;
            };
            rows.push(vec![
                mode.title.show(&self.first_lang()).to_owned(),
                self.single(item, rotation_block::term),
                format!("{}-{}", first.0, last.0),
                block.group.clone(),
                self.single(item, rotation_block::size),
                self.single(item, rotation_block::place),
                self.single(item, rotation_block::modules),
                self.single(item, rotation_block::venues),
            ]);
        }
        rows
    }
}
