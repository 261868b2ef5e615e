//! Arranges the rows and columns of the Weave: modules by term, competencies
//! by role and task, requirements by part, each as far as the filters leave it.

use std::collections::HashMap;

use weft_analysis::Board;
use weft_model::{
    CategoryRole, Choice, Day, Dimension, JobItemId, Lang, ModuleId, PartyId, PlaceKind, Plan,
    Rank, Support, TermId, Text, Tier, Uid, field,
};

use super::sheet::{At, Filters, Group, Level, Line, Sheet, Stand, Warp, stand, support_rank};
use crate::ui::fuzzy::half_width;
use crate::ui::sentences;
use crate::ui::text::say;

fn fold(text: &str) -> String {
    text.chars()
        .map(half_width)
        .flat_map(char::to_lowercase)
        .collect()
}

/// The lines of a plan under the filters of the moment.
pub(super) struct Lines<'a> {
    plan: &'a Plan,
    board: &'a Board,
    filters: &'a Filters,
    lang: &'a Lang,
    words: Vec<String>,
    today: Option<Day>,
}

impl<'a> Lines<'a> {
    /// Gets ready to look.
    pub fn new(
        plan: &'a Plan,
        board: &'a Board,
        filters: &'a Filters,
        lang: &'a Lang,
        today: Option<Day>,
    ) -> Self {
        let words = fold(&filters.text);
        Self {
            plan,
            board,
            filters,
            lang,
            words: words.split_whitespace().map(str::to_owned).collect(),
            today,
        }
    }

    /// The lines in their groups.
    pub fn arrange(&self) -> Sheet {
        match self.filters.warp {
            Warp::Competencies => self.competencies(),
            Warp::Specification => self.specification(),
        }
    }

    fn show(&self, text: &Text) -> String {
        text.show(self.lang).to_owned()
    }

    /// Whether a line has all words of the text that is looked for.
    fn fits(&self, line: &Line) -> bool {
        let text = fold(&format!("{} {}", line.code, line.title));
        self.words.iter().all(|word| text.contains(word))
    }

    /// Narrows lines by text. A text that no line of one side has narrows the
    /// other side alone; one that no line at all has leaves nothing.
    fn narrow(&self, rows: &mut Vec<Line>, cols: &mut Vec<Line>) {
        if self.words.is_empty() {
            return;
        }
        let some_row = rows.iter().any(|line| self.fits(line));
        let some_col = cols.iter().any(|line| self.fits(line));
        if some_row || !some_col {
            rows.retain(|line| self.fits(line));
        }
        if some_col || !some_row {
            cols.retain(|line| self.fits(line));
        }
    }

    /// All modules that the filters leave, by term.
    fn modules(&self) -> Vec<(Option<TermId>, Line)> {
        let mut lines = Vec::new();
        for group in self.board.module_order() {
            for id in &group.modules {
                if let Some(line) = self.module(*id, group.term) {
                    lines.push((group.term, line));
                }
            }
        }
        lines
    }

    fn module(&self, id: ModuleId, first: Option<TermId>) -> Option<Line> {
        let module = self.plan.modules.get(id)?;
        let figures = self.board.module(id)?;
        let filters = self.filters;
        if filters.without_basic && figures.role == Some(CategoryRole::PublicBasic) {
            return None;
        }
        if let Some(party) = filters.partner.map(PartyId) {
            let owns = module.owner.is_some_and(|owner| owner.0 == party);
            if !owns && !module.delivered_by.contains(&party) {
                return None;
            }
        }
        if let Some(term) = filters.term.map(TermId)
            && !figures.offered.iter().any(|offered| offered.term == term)
        {
            return None;
        }
        let hours = figures.hours.map(|hours| hours.to_string());
        let hours = hours.unwrap_or_default();
        Some(Line {
            uid: id.0,
            code: module.code.clone(),
            title: self.show(&module.title),
            hours: if module.counted == Some(false) && !hours.is_empty() {
                format!("({hours})")
            } else {
                hours
            },
            at: at(figures.by_place.keys().copied(), figures.at_enterprise),
            opens: false,
            group: self.term_code(first),
        })
    }

