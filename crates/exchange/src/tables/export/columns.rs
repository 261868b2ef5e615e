//! The columns of exported tables that show a field as it is.

use weft_model::{Field, field};

use crate::tables::target::TableKind;

/// The plain columns of a table: head and field.
pub(crate) fn columns(table: TableKind) -> &'static [(&'static str, Field)] {
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
        TableKind::Further
        | TableKind::Progress
        | TableKind::Orders
        | TableKind::Rotation
        | TableKind::Mapping => &[],
    }
}
