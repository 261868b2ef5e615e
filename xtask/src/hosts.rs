//! Ready header files for common static hosts, all from the one policy. They set
//! the security headers, caching and the type of WebAssembly files; each host
//! reads its own file and ignores the others.

use crate::policy::{CACHE_ASK, CACHE_FOREVER, HEADERS, POLICY};
use std::fmt::Write;

/// File name → contents.
pub fn files() -> [(&'static str, String); 7] {
    [
        ("_headers", netlify_and_cloudflare()),
        (".htaccess", apache()),
        ("nginx.conf", nginx()),
        ("web.config", iis()),
        ("Caddyfile", caddy()),
        ("vercel.json", vercel()),
        // GitHub Pages sends no headers of ours; the meta element holds the policy
        // there. This file keeps its generator from dropping files.
        (".nojekyll", String::new()),
    ]
}

fn lines(line: impl Fn(&str, &str) -> String) -> String {
    HEADERS
        .iter()
        .map(|(name, value)| line(name, value))
        .collect()
}

fn netlify_and_cloudflare() -> String {
    let all = lines(|name, value| format!("  {name}: {value}\n"));
    format!(
        "/*\n{all}  Cache-Control: {CACHE_ASK}\n/app/*\n  ! Cache-Control\n  Cache-Control: {CACHE_FOREVER}\n"
    )
}

fn apache() -> String {
    let all = lines(|name, value| format!("  Header always set {name} \"{value}\"\n"));
    format!(
        "# Apache 2.4 with mod_headers; the compressed copies need mod_rewrite.
AddType application/wasm .wasm
AddType text/javascript .js
<IfModule mod_headers.c>
{all}  <FilesMatch \"-[0-9a-f]{{16}}\\.\">
    Header set Cache-Control \"{CACHE_FOREVER}\"
  </FilesMatch>
  <FilesMatch \"^index\\.html$\">
    Header set Cache-Control \"{CACHE_ASK}\"
  </FilesMatch>
</IfModule>
<IfModule mod_rewrite.c>
  RewriteEngine On
  RewriteCond %{{HTTP:Accept-Encoding}} br
  RewriteCond %{{REQUEST_FILENAME}}.br -f
  RewriteRule ^(.+)$ $1.br [L]
  RewriteCond %{{HTTP:Accept-Encoding}} gzip
  RewriteCond %{{REQUEST_FILENAME}}.gz -f
  RewriteRule ^(.+)$ $1.gz [L]
</IfModule>
RemoveLanguage .br
AddEncoding br .br
AddEncoding gzip .gz
<IfModule mod_headers.c>
  Header append Vary Accept-Encoding
</IfModule>
"
    )
}

fn nginx() -> String {
    // `add_header` in a location drops the inherited ones: they stand in both.
    let all = lines(|name, value| format!("    add_header {name} \"{value}\" always;\n"));
    format!(
        "# Include inside `server {{ … }}`; the folder is the server's root.
gzip_static on;
# brotli_static on;  # with the ngx_brotli module
location / {{
{all}    add_header Cache-Control \"{CACHE_ASK}\" always;
    types {{ include mime.types; application/wasm wasm; text/javascript js; }}
}}
location ~ /app/ {{
{all}    add_header Cache-Control \"{CACHE_FOREVER}\" always;
    types {{ include mime.types; application/wasm wasm; text/javascript js; }}
}}
"
    )
    .replace("types { include mime.types; ", "types { text/html html; text/css css; image/svg+xml svg; image/png png; font/woff2 woff2; application/json json; ")
}

fn iis() -> String {
    let all = lines(|name, value| format!("        <add name=\"{name}\" value=\"{value}\" />\n"));
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<configuration>
  <system.webServer>
    <staticContent>
      <remove fileExtension=\".wasm\" />
      <mimeMap fileExtension=\".wasm\" mimeType=\"application/wasm\" />
      <remove fileExtension=\".js\" />
      <mimeMap fileExtension=\".js\" mimeType=\"text/javascript\" />
    </staticContent>
    <httpProtocol>
      <customHeaders>
{all}      </customHeaders>
    </httpProtocol>
  </system.webServer>
  <location path=\"app\">
    <system.webServer>
      <staticContent>
        <clientCache cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"365.00:00:00\" />
      </staticContent>
    </system.webServer>
  </location>
</configuration>
"
    )
}

fn caddy() -> String {
    let all = lines(|name, value| format!("    {name} \"{value}\"\n"));
    format!(
        ":8080 {{
  root * .
  header {{
{all}    Cache-Control \"{CACHE_ASK}\"
  }}
  @app path */app/*
  header @app Cache-Control \"{CACHE_FOREVER}\"
  file_server {{
    precompressed br gzip
  }}
}}
"
    )
}

fn vercel() -> String {
    let all = lines(|name, value| {
        format!("        {{ \"key\": \"{name}\", \"value\": \"{value}\" }},\n")
    });
    let mut text = String::from("{\n  \"headers\": [\n");
    for (source, cache) in [("/(.*)", CACHE_ASK), ("/app/(.*)", CACHE_FOREVER)] {
        let comma = if cache == CACHE_ASK { "," } else { "" };
        // Writing to a String does not fail.
        let written = write!(
            text,
            "    {{\n      \"source\": \"{source}\",\n      \"headers\": [\n{all}        \
             {{ \"key\": \"Cache-Control\", \"value\": \"{cache}\" }}\n      ]\n    }}{comma}\n"
        );
        debug_assert!(written.is_ok() && text.contains(POLICY));
    }
    text.push_str("  ]\n}\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_host_file_states_the_whole_policy() {
        for (name, text) in files() {
            if name != ".nojekyll" {
                assert!(text.contains(POLICY), "{name}");
            }
        }
    }

    #[test]
    fn the_vercel_file_is_json() {
        let parsed = serde_json::from_str::<serde_json::Value>(&vercel());
        assert!(parsed.is_ok(), "{parsed:?}");
    }
}
