//! The formats that Weft reads and writes, as one list that the screens and
//! the tests walk.

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
    /// What a plan loses on the way out and back.
    pub loses: &'static [Loss],
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
    /// Chapters of the printed plan.
    Sections,
    /// Remarks.
    Comments,
    /// Rules, waivers and the signing policy.
    Rules,
    /// Modes of cooperation beyond rotation, cohorts and tracks.
    Cooperation,
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
}

const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const WORD: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// All formats, in the order of lists.
pub fn formats() -> &'static [FormatInfo] {
    const FORMATS: &[FormatInfo] = &[
        FormatInfo {
            id: "weft_json",
            name_key: "format.weft_json",
            extension: "json",
            also: &["weft.json"],
            media_type: "application/json",
            imports: true,
            exports: true,
            loses: &[Loss::History, Loss::Deleted],
        },
        FormatInfo {
            id: "tables",
            name_key: "format.tables",
            extension: "csv",
            also: &["tsv", "txt"],
            media_type: "text/csv",
            imports: true,
            exports: true,
            loses: &[
                Loss::History,
                Loss::Deleted,
                Loss::Visibility,
                Loss::Sections,
                Loss::Comments,
                Loss::Rules,
                Loss::Cooperation,
                Loss::Places,
                Loss::Assessments,
                Loss::OtherLanguages,
            ],
        },
        FormatInfo {
            id: "case",
            name_key: "format.case",
            extension: "json",
            also: &[],
            media_type: "application/json",
            imports: true,
            exports: true,
            loses: &[
                Loss::History,
                Loss::Deleted,
                Loss::Visibility,
                Loss::Units,
                Loss::Surroundings,
            ],
        },
        FormatInfo {
            id: "moodle",
            name_key: "format.moodle",
            extension: "csv",
            also: &[],
            media_type: "text/csv",
            imports: true,
            exports: true,
            loses: &[
                Loss::History,
                Loss::Deleted,
                Loss::Visibility,
                Loss::Modules,
                Loss::Grades,
                Loss::Surroundings,
                Loss::AllButOneLanguage,
            ],
        },
        FormatInfo {
            id: "opensalt",
            name_key: "format.opensalt",
            extension: "csv",
            also: &[],
            media_type: "text/csv",
            imports: true,
            exports: false,
            loses: &[],
        },
        FormatInfo {
            id: "esco",
            name_key: "format.esco",
            extension: "csv",
            also: &[],
            media_type: "text/csv",
            imports: true,
            exports: false,
            loses: &[],
        },
        FormatInfo {
            id: "onet",
            name_key: "format.onet",
            extension: "txt",
            also: &["tsv"],
            media_type: "text/tab-separated-values",
            imports: true,
            exports: false,
            loses: &[],
        },
        FormatInfo {
            id: "rsd",
            name_key: "format.rsd",
            extension: "json",
            also: &["csv"],
            media_type: "application/json",
            imports: true,
            exports: false,
            loses: &[],
        },
        FormatInfo {
            id: "xlsx",
            name_key: "format.xlsx",
            extension: "xlsx",
            also: &[],
            media_type: WORKBOOK,
            imports: true,
            exports: true,
            loses: &[
                Loss::History,
                Loss::Deleted,
                Loss::Visibility,
                Loss::Sections,
                Loss::Comments,
                Loss::Rules,
                Loss::Cooperation,
                Loss::Places,
                Loss::Assessments,
                Loss::OtherLanguages,
                Loss::LongTexts,
            ],
        },
        FormatInfo {
            id: "xlsx_progress",
            name_key: "format.xlsx_progress",
            extension: "xlsx",
            also: &[],
            media_type: WORKBOOK,
            // As a workbook like any other.
            imports: false,
            exports: true,
            loses: &[Loss::WayBack],
        },
        FormatInfo {
            id: "docx_programme",
            name_key: "format.docx_programme",
            extension: "docx",
            also: &[],
            media_type: WORD,
            imports: false,
            exports: true,
            loses: &[Loss::WayBack],
        },
        FormatInfo {
            id: "docx_correspondence",
            name_key: "format.docx_correspondence",
            extension: "docx",
            also: &[],
            media_type: WORD,
            imports: false,
            exports: true,
            loses: &[Loss::WayBack],
        },
    ];
    FORMATS
}
