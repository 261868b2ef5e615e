//! The Chinese example programme, read from its tables the short way: for the
//! figures of the board alone. Texts are left out.

use std::collections::BTreeMap;
use std::path::Path;

use super::*;

type Row = BTreeMap<String, String>;

fn table(name: &str) -> Vec<Row> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/example-cn");
    let mut reader = csv::Reader::from_path(folder.join(name)).unwrap();
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn whole(row: &Row, column: &str) -> i64 {
    row[column].parse().unwrap()
}

/// Half-step quantities as they are stored.
fn halves(field: Field, text: &str) -> Option<Entry> {
    let hours: Hours = text.parse().ok()?;
    Some((field.key(), Value::Int(hours.halves())))
}

pub fn example() -> Draft {
    let mut draft = Draft::default();
    for (rank, letter) in (1..).zip(["I", "P", "M"]) {
        let fields = vec![
            line(field::scale_level::letter, letter),
            int(field::scale_level::rank, rank),
        ];
        draft.add(Kind::ScaleLevel, None, fields);
    }
    let terms = terms(&mut draft);
    let competencies = competencies(&mut draft);
    let modules = modules(&mut draft, &terms);
    for row in table("mapping.csv") {
        let (module, competency) = (modules[&row["module"]], competencies[&row["competency"]]);
        draft.link(module, competency, Some(rank(&row["level"])));
        if row["assessed"] == "yes" {
            let fields = vec![has(field::assessment::competencies, competency)];
            draft.add(Kind::Assessment, Some(module.0), fields);
        }
    }
    for row in table("specification.csv") {
        let by = row["supporting_modules"].split(';').map(|code| {
            let key = field::specification_item::supported_by.member(modules[code]);
            (key, Value::str(Support::High.id()))
        });
        draft.add(Kind::SpecificationItem, None, by.collect());
    }
    draft
}

fn rank(letter: &str) -> Rank {
    match letter {
        "I" => 1,
        "P" => 2,
        _ => 3,
    }
}

fn terms(draft: &mut Draft) -> BTreeMap<String, TermId> {
    use field::term as f;
    let mut terms = BTreeMap::new();
    for row in table("terms.csv") {
        let fields = vec![
            int(f::weeks, whole(&row, "weeks_total")),
            int(f::teaching_weeks, whole(&row, "teaching_weeks")),
            int(f::military_weeks, whole(&row, "military_weeks")),
            int(f::whole_week_weeks, whole(&row, "whole_week_training")),
            int(f::enterprise_weeks, whole(&row, "enterprise_weeks")),
            int(f::exam_weeks, whole(&row, "exam_weeks")),
            int(f::flexible_weeks, whole(&row, "flexible_weeks")),
            int(f::graduation_weeks, whole(&row, "graduation_weeks")),
        ];
        terms.insert(row["term"].clone(), draft.term(fields));
    }
    terms
}

fn competencies(draft: &mut Draft) -> BTreeMap<String, JobItemId> {
    use field::job_item as f;
    let mut lines: BTreeMap<(String, String, String), JobItemId> = BTreeMap::new();
    let mut competencies = BTreeMap::new();
    for row in table("competencies.csv") {
        let mut above = None;
        let mut key = (String::new(), String::new(), String::new());
        for (tier, column) in [
            (Tier::Role, "role_code"),
            (Tier::Task, "task_no"),
            (Tier::Content, "content_no"),
        ] {
            let code = row[column].clone();
            if code.is_empty() {
                continue;
            }
            match tier {
                Tier::Role => key.0 = code,
                Tier::Task => key.1 = code,
                _ => key.2 = code,
            }
            let owner = above;
            let id = *lines
                .entry(key.clone())
                .or_insert_with(|| draft.job(tier, owner, vec![]));
            above = Some(id);
        }
        let fields = vec![
            line(f::code, &row["code"]),
            int(f::required_level, i64::from(rank(&row["required_level"]))),
            int(f::importance, whole(&row, "importance")),
        ];
        let id = draft.job(Tier::Competency, above, fields);
        competencies.insert(row["code"].clone(), id);
    }
    competencies
}

