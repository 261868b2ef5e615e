//! Credits that do not fit the hours, for modules whose credits follow from
//! hours: 16 to 18 h per credit (教职成〔2019〕13号), or the plan's own number
//! where that lies elsewhere (25 to 30 h for ECTS). Exact: a number of credits
//! fits if hours ÷ credits lies in the range; where no half credit can do
//! that (20 h), the two nearest halves fit.

use super::{Figure, Figures, Group, Look, Rule, RuleInfo};
use weft_model::{CreditBasis, Credits, Hours, Plan, Ratio, Severity};

pub(super) const RULE: Rule = Rule {
    info: RuleInfo {
        id: "credits.ratio",
        group: Group::Credits,
        severity: Severity::Soft,
        source: "教职成〔2019〕13号",
        figures: &["hours", "credits", "per_credit", "least", "most", "fits_from", "fits_to"],
    },
    look: Look::Module(|plan, _, module, _| {
        if module.credit_basis.map(|basis| basis.0) != Some(CreditBasis::Hours) {
            return None;
        }
        let (hours, credits) = module.total_hours.zip(module.credits)?;
        let (least, most) = range(plan);
        let (from, to) = fitting(hours, least, most);
        (!(from..=to).contains(&credits)).then(|| {
            let per_credit = Ratio {
                part: hours.halves(),
                whole: credits.halves(),
            };
            Figures::none()
                .with("hours", Figure::Hours(hours))
                .with("credits", Figure::Credits(credits))
                .with("per_credit", Figure::Quotient(per_credit))
                .with("least", Figure::Hours(least))
                .with("most", Figure::Hours(most))
                .with("fits_from", Figure::Credits(from))
                .with("fits_to", Figure::Credits(to))
        })
    }),
};

/// The fewest and the most hours per credit.
fn range(plan: &Plan) -> (Hours, Hours) {
    let usual = (Hours::whole(16), Hours::whole(18));
    match plan.about().hours_per_credit {
        Some(own) if own > Hours::ZERO && !(usual.0..=usual.1).contains(&own) => (own, own),
        _ => usual,
    }
}

/// The fewest and the most credits that fit; `least` and `most` are above zero.
fn fitting(hours: Hours, least: Hours, most: Hours) -> (Credits, Credits) {
    // Halves of hours ÷ halves of hours per credit, in halves of credits.
    let doubled = hours.halves() * 2;
    let from = (doubled + most.halves() - 1) / most.halves();
    let to = doubled / least.halves();
    (Credits::from_halves(from.min(to)), Credits::from_halves(from.max(to)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_of_credits_fits_exactly_or_as_the_nearest_half() {
        let fits = |hours: i64| {
            let (from, to) = fitting(Hours::whole(hours), Hours::whole(16), Hours::whole(18));
            (from.halves(), to.halves())
        };
        assert_eq!(fits(48), (6, 6));
        assert_eq!(fits(432), (48, 54));
        // 36 h: 2 credits are exactly 18 h each.
        assert_eq!(fits(36), (4, 4));
        assert_eq!(fits(20), (2, 3));
        assert_eq!(fits(0), (0, 0));
    }
}
