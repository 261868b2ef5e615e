//! The Content-Security-Policy, in one place: the meta element, the header files
//! for hosts and our own servers all take it from here.

/// What the page and its Workers may do. Nothing is fetched from anywhere but the
/// page's own origin, no inline script or style runs, and every string that
/// becomes code passes through the one Trusted Types policy `weft`.
pub const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
style-src 'self'; img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; \
worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'; \
trusted-types weft; require-trusted-types-for 'script'";

/// The headers for every file. A policy in a meta element does not bind a Worker
/// that is loaded from a URL, so a host should send these.
pub const HEADERS: [(&str, &str); 4] = [
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
];

/// For files whose name holds a hash of their bytes.
pub const CACHE_FOREVER: &str = "public, max-age=31536000, immutable";

/// For index.html: always ask whether there is a newer one.
pub const CACHE_ASK: &str = "no-cache";