    fn term_code(&self, term: Option<TermId>) -> String {
        let term = term.and_then(|term| self.plan.terms.get(term));
        term.map_or_else(String::new, |term| {
            if term.code.is_empty() {
                self.show(&term.title)
            } else {
                term.code.clone()
            }
        })
    }

    fn term_group(&self, term: Option<TermId>) -> Group {
        let found = term.and_then(|term| self.plan.terms.get(term));
        let title = found.map_or_else(|| say("weave.no_term"), |found| self.show(&found.title));
        let code = self.term_code(term);
        Group {
            uid: term.map(|term| term.0),
            title: if title.is_empty() {
                code.clone()
            } else {
                title
            },
            code,
            start: 0,
            end: 0,
        }
    }

    /// Groups of neighbouring lines with the same key.
    fn groups<K: PartialEq + Copy>(
        lines: &mut [Line],
        keys: &[K],
        name: impl Fn(K) -> Group,
    ) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        for (at, key) in keys.iter().enumerate() {
            if at > 0 && keys[at - 1] == *key {
                if let Some(last) = groups.last_mut() {
                    last.end = at + 1;
                }
                continue;
            }
            if at > 0 {
                lines[at].opens = true;
            }
            groups.push(Group {
                start: at,
                end: at + 1,
                ..name(*key)
            });
        }
        groups
    }

    fn competencies(&self) -> Sheet {
        let (plan, board) = (self.plan, self.board);
        let outline = board.outline();
        let chosen = self.filters.line.map(JobItemId);
        let all: Vec<JobItemId> = outline.competencies().collect();
        let mut cols: Vec<Line> = all
            .iter()
            .filter(|id| {
                let below = chosen.is_none_or(|line| {
                    outline.above(**id, Tier::Task) == Some(line)
                        || outline.above(**id, Tier::Role) == Some(line)
                });
                let today = self.today.as_ref();
                below && (!self.filters.gaps || stand(plan, board, **id, today) == Stand::Gap)
            })
            .filter_map(|id| {
                let line = plan.job_items.get(*id)?;
                Some(Line {
                    uid: id.0,
                    code: line.code.clone(),
                    title: self.show(&line.statement),
                    ..Line::default()
                })
            })
            .collect();
        let modules = self.modules();
        let mut rows: Vec<Line> = modules.iter().map(|(_, line)| line.clone()).collect();
        self.narrow(&mut rows, &mut cols);
        let terms: HashMap<Uid, Option<TermId>> = modules
            .iter()
            .map(|(term, line)| (line.uid, *term))
            .collect();
        let keys: Vec<Option<TermId>> = rows
            .iter()
            .map(|line| terms.get(&line.uid).copied().flatten())
            .collect();
        let bands = Self::groups(&mut rows, &keys, |term| self.term_group(term));
        let above = |tier: Tier| -> Vec<Option<JobItemId>> {
            let uids = cols.iter().map(|line| JobItemId(line.uid));
            uids.map(|id| outline.above(id, tier)).collect()
        };
        let (role_keys, task_keys) = (above(Tier::Role), above(Tier::Task));
        let both: Vec<_> = role_keys.iter().copied().zip(task_keys).collect();
        let line_group = |id: Option<JobItemId>| {
            let line = id.and_then(|id| plan.job_items.get(id));
            Group {
                uid: id.map(|id| id.0),
                code: line.map(|line| line.code.clone()).unwrap_or_default(),
                title: line
                    .map(|line| self.show(&line.statement))
                    .unwrap_or_default(),
                start: 0,
                end: 0,
            }
        };
        let tasks = Self::groups(&mut cols, &both, |(_, task)| line_group(task));
        let roles = Self::groups(&mut cols, &role_keys, line_group);
        Sheet {
            rows,
            cols,
            bands,
            roles,
            tasks,
            levels: scale(plan, self.lang),
            all_rows: plan.modules.len(),
            all_cols: all.len(),
            ..Sheet::default()
        }
    }

    fn specification(&self) -> Sheet {
        let plan = self.plan;
        let mut items: Vec<_> = plan
            .specification
            .iter()
            .filter(|item| !self.filters.gaps || self.board.supporters(item.id) == 0)
            .collect();
        // By part, then in their own order; what has no part comes last.
        items.sort_by_key(|item| (item.dimension.is_none(), item.dimension));
        let mut rows: Vec<Line> = items
            .iter()
            .map(|item| Line {
                uid: item.id.0,
                code: item.code.clone(),
                title: self.show(&item.statement),
                group: dimension_name(item.dimension.map(|dimension| dimension.0)),
                ..Line::default()
            })
            .collect();
        let modules = self.modules();
        let mut cols: Vec<Line> = modules.iter().map(|(_, line)| line.clone()).collect();
        self.narrow(&mut rows, &mut cols);
        let parts: HashMap<Uid, Option<Dimension>> = items
            .iter()
            .map(|item| (item.id.0, item.dimension.map(|dimension| dimension.0)))
            .collect();
        let keys: Vec<Option<Dimension>> = rows
            .iter()
            .map(|line| parts.get(&line.uid).copied().flatten())
            .collect();
        let bands = Self::groups(&mut rows, &keys, |dimension| Group {
            uid: None,
            code: dimension_name(dimension),
            title: dimension_name(dimension),
            start: 0,
            end: 0,
        });
        let terms: HashMap<Uid, Option<TermId>> = modules
            .iter()
            .map(|(term, line)| (line.uid, *term))
            .collect();
        let keys: Vec<Option<TermId>> = cols
            .iter()
            .map(|line| terms.get(&line.uid).copied().flatten())
            .collect();
        let roles = Self::groups(&mut cols, &keys, |term| self.term_group(term));
        Sheet {
            rows,
            cols,
            bands,
            roles,
            levels: supports(),
            all_rows: plan.specification.len(),
            all_cols: plan.modules.len(),
            ..Sheet::default()
        }
    }
}

