// P2: what the browser fetches until the first screen stands and the network is
// quiet, each file as brotli-11 (or as it is, where that is smaller).

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { fresh } from "./chromium.mjs";
import { table, times, whole } from "./figures.mjs";

const { WEFT_URL, WEFT_DIST, PEERS_URL, PEERS_DIST } = process.env;

const pages = [
  { name: "Weft", url: WEFT_URL, folder: WEFT_DIST, stands: ".home-title" },
  // The parts that a plan needs come with the first plan, not before.
  {
    name: "Weft with a plan open",
    url: WEFT_URL,
    folder: WEFT_DIST,
    stands: ".home-title",
    then: { press: "New plan", stands: ".save-state.good" },
  },
  { name: "Excalidraw + React", page: "excalidraw", stands: "canvas.interactive" },
  { name: "yjs + AG Grid", page: "yjs-ag" },
  { name: "yjs + x-data-spreadsheet", page: "yjs-xds" },
  { name: "loro + AG Grid", page: "loro-ag" },
  { name: "loro + x-data-spreadsheet", page: "loro-xds" },
].map(({ page, ...rest }) => ({
  url: `${PEERS_URL}${page}.html`,
  folder: PEERS_DIST,
  stands: "body[data-ready=yes]",
  ...rest,
}));

/** Measures all and gives the section of the report. */
export async function firstLoad(context) {
  const rows = [];
  let weft;
  for (const { name, url, folder, stands, then } of pages) {
    const files = await fetched(context, url, stands, then);
    let raw = 0;
    let packed = 0;
    for (const file of files) {
      const bytes = readFileSync(join(folder, file));
      raw += bytes.length;
      packed += Math.min(bytes.length, brotli(bytes));
    }
    weft ??= packed;
    rows.push([name, files.length, whole(raw), whole(packed), times(weft / packed)]);
  }
  return `## P2: bytes until the first screen stands

${table(["", "files", "raw", "brotli-11", "Weft ÷ this"], rows)}
`;
}

/** Paths of the files that a page asks its own server for. A file that comes from
 * anywhere else would be missing in the sum, so that fails. */
async function fetched(context, url, stands, then) {
  const page = await fresh(context);
  const paths = new Set();
  const foreign = new Set();
  page.on("request", (request) => {
    const at = new URL(request.url());
    if (at.protocol.startsWith("http") && at.origin !== new URL(url).origin) foreign.add(at.href);
  });
  page.on("response", (response) => {
    const at = new URL(response.url());
    if (!at.protocol.startsWith("http") || response.status() >= 400) return;
    paths.add(decodeURIComponent(at.pathname === "/" ? "/index.html" : at.pathname));
  });
  await page.goto(url);
  await page.locator(stands).first().waitFor({ timeout: 60_000 });
  await page.waitForLoadState("networkidle");
  if (then) {
    await page.getByRole("button", { name: then.press }).click();
    await page.locator(then.stands).first().waitFor({ timeout: 60_000 });
    await page.waitForLoadState("networkidle");
  }
  await page.close();
  if (foreign.size > 0) throw new Error(`${url} loads from elsewhere: ${[...foreign].join(" ")}`);
  return [...paths].filter((path) => path !== "/favicon.ico");
}

function brotli(bytes) {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  return brotliCompressSync(bytes, { params }).length;
}
