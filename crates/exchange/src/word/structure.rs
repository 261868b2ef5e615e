//! How the hours of the programme fall to its categories, as committees ask: modules,
//! hours, their share and credits, and of all hours how many are practice and electives.

use weft_model::Hours;

use super::chapters::From;
use super::paper::{Cell, Paper};

impl From<'_> {
    /// The structure of the hours; nothing where no hours are given.
    pub fn structure(self, paper: &mut Paper) {
        let (plan, figures, words) = (self.plan, self.figures, self.words);
        let all = figures.total.hours;
        if all.is_zero() {
            return;
        }
        let mut groups: Vec<_> = plan.categories.iter().map(|it| Some(it.id)).collect();
        groups.push(None);
        let mut rows = Vec::new();
        let mut count = 0;
        for group in groups {
            let of_group = plan.modules.iter().filter(|module| {
                let category = module.category.map(|category| category.0);
                category.filter(|id| plan.categories.get(*id).is_some()) == group
            });
            let modules = of_group.count();
            if modules == 0 {
                continue;
            }
            count += modules;
            let name = match group {
                Some(id) => words.item(plan, id.into()),
                None => words.say("print.no_category"),
            };
            let total = figures.categories.get(&group).copied().unwrap_or_default();
            rows.push(vec![
                Cell::new(name),
                Cell::figure(modules.to_string()),
                Cell::figure(total.hours.to_string()),
                Cell::figure(percent(total.hours, all)),
                Cell::figure(total.credits.to_string()),
            ]);
        }
        let strong = |text: String| Cell {
            strong: true,
            ..Cell::figure(text)
        };
        rows.push(vec![
            Cell::band(words.say("print.total"), 1),
            strong(count.to_string()),
            strong(all.to_string()),
            strong(percent(all, all)),
            strong(figures.total.credits.to_string()),
        ]);
        for (key, hours) in [
            ("overview.practice", figures.total.practice),
            ("overview.electives", figures.electives),
        ] {
            let name = words.with("print.of_which", &[("what", &words.say(key))]);
            rows.push(vec![
                Cell::new(name),
                Cell::figure(""),
                Cell::figure(hours.to_string()),
                Cell::figure(percent(hours, all)),
                Cell::figure(""),
            ]);
        }
        let heads = self.heads(&[
            "book.progress.category",
            "print.n_of_modules",
            "print.hours",
            "print.share",
            "print.credits",
        ]);
        self.part(paper, "print.structure", &heads, &[7, 3, 3, 3, 3], &rows);
    }
}

/// A share in percent with two decimals, rounded to the nearest.
fn percent(part: Hours, whole: Hours) -> String {
    if whole.is_zero() {
        return String::new();
    }
    let hundredths = (part.halves() * 20_000 / whole.halves() + 1) / 2;
    format!("{}.{:02} %", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_rounded_to_the_nearest_hundredth() {
        let hours = |halves| Hours::from_halves(halves);
        assert_eq!(percent(hours(1_712), hours(5_376)), "31.85 %");
        assert_eq!(percent(hours(2), hours(3)), "66.67 %");
        assert_eq!(percent(hours(5), hours(5)), "100.00 %");
        assert_eq!(percent(hours(5), hours(0)), "");
    }
}
