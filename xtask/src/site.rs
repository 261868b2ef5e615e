//! A static server for a packed folder, on 127.0.0.1 only: what a good host does
//! (types, compressed copies, headers), and for `serve` the reload script.

use crate::policy::HEADERS;
use anyhow::{Context, Result};
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::get;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;
use tokio::sync::watch;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Who gives the page its policy.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Headers {
    /// The server sends the policy, as a host with our header file does.
    Sent,
    /// Nobody but the page's own meta element.
    MetaOnly,
}

/// The folder at the root of the server.
pub fn at_root(folder: &Path, headers: Headers) -> Router {
    with_headers(Router::new().fallback_service(directory(folder)), headers)
}

/// The same without the compressed copies: to unpack them costs a page that has
/// nothing cached some 4 % of what it takes in a test.
pub fn at_root_unpacked(folder: &Path, headers: Headers) -> Router {
    with_headers(
        Router::new().fallback_service(ServeDir::new(folder)),
        headers,
    )
}

/// The folder below `/school/weft/` and nothing anywhere else.
pub fn below_a_path(folder: &Path, headers: Headers) -> Router {
    with_headers(
        Router::new().nest_service(SUB_PATH, directory(folder)),
        headers,
    )
}

/// Where `below_a_path` serves, without the closing slash.
pub const SUB_PATH: &str = "/school/weft";

/// The folder at the root, with the reload script. The number that comes through
/// the channel changes with each finished build.
pub fn reloading(folder: &Path, builds: watch::Receiver<u64>) -> Router {
    let router = Router::new()
        .route("/-/reload.js", get(reload_script))
        .route("/-/build", get(next_build))
        .with_state(builds)
        .fallback_service(directory(folder));
    with_headers(router, Headers::Sent)
}

/// Listens and serves on a thread of its own until the process ends. Port 0 takes
/// a free one. Gives the address.
pub fn start(router: Router, port: u16) -> Result<SocketAddr> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", port)).with_context(|| {
        format!("port {port} of 127.0.0.1 cannot be opened; --port takes another")
    })?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::spawn(move || {
        let served = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener)?;
            axum::serve(listener, router).await
        });
        if let Err(error) = served {
            eprintln!("the server stopped: {error}");
        }
    });
    Ok(address)
}

fn directory(folder: &Path) -> ServeDir {
    ServeDir::new(folder)
        .precompressed_br()
        .precompressed_gzip()
}

fn with_headers(mut router: Router, headers: Headers) -> Router {
    if headers == Headers::Sent {
        for (name, value) in HEADERS {
            router = router.layer(SetResponseHeaderLayer::overriding(
                HeaderName::from_bytes(name.as_bytes()).unwrap_or(header::WARNING),
                HeaderValue::from_static(value),
            ));
        }
    }
    router.layer(SetResponseHeaderLayer::overriding(
        header::CACHE_CONTROL,
        HeaderValue::from_static("no-cache"),
    ))
}

/// Asks for the next build and loads the page anew when there is one. A file of
/// the server and not inline, so that the strict policy holds here as well.
async fn reload_script(State(builds): State<watch::Receiver<u64>>) -> impl IntoResponse {
    let loaded = *builds.borrow();
    let script = format!(
        "// Reloads the page after a build. Only `cargo xtask serve` has this file.
const loaded = \"{loaded}\";
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
for (;;) {{
  try {{
    const answer = await fetch(`-/build?loaded=${{loaded}}`, {{ cache: \"no-store\" }});
    if (answer.ok && (await answer.text()) !== loaded) location.reload();
  }} catch {{
    await pause(1000); // the server is away: it may come back
  }}
  await pause(100);
}}
"
    );
    ([(header::CONTENT_TYPE, "text/javascript")], script)
}

/// The number of the newest build: at once when the page has an older one, else
/// when it changes, or unchanged after half a minute.
async fn next_build(
    State(mut builds): State<watch::Receiver<u64>>,
    RawQuery(query): RawQuery,
) -> String {
    let newest = builds.borrow_and_update().to_string();
    if query.as_deref() != Some(&format!("loaded={newest}")) {
        return newest;
    }
    match tokio::time::timeout(Duration::from_secs(30), builds.changed()).await {
        Ok(Ok(())) => builds.borrow().to_string(),
        _ => newest,
    }
}
