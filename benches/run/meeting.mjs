// Beside P6: a partner's file comes into a plan of 200 modules that both have edited
// apart, as a person opens it on Home.

import { fresh } from "./chromium.mjs";
import { median, number, p95, table } from "./figures.mjs";

const weftUrl = process.env.WEFT_URL;

/** Measures and gives the section of the report. */
export async function meeting(context, plans, repeats) {
  const found = { look: [], merge: [], tasks: [] };
  for (let repeat = 0; repeat <= repeats; repeat += 1) {
    console.log(repeat ? `  a partner's file: repeat ${repeat} of ${repeats}` : "  a partner's file: warming up");
    const { look, merge, longest } = await one(context, plans);
    if (repeat === 0) continue;
    found.look.push(look);
    found.merge.push(merge);
    found.tasks.push(longest);
  }
  const row = (name, all) => [name, number(median(all)), number(p95(all))];
  return `### A partner's file into a plan of 200 modules

Both sides have made 500 acts of every kind apart. In ms; the bar is 1,000 from the press of Merge to the merged plan.

${table(["", "p50", "p95"], [row("from the file to what it would change, tried in the Worker", found.look), row("from the press of Merge to the Overview of the merged plan", found.merge), row("longest task on the page's thread meanwhile", found.tasks)])}
`;
}

/** Opens a file on Home. */
async function choose(page, file) {
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a file" }).click();
  await (await chosen).setFiles(file);
}

async function one(context, plans) {
  const page = await fresh(context);
  await page.goto(weftUrl);
  await page.protocol.send("Storage.clearDataForOrigin", { origin: new URL(weftUrl).origin, storageTypes: "indexeddb,local_storage" });
  await page.goto(`${weftUrl}#/`);
  await page.reload();
  await page.evaluate(() => window.__probe.until(window.__probe.kinds.weft.ready));
  await choose(page, `${plans}/here.weft`);
  await page.waitForURL(/#\/plan\/\w+\/overview/, { timeout: 120_000 });
  await page.waitForSelector(".save-state.good", { timeout: 120_000 });
  await page.goto(`${weftUrl}#/`);
  await page.evaluate(() => window.__probe.until(window.__probe.kinds.weft.ready));
  await page.waitForTimeout(1_000);
  await page.evaluate(() => {
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries())).observe({ type: "longtask" });
  });
  const began = await page.evaluate(() => performance.now());
  await choose(page, `${plans}/there.weft`);
  const shown = await page.evaluate(() => window.__probe.until(() => document.querySelector("dialog[open] .button.primary")));
  const look = shown - began;
  const merge = await page.evaluate(async () => {
    const began = performance.now();
    document.querySelector("dialog[open] .button.primary").click();
    const there = () => /overview/.test(location.hash) && document.querySelector(".topbar .save-state");
    return (await window.__probe.until(there)) - began;
  });
  await page.waitForTimeout(500);
  const longest = await page.evaluate(() => Math.max(0, ...window.tasks.map(({ duration }) => duration)));
  await page.close();
  return { look, merge, longest };
}
