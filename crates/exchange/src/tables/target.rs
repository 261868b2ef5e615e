//! What a column is for, and what table a sheet is.

use serde::{Deserialize, Serialize};
use weft_model::{CompetencyKind, Field, Kind, Lang, PlaceKind, Tier};

/// What table a sheet is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum TableKind {
    /// One value per row: what no other table has a column for.
    Further,
    /// Schools, enterprises and others.
    Parties,
    /// Terms with their weeks.
    Terms,
    /// Rooms and workshops.
    Venues,
    /// Teachers and mentors.
    People,
    /// The job outline: roles, tasks, contents, competencies.
    Competencies,
    /// Modules, one per row.
    Modules,
    /// A teaching-progress table: modules with a column per term.
    Progress,
    /// Units of modules.
    Units,
    /// Statements of the training specification.
    Specification,
    /// Certificates and the modules that they replace.
    Certificates,
    /// Seats that an enterprise orders.
    Orders,
    /// Blocks of a rotation.
    Rotation,
    /// Which module (or unit) teaches which competency.
    Mapping,
}

impl TableKind {
    /// All tables, in the order in which they are applied: what others refer
    /// to comes first.
    pub const ALL: &'static [Self] = &[
        Self::Further,
        Self::Parties,
        Self::Terms,
        Self::Venues,
        Self::People,
        Self::Competencies,
        Self::Modules,
        Self::Progress,
        Self::Units,
        Self::Specification,
        Self::Certificates,
        Self::Orders,
        Self::Rotation,
        Self::Mapping,
    ];

    /// A stable name, for locale keys and file names.
    pub const fn id(self) -> &'static str {
        match self {
            Self::Further => "further",
            Self::Parties => "parties",
            Self::Terms => "terms",
            Self::Venues => "venues",
            Self::People => "people",
            Self::Competencies => "competencies",
            Self::Modules => "modules",
            Self::Progress => "progress",
            Self::Units => "units",
            Self::Specification => "specification",
            Self::Certificates => "certificates",
            Self::Orders => "orders",
            Self::Rotation => "rotation",
            Self::Mapping => "mapping",
        }
    }

    /// The kind of item that a row stands for. A row of a mapping is a link;
    /// here stands the module. Rows of [`Self::Further`] say their kind
    /// themselves.
    pub const fn item(self) -> Kind {
        match self {
            Self::Further => Kind::About,
            Self::Parties => Kind::Party,
            Self::Terms => Kind::Term,
            Self::Venues => Kind::Venue,
            Self::People => Kind::Person,
            Self::Competencies => Kind::JobItem,
            Self::Modules | Self::Progress | Self::Mapping => Kind::Module,
            Self::Units => Kind::Unit,
            Self::Specification => Kind::SpecificationItem,
            Self::Certificates => Kind::Certificate,
            Self::Orders => Kind::Order,
            Self::Rotation => Kind::RotationBlock,
        }
    }
}

/// What a column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Target {
    /// Nothing: the column stays out.
    Skip,
    /// The stable id of the row's item, as Weft writes it.
    Uid,
    /// The stable id of what the row's item belongs to.
    OwnerUid,
    /// Of a line of the outline: role, task, content or competency.
    LineTier,
    /// The kind of a further value's item, by its name in files.
    ValueKind,
    /// The field of a further value, by its name in files.
    ValueField,
    /// The language of a further value, or the stable id of whom it is about.
    ValueFor,
    /// A further value.
    FurtherValue,
    /// What a further value is about, in words: for people alone.
    ValueAbout,
    /// A field of the row's item.
    Field(Field),
    /// The code of the role, task or content above a competency.
    LineCode(Tier),
    /// The words of the role, task or content above a competency.
    LineTitle(Tier),
    /// Competencies of this kind beside the row's own, one to a line of the cell or up
    /// to a semicolon.
    Beside(CompetencyKind),
    /// The stable id of the module.
    ModuleUid,
    /// The code of the module.
    ModuleCode,
    /// The title of the module.
    ModuleTitle,
    /// The period of the module: tells equal codes apart.
    ModulePeriod,
    /// The stable id of the unit.
    UnitUid,
    /// The code or number of the unit.
    UnitCode,
    /// The title of the unit.
    UnitTitle,
    /// The stable id of the competency.
    CompetencyUid,
    /// The address of the competency at its source.
    CompetencyUri,
    /// The code of the competency.
    CompetencyCode,
    /// The words of the competency.
    CompetencyTitle,
    /// The level that a link reaches, as a letter of the scale.
    Level,
    /// How strongly a link holds: 1 to 5. Never a level.
    Strength,
    /// Whether the module assesses the competency.
    Assessed,
    /// A remark on the link.
    LinkNote,
    /// The category of a module, by its title.
    Category,
    /// The hours of one term: `4/16W`, `2W`, `☆`. Terms count from 1.
    TermCell(u8),
    /// The hours of all terms in one cell: `T1:4/16W;T2:2W@24`.
    Progress,
    /// Hours at places of a kind.
    HoursAt(PlaceKind),
    /// School, enterprise, shared, or the code of a party.
    OwnerSide,
    /// School, enterprise or both: where the hours lie when no column says
    /// how many.
    PlaceSide,
    /// The unit in which hours are given.
    HoursUnit,
    /// The name of the elective pool.
    Pool,
    /// How many modules of the pool must be taken.
    PoolTake,
    /// Staff for a job role; the role's code is the column's `key`.
    StaffOf,
    /// Modules that support a statement of the specification.
    Supports,
    /// Modules that a certificate replaces.
    Converts,
    /// The most credits that a certificate replaces.
    CreditCap,
    /// Whether only whole modules are replaced.
    WholeOnly,
    /// The job role of an order, by code.
    OrderRole,
    /// Seats for the role.
    OrderSeats,
    /// Seats for people whom the enterprise recruits.
    OrderRecruits,
    /// The rotation that a block belongs to.
    BlockMode,
    /// The weeks of a block: `3-10`.
    BlockWeeks,
}

/// A column and what it is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What it is for.
    pub target: Target,
    /// The language of its texts; none: each cell's own letters tell.
    pub lang: Option<Lang>,
    /// Of [`Target::StaffOf`] the code of the role, of [`Target::TermCell`] the weeks
    /// that its head names; of a field that is one of several what a tick means.
    pub key: String,
}

impl Column {
    /// A column for something.
    pub const fn new(target: Target) -> Self {
        Self {
            target,
            lang: None,
            key: String::new(),
        }
    }
}

/// What a sheet is and what its columns are for. A guess that a person may
/// change before it is applied.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matching {
    /// What table it is; none: nothing fits.
    pub table: Option<TableKind>,
    /// The first and last row of the header; none: there is no header.
    pub header: Option<(usize, usize)>,
    /// One per column of the sheet.
    pub columns: Vec<Column>,
    /// The language of texts whose column and letters do not tell.
    pub lang: Lang,
}

impl Matching {
    /// The first column for a target.
    pub fn column(&self, target: Target) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.target == target)
    }

    /// All columns for a target.
    pub fn all(&self, target: Target) -> impl Iterator<Item = (usize, &Column)> {
        self.columns
            .iter()
            .enumerate()
            .filter(move |(_, column)| column.target == target)
    }

    /// Whether a target has a column.
    pub fn has(&self, target: Target) -> bool {
        self.column(target).is_some()
    }

    /// The first row below the header.
    pub fn first_row(&self) -> usize {
        self.header.map_or(0, |(_, last)| last + 1)
    }
}
