//! Closed lists that a field chooses from. Each choice is stored by its id,
//! never by its place in the list; how it reads is the screen's concern.

/// A field that holds one of a closed list.
pub trait Choice: Copy + Ord + 'static {
    /// All choices, in the order in which a list shows them.
    const ALL: &'static [Self];
    /// The ids of all choices, in the same order.
    const IDS: &'static [&'static str];
    /// The id that is stored.
    fn id(self) -> &'static str;
    /// The choice with this id.
    fn from_id(id: &str) -> Option<Self>;
}

macro_rules! choices {
    ($($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $id:literal,)* })*) => {$(
        $(#[$meta])*
        #[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "the ids say what each choice is")]
        pub enum $name { $($(#[$vmeta])* $variant,)* }

        impl Choice for $name {
            const ALL: &'static [Self] = &[$(Self::$variant,)*];
            const IDS: &'static [&'static str] = &[$($id,)*];
            fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }
            fn from_id(id: &str) -> Option<Self> {
                match id { $($id => Some(Self::$variant),)* _ => None }
            }
        }
    )*};
}

choices! {
    /// What a plan is a plan of.
    PlanKind {
        HigherVocational = "higher_vocational",
        SecondaryVocational = "secondary_vocational",
        DualSystem = "dual_system",
        Apprenticeship = "apprenticeship",
        Other = "other",
    }
    /// How far a plan has come.
    PlanStatus {
        Draft = "draft", Review = "review", Agreed = "agreed", Frozen = "frozen",
    }
    /// What kind of organisation a party is.
    PartyKind {
        School = "school", Enterprise = "enterprise", TrainingCentre = "training_centre",
        IndustryBody = "industry_body", AssessmentBody = "assessment_body",
        Research = "research", Authority = "authority", Other = "other",
    }
    /// Where learning happens.
    PlaceKind {
        School = "school", Enterprise = "enterprise", Third = "third", Online = "online",
        Other = "other",
    }
    /// What a person does for the plan.
    PersonRole {
        Lead = "lead", Teacher = "teacher", Mentor = "mentor", Expert = "expert",
        Officer = "officer", Committee = "committee", Other = "other",
    }
    /// The four levels of the job outline, from the top down.
    Tier {
        Role = "role", Task = "task", Content = "content", Competency = "competency",
    }
    /// What kind of competency it is. P, G, S and D are those of the Chinese
    /// competency analysis table; knowledge, skill and behaviour those of UK
    /// standards.
    CompetencyKind {
        Professional = "professional", General = "general", Social = "social",
        Development = "development", Knowledge = "knowledge", Skill = "skill",
        Behaviour = "behaviour", Other = "other",
    }
    /// A job role for the first years of work or for later.
    RoleStage { Initial = "initial", Development = "development", }
    /// The three parts of a training specification.
    Dimension { Quality = "quality", Knowledge = "knowledge", Ability = "ability", }
    /// How strongly a module supports a requirement.
    Support { High = "high", Medium = "medium", Low = "low", }
    /// What a course category stands for in shares and rules.
    CategoryRole {
        PublicBasic = "public_basic", ProfessionalBasic = "professional_basic",
        ProfessionalCore = "professional_core", ProfessionalExtension = "professional_extension",
        Practice = "practice", LearningField = "learning_field", OnTheJob = "on_the_job",
        OffTheJob = "off_the_job", Other = "other",
    }
    /// Whether learners must take a module.
    Nature { Required = "required", Restricted = "restricted", Free = "free", }
    /// Theory only (A), theory and practice (B), practice only (C).
    ModuleType { A = "a", B = "b", C = "c", }
    /// Examination course or check course.
    ExamKind { Exam = "exam", Check = "check", }
    /// Face to face, online or both.
    Delivery { Face = "face", Online = "online", Blended = "blended", }
    /// What the credits of a module follow from. Only credits by hours take
    /// part in the check of hours against credits.
    CreditBasis { Hours = "hours", Weeks = "weeks", Fixed = "fixed", }
    /// How a module lies in a term.
    Pattern { Weekly = "weekly", WholeWeeks = "whole_weeks", Lectures = "lectures", }
    /// How learning is assessed.
    AssessmentKind {
        Formative = "formative", Summative = "summative", Exam = "exam",
        Practical = "practical", Project = "project", Portfolio = "portfolio",
        Oral = "oral", Check = "check", Other = "other",
    }
    /// Which side assesses.
    AssessedBy { School = "school", Enterprise = "enterprise", Both = "both", }
    /// What a track is.
    TrackKind {
        Ordinary = "ordinary", OrderClass = "order_class", Apprenticeship = "apprenticeship",
        Direction = "direction",
    }
    /// How learners of an intake were recruited.
    IntakeSource {
        SchoolSelected = "school_selected", EnterpriseRecruited = "enterprise_recruited",
        Other = "other",
    }
    /// What a certificate is.
    CertificateKind {
        VocationalSkillLevel = "vocational_skill_level", OnePlusX = "one_plus_x",
        Enterprise = "enterprise", General = "general", Qualification = "qualification",
        Other = "other",
    }
    /// Whether a certificate can still be taken.
    CertificateStatus { Open = "open", Closed = "closed", }
    /// What a venue is.
    VenueKind {
        Classroom = "classroom", Laboratory = "laboratory", Workshop = "workshop",
        ProductionLine = "production_line", Sports = "sports", Workplace = "workplace",
        Online = "online", Other = "other",
    }
    /// The modes of cooperation. The list is open: other modes stand as text.
    ModeKind {
        Line = "line", Rotation = "rotation", WorkAndClass = "work_and_class",
        Interaction = "interaction", Order = "order", Apprenticeship = "apprenticeship",
        Other = "other",
    }
    /// How much a broken rule weighs.
    Severity { Hard = "hard", Soft = "soft", Info = "info", }
    /// How far a proposal has come.
    ProposalStatus {
        Open = "open", Accepted = "accepted", Rejected = "rejected", Countered = "countered",
        Withdrawn = "withdrawn",
    }
    /// What an expert says of a task as it is taught.
    Judgement { Right = "right", Outdated = "outdated", Missing = "missing", }
    /// What a signature covers.
    SigningScope { Whole = "whole", Order = "order", Modules = "modules", }
}
