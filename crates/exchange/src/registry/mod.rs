//! The formats that Weft reads and writes, as one list that the screens and
//! the tests walk.

mod list;

pub use list::formats;

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatInfo {
    /// Its stable id.
    pub id: &'static str,
    /// The locale key of its name.
    pub name_key: &'static str,
    /// The usual extension of its files, without the dot.
    pub extension: &'static str,
    /// Other extensions by which files of it come.
    pub also: &'static [&'static str],
    /// Its media type.
    pub media_type: &'static str,
    /// Whether it can be read.
    pub imports: bool,
    /// Whether it can be written.
    pub exports: bool,
    /// What people take it for.
    pub purpose: Purpose,
    /// What of a plan it holds.
    pub carries: &'static [Content],
    /// What a plan loses on the way out and back.
    pub loses: &'static [Loss],
}

impl FormatInfo {
    /// What tells a file of this format from a plan's other files: what it is within
    /// the format, and of those for other systems, which often end alike, the format.
    pub fn part_of_name(&self, part: &str) -> String {
        if part.is_empty() && self.purpose == Purpose::Systems {
            self.id.replace('_', "-")
        } else {
            part.to_owned()
        }
    }
}

/// What people give a plan out for: the groups of the export screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// To work on together, or to keep.
    Together,
    /// For offices: tables and papers.
    Office,
    /// For other systems.
    Systems,
    /// To read.
    Reading,
}

impl Purpose {
    /// All, in the order of the screen.
    pub const ALL: [Self; 4] = [Self::Together, Self::Office, Self::Systems, Self::Reading];

    /// The locale key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Together => "export.purpose.together",
            Self::Office => "export.purpose.office",
            Self::Systems => "export.purpose.systems",
            Self::Reading => "export.purpose.reading",
        }
    }
}

/// What a format holds of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Content {
    /// The plan as it reads now.
    Whole,
    /// Job roles, tasks, contents and competencies.
    Outline,
    /// Competencies alone.
    Competencies,
    /// Modules.
    Modules,
    /// Which modules teach what, and at which level.
    Weave,
    /// Terms and weeks, and what is offered when.
    Calendar,
    /// Partners, people, venues and certificates.
    Surroundings,
    /// Certificates.
    Certificates,
    /// The training specification.
    Specification,
    /// Chapters of the printed plan.
    Sections,
    /// Sums, coverage and findings.
    Findings,
    /// Identifiers and addresses at the source.
    Sources,
    /// Texts in all languages.
    Languages,
    /// What was revised since a state with a name, and why.
    Changes,
}

impl Content {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Whole,
        Self::Outline,
        Self::Competencies,
        Self::Modules,
        Self::Weave,
        Self::Calendar,
        Self::Surroundings,
        Self::Certificates,
        Self::Specification,
        Self::Sections,
        Self::Findings,
        Self::Sources,
        Self::Languages,
        Self::Changes,
    ];

    /// The locale key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Whole => "export.carries.whole",
            Self::Outline => "export.carries.outline",
            Self::Competencies => "export.carries.competencies",
            Self::Modules => "export.carries.modules",
            Self::Weave => "export.carries.weave",
            Self::Calendar => "export.carries.calendar",
            Self::Surroundings => "export.carries.surroundings",
            Self::Certificates => "export.carries.certificates",
            Self::Specification => "export.carries.specification",
            Self::Sections => "export.carries.sections",
            Self::Findings => "export.carries.findings",
            Self::Sources => "export.carries.sources",
            Self::Languages => "export.carries.languages",
            Self::Changes => "export.carries.changes",
        }
    }
}

/// What a format cannot carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Loss {
    /// Who changed what, and when.
    History,
    /// What was deleted and could have been brought back.
    Deleted,
    /// Who may see what.
    Visibility,
    /// Remarks, verdicts of experts, proposals, versions and signatures.
    Comments,
    /// What a framework holds beside its lines, kept for its way back.
    Kept,
    /// Which of several frameworks a line is from, with their licences and releases.
    Frameworks,
    /// Several places of one kind, and weeks at which an offering starts.
    Places,
    /// How learning is assessed, beyond which competencies are.
    Assessments,
    /// Languages other than those chosen.
    OtherLanguages,
    /// All languages but one.
    AllButOneLanguage,
    /// Units of modules, and what they teach by themselves.
    Units,
    /// Terms, people, venues, certificates and all else beside modules and the
    /// job outline.
    Surroundings,
    /// Modules, and what they teach.
    Modules,
    /// Tiers, kinds, levels and grades of lines, their notes and where they
    /// came from.
    Grades,
    /// Texts longer than a cell can be.
    LongTexts,
    /// It is for people: nothing of it is read back.
    WayBack,
    /// Terms without a first day.
    Undated,
    /// Roles, tasks and contents, and what hangs on them.
    Hierarchy,
    /// The levels that modules reach.
    Levels,
    /// When modules are taught, and where.
    Offerings,
    /// All but the tasks and competencies with the courses that teach them.
    AllButTasks,
    /// It goes to other systems alone: nothing of it is read back.
    OneWay,
    /// Codes of competencies.
    Codes,
    /// What links modules to each other, and whose and of which category they are.
    BetweenModules,
    /// Line breaks within texts, and codes that several lines have.
    LineBreaks,
    /// Terms, people, venues, the training specification and the programme's texts.
    Setting,
}

impl Loss {
    /// The locale key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::History => "export.loss.history",
            Self::Deleted => "export.loss.deleted",
            Self::Visibility => "export.loss.visibility",
            Self::Comments => "export.loss.comments",
            Self::Kept => "export.loss.kept",
            Self::Frameworks => "export.loss.frameworks",
            Self::Places => "export.loss.places",
            Self::Assessments => "export.loss.assessments",
            Self::OtherLanguages => "export.loss.other_languages",
            Self::AllButOneLanguage => "export.loss.all_but_one_language",
            Self::Units => "export.loss.units",
            Self::Surroundings => "export.loss.surroundings",
            Self::Modules => "export.loss.modules",
            Self::Grades => "export.loss.grades",
            Self::LongTexts => "export.loss.long_texts",
            Self::WayBack => "export.loss.way_back",
            Self::Undated => "export.loss.undated",
            Self::Hierarchy => "export.loss.hierarchy",
            Self::Levels => "export.loss.levels",
            Self::Offerings => "export.loss.offerings",
            Self::AllButTasks => "export.loss.all_but_tasks",
            Self::OneWay => "export.loss.one_way",
            Self::Codes => "export.loss.codes",
            Self::BetweenModules => "export.loss.between_modules",
            Self::LineBreaks => "export.loss.line_breaks",
            Self::Setting => "export.loss.setting",
        }
    }
}

/// The format of this id.
pub fn format(id: &str) -> Option<&'static FormatInfo> {
    formats().iter().find(|format| format.id == id)
}
