//! The tables of who and what stands behind the programme: partners, venues,
//! certificates, and lines to sign on.

use weft_model::{Choice as _, field};

use super::chapters::{From, table};
use super::paper::{Cell, Paper};

impl From<'_> {
    /// Partners with their people.
    pub fn parties(self, paper: &mut Paper) {
        let rows: Vec<Vec<Cell>> = self
            .plan
            .parties
            .iter()
            .map(|party| {
                let of_party = self.plan.people.iter();
                let of_party = of_party.filter(|it| it.party.is_some_and(|of| of.0 == party.id));
                let people: Vec<String> = of_party
                    .map(|person| {
                        let (name, title) = (
                            person.name.show(self.words.lang()),
                            person.title.show(self.words.lang()),
                        );
                        if title.is_empty() {
                            name.to_owned()
                        } else {
                            format!("{name} ({title})")
                        }
                    })
                    .collect();
                let kind = party
                    .kind
                    .map(|it| self.words.choice(field::party::kind, it.0.id()));
                vec![
                    Cell::new(self.words.item(self.plan, party.id.into())),
                    Cell::figure(kind.unwrap_or_default()),
                    Cell::new(people.join(&self.words.say("print.semicolon"))),
                ]
            })
            .collect();
        let heads = self.heads(&["print.party", "print.kind", "print.people"]);
        self.part(paper, "print.parties", &heads, &[5, 2, 10], &rows);
    }

    /// Venues with what stands in them.
    pub fn venues(self, paper: &mut Paper) {
        let rows: Vec<Vec<Cell>> = self
            .plan
            .venues
            .iter()
            .map(|venue| {
                let kind = venue
                    .kind
                    .map(|it| self.words.choice(field::venue::kind, it.0.id()));
                vec![
                    Cell::new(venue.code.as_str()),
                    Cell::new(self.words.item(self.plan, venue.id.into())),
                    Cell::figure(kind.unwrap_or_default()),
                    Cell::figure(
                        venue
                            .workstations
                            .map_or_else(String::new, |it| it.0.to_string()),
                    ),
                    Cell::new(venue.equipment.show(self.words.lang())),
                ]
            })
            .collect();
        let fields = [
            field::venue::code,
            field::venue::title,
            field::venue::kind,
            field::venue::workstations,
            field::venue::equipment,
        ];
        let heads = fields.map(|field| self.words.field(field));
        let name = self.words.kinds(weft_model::Kind::Venue);
        table(paper, &name, &heads, &[2, 6, 3, 2, 7], &rows);
    }

    /// Certificates.
    pub fn certificates(self, paper: &mut Paper) {
        let lang = self.words.lang();
        let rows: Vec<Vec<Cell>> = self
            .plan
            .certificates
            .iter()
            .map(|it| {
                vec![
                    Cell::new(it.code.as_str()),
                    Cell::new(it.title.show(lang)),
                    Cell::figure(it.level.show(lang)),
                    Cell::new(it.authority.show(lang)),
                    Cell::new(it.required.show(lang)),
                ]
            })
            .collect();
        let fields = [
            field::certificate::code,
            field::certificate::title,
            field::certificate::level,
            field::certificate::authority,
            field::certificate::required,
        ];
        let heads = fields.map(|field| self.words.field(field));
        let name = self.words.kinds(weft_model::Kind::Certificate);
        table(paper, &name, &heads, &[2, 7, 2, 5, 4], &rows);
    }

    /// Lines to sign on: one for each signature that the policy asks for, else
    /// one for each partner.
    pub fn signatures(self, paper: &mut Paper) {
        let mut rows = Vec::new();
        let mut blank = |who: String| {
            rows.push(vec![
                Cell::new(who),
                Cell::new(" \n "),
                Cell::new(""),
                Cell::new(""),
            ]);
        };
        for party in self.plan.parties.iter() {
            blank(self.words.item(self.plan, party.id.into()));
        }
        let heads = self.heads(&[
            "plan.kind.parties.one",
            "print.signer",
            "plan.kind.signatures.one",
            "print.signed_on",
        ]);
        if !rows.is_empty() {
            paper.heading(1, &self.words.say("book.signatures"));
            paper.table(&heads, &[5, 4, 4, 3], &rows);
        }
    }
}
