//! The addresses of the screens, as hash routes: static hosts and sub-paths
//! know nothing of paths. Parsing and writing only; the address bar itself
//! belongs to `browser::hash`.

/// A screen, and where on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub enum Route {
    /// All plans on this device: `#/`.
    #[default]
    Home,
    /// A plan in the address itself: `#/open/<payload>`. What the payload is, its
    /// readers know.
    Open {
        /// Letters, figures, `-` and `_`.
        payload: String,
    },
    /// One page of one plan: `#/plan/<plan>/<page>`, with the items to show
    /// appended as further segments (`at`), for instance a module, or a module
    /// and a competency for a cell of the Weave.
    Plan {
        /// The plan's id, as text.
        plan: String,
        /// The page.
        page: Page,
        /// Ids of the items to go to, outermost first; mostly empty. At most
        /// [`MOST_ITEMS`] are kept.
        at: Vec<String>,
    },
}

/// How many item ids an address may carry; more are not an address of ours.
pub const MOST_ITEMS: usize = 4;

/// The pages of a plan, in the order of the rail: making, judging, leaving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Page {
    /// The plan's state in one look.
    #[default]
    Overview,
    /// Roles, tasks and competencies.
    Jobs,
    /// Modules over the terms.
    Modules,
    /// The matrix of modules and competencies.
    Weave,
    /// Calendar, partners, places, people and the rest.
    Data,
    /// Findings.
    Checks,
    /// What partners did and what is to be decided.
    Review,
    /// Tables and files coming in.
    Import,
    /// Every format going out.
    Export,
    /// The printed plan.
    Print,
}

impl Page {
    /// Every page, in the order of the rail.
    pub const ALL: [Page; 10] = [
        Page::Overview,
        Page::Jobs,
        Page::Modules,
        Page::Weave,
        Page::Data,
        Page::Checks,
        Page::Review,
        Page::Import,
        Page::Export,
        Page::Print,
    ];

    /// The page's segment in an address.
    #[must_use]
    pub const fn segment(self) -> &'static str {
        match self {
            Page::Overview => "overview",
            Page::Jobs => "jobs",
            Page::Modules => "modules",
            Page::Weave => "weave",
            Page::Data => "data",
            Page::Checks => "checks",
            Page::Review => "review",
            Page::Import => "import",
            Page::Export => "export",
            Page::Print => "print",
        }
    }

    /// The locale key of the page's name.
    #[must_use]
    pub const fn name_key(self) -> &'static str {
        match self {
            Page::Overview => "page.overview",
            Page::Jobs => "page.jobs",
            Page::Modules => "page.modules",
            Page::Weave => "page.weave",
            Page::Data => "page.data",
            Page::Checks => "page.checks",
            Page::Review => "page.review",
            Page::Import => "page.import",
            Page::Export => "page.export",
            Page::Print => "page.print",
        }
    }
}

impl Page {
    /// The locale key of the page's name where there is little room.
    #[must_use]
    pub const fn short_name_key(self) -> &'static str {
        match self {
            Page::Weave => "page.weave_short",
            other => other.name_key(),
        }
    }
}

impl Route {
    /// A page of a plan, with nothing in particular to go to.
    #[must_use]
    pub fn page(plan: impl Into<String>, page: Page) -> Self {
        Self::Plan {
            plan: plan.into(),
            page,
            at: Vec::new(),
        }
    }

    /// A spot on a page of a plan.
    #[must_use]
    pub fn spot<I, S>(plan: impl Into<String>, page: Page, at: I) -> Self
    where
        I: IntoIterator<Item = S>,
        S: Into<String>,
    {
        Self::Plan {
            plan: plan.into(),
            page,
            at: at.into_iter().map(Into::into).take(MOST_ITEMS).collect(),
        }
    }

    /// Reads the fragment of an address, with or without its `#`. An empty
    /// fragment is Home, a plan without a page is its Overview; `None` means
    /// that this is no address of ours.
    #[must_use]
    pub fn parse(fragment: &str) -> Option<Self> {
        let path = fragment.strip_prefix('#').unwrap_or(fragment);
        let segments: Vec<&str> = path
            .split('/')
            .filter(|segment| !segment.is_empty())
            .collect();
        match segments.as_slice() {
            [] => Some(Self::Home),
            ["open", payload] => Some(Self::Open {
                payload: decode(payload)?,
            }),
            ["plan", plan] => Some(Self::page(decode(plan)?, Page::Overview)),
            ["plan", plan, page, at @ ..] if at.len() <= MOST_ITEMS => Some(Self::Plan {
                plan: decode(plan)?,
                page: Page::ALL
                    .into_iter()
                    .find(|known| known.segment() == *page)?,
                at: at.iter().map(|id| decode(id)).collect::<Option<_>>()?,
            }),
            _ => None,
        }
    }