fn at(kinds: impl Iterator<Item = Option<PlaceKind>>, at_enterprise: bool) -> At {
    let (mut school, mut enterprise, mut other) = (false, at_enterprise, false);
    for kind in kinds {
        match kind {
            Some(PlaceKind::School) => school = true,
            Some(PlaceKind::Enterprise) => enterprise = true,
            Some(PlaceKind::Third | PlaceKind::Online | PlaceKind::Other) => other = true,
            None => {}
        }
    }
    match (school, enterprise, other) {
        (true, true, _) => At::Both,
        (false, true, _) => At::Enterprise,
        (true, false, _) => At::School,
        (false, false, true) => At::Elsewhere,
        (false, false, false) => At::Unsaid,
    }
}

/// The plan's scale, lowest first.
pub(super) fn scale(plan: &Plan, lang: &Lang) -> Vec<Level> {
    let mut levels: Vec<Level> = plan
        .scale_levels
        .iter()
        .filter_map(|level| {
            let rank = Rank::try_from(level.rank?.0).ok()?;
            let name = level.name.show(lang).to_owned();
            let letter = if level.letter.is_empty() {
                rank.to_string()
            } else {
                level.letter.clone()
            };
            Some(Level {
                rank,
                name: if name.is_empty() {
                    letter.clone()
                } else {
                    name
                },
                letter,
                names: level.name.iter().map(|(_, name)| name.to_owned()).collect(),
            })
        })
        .collect();
    levels.sort_by_key(|level| level.rank);
    levels.dedup_by_key(|level| level.rank);
    levels
}

/// Low, medium and high support.
pub(super) fn supports() -> Vec<Level> {
    Support::ALL
        .iter()
        .rev()
        .map(|support| {
            let name =
                sentences::choice_name(field::specification_item::supported_by, support.id());
            // "High (H)": here the letter stands beside the name already.
            let name = name.split(['(', '（']).next().unwrap_or_default();
            let name = name.trim().to_owned();
            Level {
                rank: support_rank(*support),
                letter: support
                    .id()
                    .chars()
                    .take(1)
                    .flat_map(char::to_uppercase)
                    .collect(),
                names: vec![name.clone()],
                name,
            }
        })
        .collect()
}

/// The name of a part of the training specification.
pub(super) fn dimension_name(dimension: Option<Dimension>) -> String {
    dimension.map_or_else(String::new, |dimension| {
        sentences::choice_name(field::specification_item::dimension, dimension.id())
    })
}