fn modules(draft: &mut Draft, terms: &BTreeMap<String, TermId>) -> BTreeMap<String, ModuleId> {
    use field::module as f;
    let (school, enterprise) = (
        draft.place(PlaceKind::School),
        draft.place(PlaceKind::Enterprise),
    );
    let mut categories: BTreeMap<String, Uid> = BTreeMap::new();
    let mut modules = BTreeMap::new();
    let mut pools: BTreeMap<String, (i64, Vec<Entry>)> = BTreeMap::new();
    let courses = table("courses.csv");
    for row in &courses {
        let role = match row["category_en"].as_str() {
            "public basic" => CategoryRole::PublicBasic,
            "professional basic" => CategoryRole::ProfessionalBasic,
            "professional core" => CategoryRole::ProfessionalCore,
            "professional extension" => CategoryRole::ProfessionalExtension,
            _ => CategoryRole::Practice,
        };
        let category = *categories
            .entry(row["category_en"].clone())
            .or_insert_with(|| {
                let fields = vec![of(field::category::role, role)];
                draft.add(Kind::Category, None, fields)
            });
        let nature = match row["nature"].as_str() {
            "required" => Nature::Required,
            "restricted elective" => Nature::Restricted,
            _ => Nature::Free,
        };
        let basis = CreditBasis::from_id(&row["credit_basis"]).unwrap();
        let mut fields = vec![
            line(f::code, &row["code"]),
            to(f::category, category),
            of(f::nature, nature),
            of(f::credit_basis, basis),
        ];
        fields.extend(halves(f::total_hours, &row["total_hours"]));
        fields.extend(halves(f::theory_hours, &row["theory_hours"]));
        fields.extend(halves(f::practice_hours, &row["practice_hours"]));
        fields.extend(halves(f::credits, &row["credits"]));
        for (place, column) in [(school, "hours_school"), (enterprise, "hours_enterprise")] {
            let hours = Value::Int(whole(row, column) * 2);
            fields.push((f::hours_by_place.member(place), hours));
        }
        let module = draft.module(fields);
        for part in row["progress"].split(';') {
            offer(draft, terms, module, part);
        }
        if let Ok(take) = row["pool_take"].parse() {
            let pool = pools.entry(row["elective_pool"].clone()).or_default();
            pool.0 = take;
            pool.1.push(has(field::elective_pool::members, module));
        }
        modules.insert(row["code"].clone(), module);
    }
    for (take, mut fields) in pools.into_values() {
        fields.push(int(field::elective_pool::take_modules, take));
        draft.add(Kind::ElectivePool, None, fields);
    }
    for row in &courses {
        for before in row["prerequisites"]
            .split(';')
            .filter(|code| !code.is_empty())
        {
            draft.set(
                modules[&row["code"]],
                has(f::prerequisites, modules[before]),
            );
        }
    }
    modules
}

/// `T1:3/16W` weekly, `T5:6W@18` whole weeks, `T1:8h` lectures.
fn offer(draft: &mut Draft, terms: &BTreeMap<String, TermId>, module: ModuleId, part: &str) {
    use field::offering as f;
    let (term, pattern) = part.split_once(':').unwrap();
    let number = |text: &str| text.trim_end_matches(['W', 'h']).parse::<i64>().unwrap();
    let fields = if let Some((per_week, weeks)) = pattern.split_once('/') {
        vec![
            of(f::pattern, Pattern::Weekly),
            hours(f::hours_per_week, number(per_week)),
            int(f::weeks, number(weeks)),
        ]
    } else if let Some((weeks, per_week)) = pattern.split_once('@') {
        vec![
            of(f::pattern, Pattern::WholeWeeks),
            hours(f::hours_per_week, number(per_week)),
            int(f::weeks, number(weeks)),
        ]
    } else {
        vec![
            of(f::pattern, Pattern::Lectures),
            hours(f::hours, number(pattern)),
        ]
    };
    draft.offer(module, terms[term], fields);
}
