//! Every kind of item a plan is made of, with its fields. The order here is
//! the order of forms and files. A new field may be added anywhere; a name
//! that was once released never changes its meaning.

use std::collections::{BTreeMap, BTreeSet};

use crate::choice::*;
use crate::id::typed_id;
use crate::schema::{Field, FieldInfo};
use crate::slot::{Day, Langs, Of, Slot, SlotValue, To, Verbatim, Whole};
use crate::{
    AnyTable, BadValue, Credits, FieldKey, Hours, Item, Row, Table, Text, Uid, Value, Years,
};

/// A percentage, 0 to 100.
pub type Percent = Whole<0, 100>;
/// A grade from 1 (low) to 5 (high).
pub type Grade = Whole<1, 5>;
/// A number of people, weeks or things.
pub type Count = Whole<0, 1_000_000>;
/// A week within a term, counted from 1.
pub type Week = Whole<1, 60>;
/// A calendar year.
pub type CalendarYear = Whole<1900, 2299>;
/// A level of the plan's scale, counted from 1 (lowest).
pub type LevelRank = Whole<1, 9>;
/// A moment as milliseconds since 1970.
pub type Moment = Whole<0, 9_999_999_999_999>;

macro_rules! items {
    ($(
        $(#[$meta:meta])*
        $kind:ident $id:ident $module:ident $plural:ident $(owner $owner:ident)? {
            $( $(#[$fmeta:meta])* $field:ident : $ty:ty, )*
        }
    )*) => {
        /// What an item is.
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "documented at each item's struct")]
        pub enum Kind { $($kind,)* }

        impl Kind {
            /// All kinds, in the order of files.
            pub const ALL: &'static [Self] = &[$(Self::$kind,)*];

            /// The name of the collection in files and in the saved plan.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$kind => stringify!($plural),)* }
            }

            /// The kind whose collection has this name.
            pub fn from_name(name: &str) -> Option<Self> {
                $(if name == stringify!($plural) { return Some(Self::$kind); })*
                None
            }

            /// The fields, in the order of forms and files.
            pub const fn fields(self) -> &'static [FieldInfo] {
                match self {
                    $(Self::$kind => const { &[
                        $(FieldInfo { name: stringify!($field), shape: <$ty as SlotValue>::SHAPE },)*
                        FieldInfo { name: "visible_to", shape: <BTreeSet<PartyId> as SlotValue>::SHAPE },
                    ] },)*
                }
            }
        }

        $(
            typed_id! {
                /// The id of one item of this kind.
                $id, $kind
            }

            $(#[$meta])*
            #[derive(Clone, Debug, PartialEq, Default)]
            #[allow(missing_docs, reason = "most fields say all in their name and type")]
            pub struct $kind {
                /// Its stable id.
                pub id: $id,
                /// Its place among its siblings, as a fractional index.
                pub order: String,
                /// Deleted by somebody, and recoverable.
                pub deleted: bool,
                $( $(#[$fmeta])* pub $field: $ty, )*
                /// The parties that may see it; empty: all of them.
                pub visible_to: BTreeSet<PartyId>,
            }

            impl Item for $kind {
                type Id = $id;
                fn empty(id: $id) -> Self { Self { id, ..Self::default() } }
                fn id(&self) -> $id { self.id }
            }

            impl Row for $kind {
                fn uid(&self) -> Uid { self.id.0 }
                fn order(&self) -> &str { &self.order }
                fn deleted(&self) -> bool { self.deleted }
                fn set_order(&mut self, order: &str) { order.clone_into(&mut self.order); }
                fn set_deleted(&mut self, deleted: bool) { self.deleted = deleted; }
                fn owner(&self) -> Option<Uid> {
                    #[allow(unused_mut, unused_assignments, reason = "kinds without an owner")]
                    let mut owner = None;
                    $( owner = self.$owner.map(|to| to.0.into()); )?
                    owner
                }
                fn slot(&self, index: usize) -> Option<&dyn Slot> {
                    let all: &[&dyn Slot] = &[$(&self.$field,)* &self.visible_to];
                    all.get(index).copied()
                }
                fn slot_mut(&mut self, index: usize) -> Option<&mut dyn Slot> {
                    let mut at = 0;
                    $(
                        if at == index { return Some(&mut self.$field); }
                        at += 1;
                    )*
                    (at == index).then_some(&mut self.visible_to as &mut dyn Slot)
                }
            }
        )*

        /// Whether a value fits a field, without writing it anywhere.
        pub(crate) fn try_value(key: &FieldKey, value: &Value) -> Result<(), BadValue> {
            match key.field.kind() {
                $(Kind::$kind => {
                    let mut item = $kind::default();
                    let slot = item.slot_mut(key.field.index()).ok_or(BadValue::WrongKey)?;
                    slot.put(&key.sub, Some(value))
                })*
            }
        }

        /// A table per kind of item.
        #[derive(Clone, Debug, Default, PartialEq)]
        #[allow(missing_docs, reason = "documented at each item's struct")]
        pub struct Tables { $(pub $plural: Table<$kind>,)* }

        impl Tables {
            /// The table of one kind.
            pub fn any(&self, kind: Kind) -> &dyn AnyTable {
                match kind { $(Kind::$kind => &self.$plural,)* }
            }
            /// The table of one kind, to be written.
            pub fn any_mut(&mut self, kind: Kind) -> &mut dyn AnyTable {
                match kind { $(Kind::$kind => &mut self.$plural,)* }
            }
        }

        /// One constant per field: `field::module::total_hours`.
        #[allow(non_upper_case_globals, missing_docs, reason = "a field reads as it is written in the struct")]
        pub mod field {
            $( pub mod $module {
                use super::super::{Field, Kind};
                #[allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "counts the fields")]
                enum At { $($field,)* visible_to }
                $( pub const $field: Field = Field::new(Kind::$kind, At::$field as u8); )*
                pub const visible_to: Field = Field::new(Kind::$kind, At::visible_to as u8);
            } )*
        }
    };
}

items! {
    /// What the plan says of itself. There is exactly one, with uid 0.
    About AboutId about about {
        title: Text, code: String, kind: Option<Of<PlanKind>>, level: Text,
        status: Option<Of<PlanStatus>>, intake_year: Option<CalendarYear>,
        languages: Langs,
        /// Minutes of a class hour: 45 in China and Germany, 60 in the UK.
        hour_minutes: Option<Whole<1, 120>>,
        hours_per_credit: Option<Hours>,
        length_normal: Option<Years>, length_max: Option<Years>,
        source: Text, source_uri: String, licence: String,
        /// The plan that this one was copied from: its uid, what it was called, which
        /// of its versions, the hash of what was copied, and the point of this plan's
        /// history at which it reads so.
        lineage: String, lineage_title: Text, lineage_version: String,
        lineage_digest: String, lineage_point: String,
        /// What others own is edited at once, without a proposal.
        edit_freely: Option<bool>,
    }
    /// A level of the scale that the plan chooses.
    ScaleLevel ScaleLevelId scale_level scale_levels {
        letter: String, name: Text, rank: Option<LevelRank>, shade: Option<Grade>,
    }
    /// One chapter of the printed plan.
    Section SectionId section sections { key: String, title: Text, body: Text, }
    /// A school, an enterprise or another body that takes part.
    Party PartyId party parties {
        code: String, name: Text, kind: Option<Of<PartyKind>>, registration_no: String,
        representative: Option<To<PersonId>>, staff_total: Option<Count>,
        staff_by_role: BTreeMap<JobItemId, Count>,
    }
    /// Where learning happens.
    Place PlaceId place places {
        name: Text, kind: Option<Of<PlaceKind>>, party: Option<To<PartyId>>,
    }
    /// Somebody who teaches, trains, advises or signs. Never a learner.
    Person PersonId person people {
        code: String, name: Text, party: Option<To<PartyId>>, role: Option<Of<PersonRole>>,
        title: Text, teaching_certificate: Option<bool>,
        enterprise_months: Option<Whole<0, 600>>, skill_level: Text,
        dual_qualified: Text, max_mentees: Option<Count>, note: Text,
    }
    /// A term with its budget of weeks; the kinds of weeks add up to `weeks`.
    Term TermId term terms {
        code: String, title: Text, year: Option<Whole<1, 10>>, start: Option<Day>,
        weeks: Option<Week>,
        teaching_weeks: Option<Count>, military_weeks: Option<Count>,
        whole_week_weeks: Option<Count>, enterprise_weeks: Option<Count>,
        exam_weeks: Option<Count>, flexible_weeks: Option<Count>,
        graduation_weeks: Option<Count>, holiday_weeks: Option<Count>,
        note: Text,
    }
    /// One line of the job outline: a role, a typical work task, a work
    /// content or a competency, as its tier says.
    JobItem JobItemId job_item job_items owner parent {
        tier: Option<Of<Tier>>, parent: Option<To<JobItemId>>, code: String, statement: Text,
        description: Text,
        /// Of a role: initial or for later.
        stage: Option<Of<RoleStage>>,
        kind: Option<Of<CompetencyKind>>, required_level: Option<LevelRank>,
        importance: Option<Grade>, frequency: Option<Grade>, difficulty: Option<Grade>,
        /// The party that may edit it; none: shared.
        owner: Option<To<PartyId>>,
        /// The person who may edit it, rather than the party.
        owner_person: Option<To<PersonId>>,
        /// Where it must be learned.
        learn_at: Option<Of<PlaceKind>>,
        equipment: Text, note: Text,
        /// The identifier at its source, kept verbatim.
        origin_uri: String, origin_source: String, origin_release: String,
        /// The published framework that it was taken from.
        framework: Option<To<FrameworkId>>,
        /// What its source says of it beside all this.
        kept: Verbatim,
    }
    /// A published framework that lines of the outline were taken from.
    Framework FrameworkId framework frameworks {
        title: Text, format: String,
        /// The identifier and the address at its source, kept verbatim.
        identifier: String, uri: String,
        publisher: String, release: String,
        /// When its source last changed it, as the source writes it.
        changed: String,
        licence: String,
        kept: Verbatim,
    }
    /// A piece of such a framework that the plan has no place for.
    FrameworkPart FrameworkPartId framework_part framework_parts owner framework {
        framework: Option<To<FrameworkId>>,
        /// Which part of the file it stood in.
        part: String,
        kept: Verbatim,
    }
    /// One requirement of the training specification.
    SpecificationItem SpecificationItemId specification_item specification {
        code: String, dimension: Option<Of<Dimension>>, statement: Text,
        supported_by: BTreeMap<ModuleId, Of<Support>>,
    }
    /// A course category, such as public basic courses.
    Category CategoryId category categories {
        code: String, title: Text, role: Option<Of<CategoryRole>>,
    }
    /// A course module.
    Module ModuleId module modules {
        code: String, title: Text, category: Option<To<CategoryId>>,
        nature: Option<Of<Nature>>, module_type: Option<Of<ModuleType>>,
        exam: Option<Of<ExamKind>>, delivery: Option<Of<Delivery>>,
        /// The total; `theory_hours` and `practice_hours` are an optional split.
        total_hours: Option<Hours>, theory_hours: Option<Hours>, practice_hours: Option<Hours>,
        hours_by_place: BTreeMap<PlaceId, Hours>,
        /// False for bracketed hours; not said counts.
        counted: Option<bool>,
        credits: Option<Credits>, credit_basis: Option<Of<CreditBasis>>,
        /// The party that may edit it; none: shared.
        owner: Option<To<PartyId>>,
        /// The person who may edit it, rather than the party.
        owner_person: Option<To<PersonId>>,
        /// Who teaches it, apart from who owns it.
        delivered_by: BTreeSet<PartyId>,
        teachers: BTreeSet<PersonId>, mentors: BTreeSet<PersonId>, venues: BTreeSet<VenueId>,
        description: Text, objectives: Text,
        prerequisites: BTreeSet<ModuleId>, parallels: BTreeSet<ModuleId>,
        tracks: BTreeSet<TrackId>,
        /// The part of the assessment that the enterprise gives.
        enterprise_percent: Option<Percent>,
        /// School year or period as the source writes it; tells equal codes apart.
        period: String, focus: String,
        note: Text, origin_uri: String, origin_source: String, origin_release: String,
    }
    /// A stretch of a module in one term.
    Offering OfferingId offering offerings owner module {
        module: Option<To<ModuleId>>, term: Option<To<TermId>>, pattern: Option<Of<Pattern>>,
        /// Class hours a week; of a whole week, the hours that it counts.
        hours_per_week: Option<Hours>, weeks: Option<Week>, start_week: Option<Week>,
        /// Of lectures: hours in the term.
        hours: Option<Hours>,
    }
    /// A learning project within a module.
    Unit UnitId unit units owner module {
        module: Option<To<ModuleId>>, code: String, title: Text, hours: Option<Hours>,
        place: Option<To<PlaceId>>, description: Text,
    }
    /// How a module is assessed, and which competencies it assesses.
    Assessment AssessmentId assessment assessments owner module {
        module: Option<To<ModuleId>>, title: Text, kind: Option<Of<AssessmentKind>>,
        weight: Option<Percent>, by: Option<Of<AssessedBy>>, enterprise_percent: Option<Percent>,
        competencies: BTreeSet<JobItemId>, note: Text,
    }
    /// Modules of which learners take some.
    ElectivePool ElectivePoolId elective_pool elective_pools {
        title: Text, members: BTreeSet<ModuleId>,
        /// How many modules, or else how many credits, must be taken.
        take_modules: Option<Count>, take_credits: Option<Credits>,
    }
    /// A direction or class that has modules of its own.
    Track TrackId track tracks {
        title: Text, kind: Option<Of<TrackKind>>, order_of: Option<To<OrderId>>,
    }
    /// The learners of one year, as numbers only.
    Cohort CohortId cohort cohorts {
        title: Text, intake_year: Option<CalendarYear>, size_planned: Option<Count>,
        size_actual: Option<Count>,
    }
    /// A part of a cohort by the way it was recruited.
    Intake IntakeId intake intakes owner cohort {
        cohort: Option<To<CohortId>>, source: Option<Of<IntakeSource>>, size: Option<Count>,
        recognised: BTreeSet<ModuleId>,
    }
    /// A teaching group of a track, as a number of seats.
    Group GroupId group groups owner track {
        track: Option<To<TrackId>>, title: Text, size: Option<Count>, term: Option<To<TermId>>,
    }
    /// A certificate that learners can take.
    Certificate CertificateId certificate certificates {
        code: String, title: Text, kind: Option<Of<CertificateKind>>, level: Text,
        authority: Text, status: Option<Of<CertificateStatus>>, valid_from: Option<Day>,
        valid_to: Option<Day>, required: Text, note: Text,
    }
    /// The modules that a certificate replaces: whole ones, each at most once.
    Conversion ConversionId conversion conversions owner certificate {
        certificate: Option<To<CertificateId>>, modules: BTreeSet<ModuleId>,
        credit_cap: Option<Credits>, whole_modules_only: Option<bool>, note: Text,
    }
    /// A room, a workshop, a line.
    Venue VenueId venue venues {
        code: String, title: Text, kind: Option<Of<VenueKind>>, place: Option<To<PlaceId>>,
        provider: Option<To<PartyId>>, owner: Option<To<PartyId>>,
        owner_person: Option<To<PersonId>>,
        workstations: Option<Count>, learners_per_station: Option<Count>,
        capacity: Option<Count>, hours_per_week: Option<Hours>, equipment: Text,
        internship_unit: Option<bool>, safety_induction: Option<bool>,
    }
    /// Seats that an enterprise orders for job roles.
    Order OrderId order orders {
        code: String, enterprise: Option<To<PartyId>>, intake_year: Option<CalendarYear>,
        seats: BTreeMap<JobItemId, Count>, enterprise_recruits: BTreeMap<JobItemId, Count>,
        retention_percent: Option<Percent>, note: Text,
    }
    /// A way in which the parties work together.
    Mode ModeId mode modes {
        title: Text, kind: Option<Of<ModeKind>>, parties: BTreeSet<PartyId>,
        venues: BTreeSet<VenueId>, modules: BTreeSet<ModuleId>, orders: BTreeSet<OrderId>,
        note: Text,
    }
    /// One group at one place for some weeks.
    RotationBlock RotationBlockId rotation_block rotation_blocks owner mode {
        mode: Option<To<ModeId>>, term: Option<To<TermId>>, first_week: Option<Week>,
        last_week: Option<Week>, group: String, size: Option<Count>,
        place: Option<To<PlaceId>>, modules: BTreeSet<ModuleId>, venues: BTreeSet<VenueId>,
    }
    /// A rule that the plan is held to, as data that a person can edit.
    Rule RuleId rule rules {
        code: String, on: Option<bool>, severity: Option<Of<Severity>>, params: String,
        valid_from: Option<Day>, valid_to: Option<Day>, level: String, why: Text, source: String,
    }
    /// A finding that somebody accepts, with the reason.
    Waiver WaiverId waiver waivers {
        /// The id of the rule and the subject, as the finding writes them.
        rule: String, subject: String,
        /// The finding's figures when it was waived; others end the waiver.
        figures: String,
        reason: Text, by: String, by_person: Option<To<PersonId>>, on: Option<Day>,
        until: Option<Day>,
    }
    /// A stage of the signing policy.
    SignerStage SignerStageId signer_stage signer_stages {
        title: Text, schools: Option<Count>, enterprises: Option<Count>, others: Option<Count>,
        scope: Option<Of<SigningScope>>, modules: BTreeSet<ModuleId>, order_of: Option<To<OrderId>>,
    }
    /// A remark on an item or a cell.
    Comment CommentId comment comments {
        anchor: String, body: Text, author: String, at: Option<Moment>,
        reply_to: Option<To<CommentId>>, resolved: Option<bool>,
        /// Whose words they are, where the author typed them for somebody.
        expert: Option<To<ExpertId>>,
    }
    /// Somebody who judges the tasks: alone, or at a workshop where another types.
    Expert ExpertId expert experts {
        name: Text, role: String, party: Option<To<PartyId>>,
        /// Who it is among the people of the plan.
        person: Option<To<PersonId>>,
        /// Of one who judges alone: the author that they are.
        author: String,
    }
    /// What one expert says of one task; its uid follows from the two.
    Verdict VerdictId verdict verdicts owner task {
        task: Option<To<JobItemId>>, expert: Option<To<ExpertId>>,
        judgement: Option<Of<Judgement>>,
        importance: Option<Grade>, frequency: Option<Grade>, difficulty: Option<Grade>,
        /// Who typed it last.
        author: String, at: Option<Moment>,
        /// What it said when the expert confirmed it; anything else ends that.
        confirmed: String, confirmed_at: Option<Moment>,
    }
    /// A change that somebody proposes to what another party owns.
    Proposal ProposalId proposal proposals {
        /// What would change, as an aspect writes itself.
        target: String,
        /// The value that the proposer saw, and the one that is proposed; see
        /// [`Value::written`].
        base: String, proposed: String,
        /// The same of a text, in its language.
        base_words: Text, words: Text,
        reason: Text, author: String, at: Option<Moment>,
        status: Option<Of<ProposalStatus>>, answer: Text, answered_by: String,
        answered_at: Option<Moment>,
        /// Of a counter-proposal: the one that it answers.
        counters: Option<To<ProposalId>>,
        /// Who proposes it, where the author typed it for somebody.
        expert: Option<To<ExpertId>>,
    }
    /// A state of the plan with a name, and the hash under which it is signed.
    NamedVersion VersionId version versions {
        title: Text, digest: String,
        /// The point of the history at which the plan reads so.
        point: String, at: Option<Moment>, author: String, note: Text,
    }
    /// A signature under a version: made with a key, or on paper.
    Signature SignatureId signature signatures owner version {
        version: Option<To<VersionId>>,
        /// The hash that was signed: the version's, or that of the stage's part.
        digest: String, stage: Option<To<SignerStageId>>,
        name: String, role: String, party: Option<To<PartyId>>, party_name: String,
        party_kind: Option<Of<PartyKind>>, at: Option<Moment>,
        key: String, proof: String,
        /// Of one on paper: the day, and the hash of the scan.
        on_paper: Option<Day>, scan_digest: String,
    }
    /// Why a frozen plan was changed all the same, and by whom.
    Amendment AmendmentId amendment amendments {
        reason: Text, author: String, at: Option<Moment>,
        /// Whose changes it let in, where they came with a file or a link: the uids of
        /// their authors, with spaces between them.
        taken_from: String,
    }
    /// Why something reads otherwise than in an earlier state; its uid follows from
    /// the two.
    RevisionReason RevisionReasonId revision_reason revision_reasons {
        /// The hash of that state, and what differs, as an aspect writes itself.
        since: String, target: String,
        reason: Text, author: String, at: Option<Moment>,
    }
}
