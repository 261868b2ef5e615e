//! What exactly is signed under a version, and what signatures count for.

use std::collections::{BTreeMap, BTreeSet};

use weft_model::{
    Choice, NamedVersion, PartyKind, Plan, Signature as Entry, SignerStage, SigningScope, Uid,
};

use crate::canonical::{Digest, Scope, digest_in, string_json};
use crate::key::{Key, PublicKey};

/// For which purpose a version is signed.
pub const PURPOSE: &str = "weft version";

/// What a signature says. Its holder signs [`Statement::bytes`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The hash of what is signed.
    pub digest: String,
    /// Who signs.
    pub name: String,
    /// As what.
    pub role: String,
    /// For whom: the party's uid in the plan, its name, its kind.
    pub party: Option<Uid>,
    /// See `party`.
    pub party_name: String,
    /// See `party`.
    pub party_kind: Option<PartyKind>,
    /// The stage of the policy; none without one.
    pub stage: Option<Uid>,
    /// When, in milliseconds since 1970, by the signer's clock.
    pub at_millis: i64,
}

impl Statement {
    /// What an entry of the plan claims to have been signed.
    pub fn of(entry: &Entry) -> Self {
        Self {
            digest: entry.digest.clone(),
            name: entry.name.clone(),
            role: entry.role.clone(),
            party: entry.party.map(|party| party.0.0),
            party_name: entry.party_name.clone(),
            party_kind: entry.party_kind.map(|kind| kind.0),
            stage: entry.stage.map(|stage| stage.0.0),
            at_millis: entry.at.map_or(0, |at| at.0),
        }
    }

    /// The bytes that are signed: canonical JSON with all members, empty ones as
    /// empty strings.
    pub fn bytes(&self) -> Vec<u8> {
        let uid = |uid: Option<Uid>| uid.map(|uid| uid.to_string()).unwrap_or_default();
        let kind = self.party_kind.map(|kind| kind.id()).unwrap_or_default();
        let members = [
            ("at", self.at_millis.to_string()),
            ("digest", string_json(&self.digest)),
            ("name", string_json(&self.name)),
            ("party", string_json(&uid(self.party))),
            ("party_kind", string_json(kind)),
            ("party_name", string_json(&self.party_name)),
            ("role", string_json(&self.role)),
            ("stage", string_json(&uid(self.stage))),
        ];
        let members = members.map(|(name, value)| format!("\"{name}\":{value}"));
        format!("{{{}}}", members.join(",")).into_bytes()
    }

    /// Signs it.
    pub fn sign(&self, key: &Key) -> crate::key::Signature {
        key.sign(PURPOSE, &self.bytes())
    }
}

/// What an entry proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The holder of this key signed just this.
    Proven(PublicKey),
    /// Somebody noted that it was signed on paper. A claim.
    OnPaper,
    /// It says that a key signed it, and that is not so: something of it was
    /// changed, or it was made up.
    Forged,
}

/// What an entry proves by itself, whatever it is under.
pub fn standing(entry: &Entry) -> Standing {
    if entry.key.is_empty() && entry.proof.is_empty() && entry.on_paper.is_some() {
        return Standing::OnPaper;
    }
    let (Ok(key), Ok(proof)) = (entry.key.parse::<PublicKey>(), entry.proof.parse()) else {
        return Standing::Forged;
    };
    if key.verifies(PURPOSE, &Statement::of(entry).bytes(), &proof) {
        Standing::Proven(key)
    } else {
        Standing::Forged
    }
}

/// A stage of the signing policy, and how far it has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageState {
    /// The stage; none: the preset of two keys.
    pub stage: Option<Uid>,
    /// The hash that its signatures must be under.
    pub digest: Digest,
    /// Whether what it covers still reads so.
    pub stands: bool,
    /// Of each kind of party: how many must sign, and how many have. The last
    /// line, without a kind, counts all others.
    pub needs: Vec<Need>,
}

/// How many signatures of one kind of party are needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Need {
    /// Which; none: any other than school and enterprise.
    pub kind: Option<PartyKind>,
    /// How many must sign.
    pub wanted: usize,
    /// How many have.
    pub given: usize,
}

