// P8: the weave of a plan as a workbook, from the choice on the page Export to the file
// that is there to be saved, beside libraries that write the same cells; and the
// workbook of the whole plan.

import { cpSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fresh } from "./chromium.mjs";
import { median, megabytes, number, p95, table, times, whole } from "./figures.mjs";
import { pairs } from "./subjects.mjs";

const peersUrl = process.env.PEERS_URL;
const plans = {
  large: "5 % of 1,000 × 500 cells",
  dense: "100 % of 180 × 250 cells",
  full: "100 % of 400 × 500 cells",
};

/** Measures all and gives the section of the report. */
export async function writing(context, folder, repeats) {
  const peers = [];
  for (const [name, file] of Object.entries({ SheetJS: "sheetjs", ExcelJS: "exceljs" })) {
    const page = await fresh(context);
    await page.goto(`${peersUrl}book-${file}.html`);
    await page.waitForFunction(() => document.body.dataset.ready === "yes");
    peers.push({ name, write: (plan) => page.evaluate((plan) => window.bench.write(plan), plan), close: () => page.close() });
  }
  const sections = [];
  for (const [plan, filled] of Object.entries(plans)) {
    const [subject] = pairs(plan, `${folder}/${plan}.json`);
    await subject.seed(context);
    const page = await fresh(context);
    await page.goto(subject.direct().replace(/weave$/, "export"));
    await page.locator('[data-way="xlsx"]').waitFor({ timeout: 120_000 });
    const weft = { name: "Weft", found: [], write: () => made(page, "xlsx_weave") };
    const everything = { name: "Weft, all sheets", found: [], write: () => made(page, "xlsx") };
    const others = peers.map((peer) => ({ ...peer, found: [] }));
    // All sheets of a full plan leave no Worker behind, so they come after the weave.
    await interleaved([weft, ...others], plan, repeats);
    const memory = await held(page);
    await interleaved([everything], `${plan}, all sheets`, repeats);
    const all = [weft, everything, ...others];
    const of = (one, figure) => one.found.map((found) => found[figure]);
    const longest = (one) => `p50 ${number(median(of(one, "longest")))} ms, p95 ${number(p95(of(one, "longest")))} ms`;
    sections.push(`${filled}

${compared(all)}

Weft's longest task on the page's thread: the weave ${longest(weft)}, all sheets ${longest(everything)} (bar: 50 ms); the memory of the Worker's program, which never shrinks: ${memory} after the weave (bar: 100 MB), ${await held(page)} after all sheets.
`);
    await page.close();
  }
  sections.push(await alone(context, folder, peers, repeats));
  for (const peer of peers) await peer.close();
  return `## P8: a workbook

Weft: from the click on the format to the made file with a look into it; the Worker has the plan and its figures from the format before, as the peers have their rows. The peers: the sheet of the weave from rows of text.

${sections.join("\n")}`;
}

/** A weave of which no cell is empty and that no file may hold: Weft's Worker beside
 * the peers, each from what it has in memory to the bytes, without Weft's page. */
async function alone(context, folder, peers, repeats) {
  const served = process.env.PEERS_DIST;
  const app = join(process.env.WEFT_DIST, "app");
  const parts = readdirSync(app).filter((name) => /^sandbox-\w+\.(js|wasm)$/.test(name));
  for (const name of parts) cpSync(join(app, name), join(served, name));
  for (const name of ["weave-first.job", "weave-next.job"]) cpSync(join(folder, name), join(served, name));
  const page = await fresh(context);
  await page.goto(`${peersUrl}book-sheetjs.html`);
  const [script, wasm] = ["js", "wasm"].map((kind) => parts.find((name) => name.endsWith(kind)));
  await page.evaluate(
    async ([script, wasm]) => {
      const worker = new Worker(`./${script}`);
      const ask = (message) =>
        new Promise((done, failed) => {
          worker.onerror = failed;
          worker.onmessage = ({ data }) => {
            if (data.kind === "progress") return;
            if (data.kind === "ready" || data.files?.length) done(data);
            else failed(new Error(JSON.stringify(data)));
          };
          worker.postMessage(message);
        });
      await ask({ kind: "start", wasm: `./${wasm}` });
      window.make = async (which) => {
        const job = new Uint8Array(await (await fetch(`./weave-${which}.job`)).arrayBuffer());
        const began = performance.now();
        const { files, memory } = await ask({ kind: "job", job, names: [], blobs: [] });
        return { millis: performance.now() - began, bytes: files[0].size, memory };
      };
    },
    [script, wasm],
  );
  const first = await page.evaluate(() => window.make("first"));
  const weft = { name: "Weft's Worker", found: [], write: () => page.evaluate(() => window.make("next")) };
  const all = [weft, ...peers.map((peer) => ({ ...peer, found: [] }))];
  await interleaved(all, "whole", repeats);
  await page.close();
  return `100 % of 1,000 × 500 cells, in the Worker alone

${compared(all)}

The first time, with the plan's way in and its figures: ${number(first.millis)} ms; the memory of the Worker's program: ${megabytes(weft.found.at(-1).memory)} MB (bar: 100 MB).
`;
}

/** The rows of the table, the first of all being Weft. */
function compared(all) {
  const of = (one, figure) => one.found.map((found) => found[figure]);
  const rows = all.map((one) => [
    one.name,
    number(median(of(one, "millis"))),
    number(p95(of(one, "millis"))),
    times(median(of(all[0], "millis")) / median(of(one, "millis"))),
    whole(median(of(one, "bytes")) / 1000),
  ]);
  return table(["", "p50", "p95", "Weft ÷ this", "KB"], rows);
}

/** Measures all in turn, beginning with another one each time. */
async function interleaved(all, what, repeats) {
  for (let repeat = 0; repeat <= repeats; repeat += 1) {
    console.log(repeat ? `  ${what}: repeat ${repeat} of ${repeats}` : `  ${what}: warming up`);
    for (let turn = 0; turn < all.length; turn += 1) {
      const one = all[(turn + repeat) % all.length];
      const found = await one.write(what.split(",")[0]);
      if (repeat > 0) one.found.push(found);
    }
  }
}

/** What the Worker's program holds; one that holds more than 128 MiB is ended. */
async function held(page) {
  const [worker] = page.workers();
  if (!worker) return "more than 128 MiB";
  return `${megabytes(await worker.evaluate("program.memory.buffer.byteLength"))} MB`;
}

/** Chooses another format and then the workbook, and waits for its file. */
async function made(page, way) {
  await page.locator('[data-way="icalendar"]').click();
  await page.waitForTimeout(300); // what that leaves behind
  const found = await page.evaluate(async (way) => {
    const tasks = [];
    const watch = new PerformanceObserver((list) => tasks.push(...list.getEntries()));
    watch.observe({ type: "longtask" });
    const began = performance.now();
    document.querySelector(`[data-way="${way}"]`).click();
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const there = () => document.querySelector(".export-seen");
    if (there()) throw new Error("there is nothing to wait for");
    while (!there()) await frame();
    const millis = performance.now() - began;
    await new Promise((done) => setTimeout(done, 300)); // observers are told late
    watch.disconnect();
    return { millis, longest: Math.max(0, ...tasks.map(({ duration }) => duration)) };
  }, way);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.locator(".export-format .button.primary").click(),
  ]);
  const bytes = await download.createReadStream().then(async (stream) => {
    let size = 0;
    for await (const chunk of stream) size += chunk.length;
    return size;
  });
  return { ...found, bytes };
}
