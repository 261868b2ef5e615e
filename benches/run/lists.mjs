// Lists of the size in which they are published come in through the page Import:
// chosen, offered, some of them ticked, looked at and taken in.

import { fresh } from "./chromium.mjs";
import { median, number, p95, table, whole } from "./figures.mjs";

const weftUrl = process.env.WEFT_URL;
const published = [
  {
    name: "ESCO",
    said: "3,007 occupations, 13,896 skills, 123,855 relations",
    files: ["esco/occupations_en.csv", "esco/skills_en.csv", "esco/occupationSkillRelations.csv"],
    ticked: 10,
  },
  {
    name: "UK standards",
    said: "2,032 standards with their duties, knowledge, skills and behaviours, 79 MB of JSON",
    files: ["uk/standards.json"],
    ticked: 5,
  },
];

/** Measures and gives the section of the report. */
export async function lists(context, plans, repeats) {
  const sections = [];
  for (const list of published) sections.push(await one(context, plans, repeats, list));
  return `## Published lists

In ms; the bar for ESCO is 5,000 for what a person waits for. Files are handed over by the driver, whose time is in the first row.

${sections.join("\n")}`;
}

async function one(context, plans, repeats, { name, said, files, ticked }) {
  const found = { offered: [], shown: [], taken: [], shares: [], stopped: [], longest: [] };
  const paths = files.map((file) => `${plans}/${file}`);
  for (let repeat = 0; repeat <= repeats; repeat += 1) {
    console.log(repeat ? `  ${name}: repeat ${repeat} of ${repeats}` : `  ${name}: warming up`);
    const figures = await take(context, paths, ticked);
    for (const [figure, value] of Object.entries(figures)) {
      if (repeat > 0) found[figure].push(value);
    }
  }
  const row = (what, all) => [what, number(median(all)), number(p95(all))];
  const rows = [
    row("from the files to what they offer", found.offered),
    row(`${ticked} ticked, from there to what comes in`, found.shown),
    row("taking it in", found.taken),
    row("from pressing Cancel, while files are read, to the page's word", found.stopped),
    row("longest task on the page's thread meanwhile", found.longest),
  ];
  return `### ${name}

${said}.

${table(["", "p50", "p95"], rows)}

What stood there of the progress changed ${whole(median(found.shares))} times (median).
`;
}

async function take(context, files, ticked) {
  const page = await fresh(context);
  await page.goto(weftUrl);
  await page.protocol.send("Storage.clearDataForOrigin", {
    origin: new URL(weftUrl).origin,
    storageTypes: "indexeddb,local_storage",
  });
  await page.reload();
  await page.evaluate(() => window.__probe.until(window.__probe.kinds.weft.ready));
  await page.locator(".home-acts").getByRole("button", { name: "Import a table" }).click();
  await page.locator(".import-drop").waitFor();
  await page.waitForTimeout(1_000);
  await page.evaluate(() => {
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries())).observe({ type: "longtask" });
    window.shares = new Set();
    const look = () => {
      const bar = document.querySelector(".import-work .progress");
      if (bar) window.shares.add(bar.outerHTML);
      requestAnimationFrame(look);
    };
    look();
  });
  // Given up once, as soon as there is something to give up.
  await choose(page, files);
  const stopped = await page.evaluate(async () => {
    const cancel = () => document.querySelector(".import-work button");
    await window.__probe.until(cancel);
    const began = performance.now();
    cancel().click();
    return (await window.__probe.until(() => !document.querySelector(".import-work button"))) - began;
  });
  await page.locator(".import-drop .button.primary").waitFor();
  const began = await page.evaluate(() => performance.now());
  await choose(page, files);
  const there = await page.evaluate(async () => {
    return window.__probe.until(() => document.querySelector(".import-offers"));
  });
  const offered = there - began;
  for (let at = 0; at < ticked; at += 1) await page.locator(".import-offer input").nth(at).check();
  const timed = async (name, there) => {
    const button = page.getByRole("button", { name });
    await button.waitFor();
    return button.evaluate(async (button, there) => {
      const began = performance.now();
      button.click();
      return (await window.__probe.until(() => document.querySelector(there))) - began;
    }, there);
  };
  const shown = await timed("Show what comes in", ".import-first");
  const taken = await timed("Bring it in", ".import-done");
  await page.waitForTimeout(500);
  const { longest, shares } = await page.evaluate(() => ({
    longest: Math.max(0, ...window.tasks.map(({ duration }) => duration)),
    shares: window.shares.size,
  }));
  await page.close();
  return { offered, shown, taken, shares, stopped, longest };
}

/** Chooses files on the page Import. */
async function choose(page, files) {
  const chosen = page.waitForEvent("filechooser");
  await page.locator(".import-drop .button.primary").click();
  await (await chosen).setFiles(files);
}
