// P8: the weave of a plan as a workbook, from the choice on the page Export to the file
// that is there to be saved, beside libraries that write the same cells; and the
// workbook of the whole plan.

import { fresh } from "./chromium.mjs";
import { median, megabytes, number, p95, table, times, whole } from "./figures.mjs";
import { pairs } from "./subjects.mjs";

const peersUrl = process.env.PEERS_URL;
const plans = { large: "5 % of 1,000 × 500 cells", dense: "100 % of 180 × 250 cells" };

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
    const weft = { name: "Weft", write: () => made(page, "xlsx_weave") };
    const everything = { name: "Weft, all sheets", write: () => made(page, "xlsx") };
    const all = [weft, everything, ...peers].map((one) => ({ ...one, found: [] }));
    for (let repeat = 0; repeat <= repeats; repeat += 1) {
      console.log(repeat ? `  ${plan}: repeat ${repeat} of ${repeats}` : `  ${plan}: warming up`);
      for (let turn = 0; turn < all.length; turn += 1) {
        const one = all[(turn + repeat) % all.length];
        const found = await one.write(plan);
        if (repeat > 0) one.found.push(found);
      }
    }
    const memory = await page.workers()[0].evaluate("program.memory.buffer.byteLength");
    await page.close();
    const of = (one, figure) => one.found.map((found) => found[figure]);
    const rows = all.map((one) => [
      one.name,
      number(median(of(one, "millis"))),
      number(p95(of(one, "millis"))),
      times(median(of(all[0], "millis")) / median(of(one, "millis"))),
      whole(median(of(one, "bytes")) / 1000),
    ]);
    const longest = [...of(all[0], "longest"), ...of(all[1], "longest")];
    sections.push(`${filled}

${table(["", "p50", "p95", "Weft ÷ this", "KB"], rows)}

Weft's longest task on the page's thread: p50 ${number(median(longest))} ms, p95 ${number(p95(longest))} ms (bar: 50 ms); the memory of the Worker's program, which never shrinks: ${megabytes(memory)} MB (bar: 100 MB).
`);
  }
  for (const peer of peers) await peer.close();
  return `## P8: a workbook

Weft: from the click on the format to the made file with a look into it, the plan's way to the Worker, its totals and findings included. The peers: the sheet of the weave from rows of text.

${sections.join("\n")}`;
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