impl StageState {
    /// Whether everybody has signed.
    pub fn is_complete(&self) -> bool {
        self.needs.iter().all(|need| need.given >= need.wanted)
    }
}

/// How a version stands: stage by stage. `then` is the plan at the version's
/// point; the policy is that of the plan as it was signed, so that nobody
/// relaxes it afterwards.
pub fn stages(plan: &Plan, then: &Plan, version: &NamedVersion) -> Vec<StageState> {
    let entries: Vec<&Entry> = (plan.signatures.iter())
        .filter(|entry| entry.version.is_some_and(|of| of.0 == version.id))
        .collect();
    let mut stages: Vec<&SignerStage> = then.signer_stages.iter().collect();
    stages.sort_by_key(|stage| (stage.order.clone(), stage.id));
    if stages.is_empty() {
        return vec![state(
            None,
            &Scope::Whole,
            [1, 1, 0],
            [plan, then],
            &entries,
        )];
    }
    let mut all = Vec::new();
    for stage in stages {
        let count = |count: Option<weft_model::Count>| count.map_or(0, |it| it.0.max(0) as usize);
        let mut wanted = [stage.schools, stage.enterprises, stage.others].map(count);
        if wanted == [0; 3] {
            wanted = [1, 1, 0];
        }
        all.push(state(
            Some(stage.id.0),
            &scope(stage),
            wanted,
            [plan, then],
            &entries,
        ));
    }
    all
}

/// What a stage covers.
pub fn scope(stage: &SignerStage) -> Scope {
    match stage.scope.map(|scope| scope.0) {
        Some(SigningScope::Modules) => Scope::Modules(stage.modules.clone()),
        Some(SigningScope::Order) => match stage.order_of {
            Some(order) => Scope::Order(order.0),
            None => Scope::Whole,
        },
        Some(SigningScope::Whole) | None => Scope::Whole,
    }
}

fn state(
    stage: Option<Uid>,
    scope: &Scope,
    wanted: [usize; 3],
    [now, then]: [&Plan; 2],
    entries: &[&Entry],
) -> StageState {
    let digest = digest_in(then, scope);
    let written = digest.to_string();
    // One key counts once, and for one kind alone.
    let mut signers: BTreeMap<String, Option<PartyKind>> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        if entry.digest != written || entry.stage.map(|it| it.0.0) != stage {
            continue;
        }
        let who = match standing(entry) {
            Standing::Proven(key) => key.to_string(),
            // Noted twice, it is one person's signature all the same.
            Standing::OnPaper if !entry.name.trim().is_empty() => {
                let party = entry.party.map(|it| it.0.to_string()).unwrap_or_default();
                format!("paper {party} {}", entry.name.trim())
            }
            Standing::OnPaper => format!("paper {at}"),
            Standing::Forged => continue,
        };
        signers
            .entry(who)
            .or_insert(entry.party_kind.map(|it| it.0));
    }
    let kinds = [Some(PartyKind::School), Some(PartyKind::Enterprise), None];
    let needs = kinds.into_iter().zip(wanted).map(|(kind, wanted)| Need {
        kind,
        wanted,
        given: (signers.values())
            .filter(|of| match kind {
                Some(_) => **of == kind,
                None => !matches!(of, Some(PartyKind::School | PartyKind::Enterprise)),
            })
            .count(),
    });
    StageState {
        stage,
        digest,
        stands: digest_in(now, scope) == digest,
        needs: needs.filter(|need| need.wanted > 0).collect(),
    }
}

/// Whether the plan at the version's point is what the version's hash says: if
/// not, the history or the version was tampered with.
pub fn is_genuine(then: &Plan, version: &NamedVersion) -> bool {
    digest_in(then, &Scope::Whole).to_string() == version.digest
}

/// Everybody whose key has signed something in this plan.
pub fn signers(plan: &Plan) -> BTreeSet<PublicKey> {
    let proven = plan
        .signatures
        .iter()
        .filter_map(|entry| match standing(entry) {
            Standing::Proven(key) => Some(key),
            Standing::OnPaper | Standing::Forged => None,
        });
    proven.collect()
}
