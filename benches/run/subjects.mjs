// Weft and its peers behind one face: `kind` (how the page is looked at, see
// probe.js), `home` (the page before a plan is open), `direct` (the address that
// opens the plan), `seed` (brings the plan into storage, once), `key` (what names
// the plan there).

import { fresh } from "./chromium.mjs";

const peersUrl = process.env.PEERS_URL;
const weftUrl = process.env.WEFT_URL;

/** Weft with a plan brought in through Home, as people do. */
function weft(file) {
  return {
    name: "Weft",
    kind: "weft",
    home: weftUrl,
    key: undefined,
    direct() {
      return `${weftUrl}#/plan/${this.key}/weave`;
    },
    async seed(context) {
      const page = await fresh(context);
      await page.goto(weftUrl);
      await ready(page, "weft");
      const chosen = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Open a file" }).click();
      await (await chosen).setFiles(file);
      await page.waitForURL(/#\/plan\/\w+/, { timeout: 120_000 });
      this.key = page.url().match(/#\/plan\/(\w+)/)[1];
      await page.waitForSelector(".save-state.good", { timeout: 120_000 });
      const kept = await page.evaluate(() => navigator.storage.estimate());
      await page.close();
      return kept.usage;
    },
  };
}

/** Until the program is there. Not the driver's own `waitForFunction`: that
 * evaluates strings, which the page's policy refuses. */
const ready = (page, kind) =>
  page.evaluate((kind) => window.__probe.until(window.__probe.kinds[kind].ready), kind);

function peer(store, grid, plan) {
  const file = `${store}-${grid}.html`;
  return {
    name: `${store} + ${grid === "ag" ? "AG Grid" : "x-data-spreadsheet"}`,
    kind: grid,
    home: peersUrl + file,
    key: plan,
    direct: () => `${peersUrl}${file}#${plan}`,
    async seed(context) {
      const page = await fresh(context);
      await page.goto(peersUrl + file);
      await ready(page, grid);
      const bytes = await page.evaluate((name) => window.bench.seed(name), plan);
      await page.close();
      return bytes;
    },
  };
}

/** Weft first, then the four pairs of peers. */
export function pairs(plan, file) {
  const peers = ["yjs", "loro"].flatMap((store) => ["ag", "xds"].map((grid) => peer(store, grid, plan)));
  return [weft(file), ...peers];
}

/** Weft first, then the two grids. */
export function grids(plan, file) {
  const named = (name, subject) => Object.assign(subject, { name });
  return [
    weft(file),
    named("AG Grid", peer("yjs", "ag", plan)),
    named("x-data-spreadsheet", peer("yjs", "xds", plan)),
  ];
}

/** A page with the plan not yet open: the program is there and at rest. */
export async function atHome(context, subject) {
  const page = await fresh(context);
  await page.goto(subject.home);
  await ready(page, subject.kind);
  if (subject.kind === "weft") await allParts(page);
  return page;
}

/** Home fetches the parts that open a plan once the person moves. */
async function allParts(page) {
  const last = page.waitForResponse((response) => response.url().endsWith("/split_transfer.wasm"));
  await page.mouse.move(300, 300);
  await page.mouse.move(310, 300);
  await (await last).finished();
}

/** A page with the plan open and painted, and the milliseconds that it took. */
export async function opened(context, subject) {
  const page = await atHome(context, subject);
  await page.waitForTimeout(200); // what the start leaves behind
  const millis = await page.evaluate(([kind, key]) => window.__probe.open(kind, key), [subject.kind, subject.key]);
  return { page, millis };
}

/** Fails when nothing was painted: checked once for each subject, outside of any
 * measured time. */
export async function reallyPainted(page, subject) {
  const colours = await page.evaluate((kind) => window.__probe.kinds[kind].colours(), subject.kind);
  if (colours < 5) throw new Error(`${subject.name}: the grid shows ${colours} colours, it is not painted`);
}

/** The subjects of one repeat, each time beginning with another. */
export function turned(subjects, repeat) {
  const at = repeat % subjects.length;
  return [...subjects.slice(at), ...subjects.slice(0, at)];
}