    /// The address as a fragment with its `#`, ready for a link.
    #[must_use]
    pub fn href(&self) -> String {
        match self {
            Self::Home => "#/".to_owned(),
            Self::Open { payload } => format!("#/open/{}", encode(payload)),
            Self::Plan { plan, page, at } => {
                let mut href = format!("#/plan/{}/{}", encode(plan), page.segment());
                for id in at.iter().take(MOST_ITEMS) {
                    href.push('/');
                    href.push_str(&encode(id));
                }
                href
            }
        }
    }

    /// Whether both lead to the same page of the same plan, wherever on it, or
    /// neither to a plan.
    #[must_use]
    pub fn same_page(&self, other: &Self) -> bool {
        let page_of = |route: &Self| match route {
            Self::Plan { page, .. } => Some(*page),
            Self::Home | Self::Open { .. } => None,
        };
        self.plan() == other.plan() && page_of(self) == page_of(other)
    }

    /// The plan that the route belongs to.
    #[must_use]
    pub fn plan(&self) -> Option<&str> {
        match self {
            Self::Home | Self::Open { .. } => None,
            Self::Plan { plan, .. } => Some(plan),
        }
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters.
fn encode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes()
        .fold(String::with_capacity(text.len()), |mut out, byte| {
            if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
                out.push(char::from(byte));
            } else if write!(out, "%{byte:02X}").is_err() {
                // Writing to a String cannot fail; the byte would only be left out.
            }
            out
        })
}

/// Undoes [`encode`]; `None` when an escape is cut short or the bytes are no
/// UTF-8. Characters that need no escape but have one are read as well.
fn decode(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_route_comes_back_from_its_address() {
        let mut routes = vec![Route::Home];
        for payload in ["pAQ-_9", "k课程/1"] {
            routes.push(Route::Open {
                payload: payload.to_owned(),
            });
        }
        for page in Page::ALL {
            for plan in ["7f3a", "课程 1/2", "a%b#c?d", "ünï.-_~"] {
                routes.push(Route::page(plan, page));
                routes.push(Route::spot(plan, page, ["m1"]));
                routes.push(Route::spot(plan, page, ["模块/1", "c 2", "%", "#"]));
            }
        }
        for route in routes {
            assert_eq!(
                Route::parse(&route.href()),
                Some(route.clone()),
                "{}",
                route.href()
            );
        }
    }

    #[test]
    fn an_empty_address_is_home_and_a_plan_without_a_page_is_its_overview() {
        for home in ["", "#", "#/", "/"] {
            assert_eq!(Route::parse(home), Some(Route::Home));
        }
        assert_eq!(
            Route::parse("#/plan/x"),
            Some(Route::page("x", Page::Overview))
        );
        assert_eq!(
            Route::parse("#/plan/x/"),
            Some(Route::page("x", Page::Overview))
        );
    }

    #[test]
    fn spots_of_one_page_are_told_from_other_pages_and_other_plans() {
        let here = Route::spot("x", Page::Weave, ["m", "c"]);
        assert!(here.same_page(&Route::page("x", Page::Weave)));
        assert!(!here.same_page(&Route::spot("x", Page::Modules, ["m", "c"])));
        assert!(!here.same_page(&Route::spot("y", Page::Weave, ["m", "c"])));
        assert!(!here.same_page(&Route::Home));
    }

    #[test]
    fn addresses_of_others_are_refused() {
        for foreign in [
            "#/elsewhere",
            "#/plan",
            "#/open",
            "#/open/a/b",
            "#/plan/x/nowhere",
            "#/plan/%",
            "#/plan/%zz",
            "#/plan/%ff",
            "#/plan/x/weave/1/2/3/4/5",
            "#heading",
        ] {
            assert_eq!(Route::parse(foreign), None, "{foreign}");
        }
    }

    #[test]
    fn a_link_never_holds_a_character_that_a_fragment_may_not() {
        let href = Route::spot("a b<>\"", Page::Jobs, ["经纬"]).href();
        assert!(
            href.bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"#/%-_.~".contains(&byte)),
            "{href}"
        );
    }
}
