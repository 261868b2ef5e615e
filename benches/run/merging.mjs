// P6: what twenty partners did apart, 500 operations each, comes into the open plan
// *large* at once.

import { readFileSync } from "node:fs";
import { fresh } from "./chromium.mjs";
import { median, number, p95, table, times, whole } from "./figures.mjs";

const peersUrl = process.env.PEERS_URL;
const weftUrl = process.env.WEFT_URL;

/** Measures all and gives the section of the report. */
export async function merging(context, plans, repeats) {
  const { plan, links, cells, frames } = JSON.parse(readFileSync(`${plans}/partners.json`, "utf8"));
  const peers = [];
  for (const name of ["yjs", "loro", "automerge"]) {
    const page = await fresh(context);
    await page.goto(`${peersUrl}merge-${name}.html`);
    await page.waitForFunction(() => document.body.dataset.ready === "yes", undefined, { timeout: 300_000 });
    peers.push({ name, page, millis: [], bytes: await page.evaluate(() => window.bench.bytes) });
  }
  const weft = { name: "Weft", millis: [], tasks: [], work: [], bytes: frames.reduce((sum, one) => sum + one.length, 0) };
  for (let repeat = 0; repeat <= repeats; repeat += 1) {
    console.log(repeat ? `  repeat ${repeat} of ${repeats}` : "  warming up");
    const turns = [() => one(context, plans, plan, links, frames), ...peers.map((peer) => () => peer.page.evaluate(() => window.bench.merge()))];
    const found = [];
    for (let turn = 0; turn < turns.length; turn += 1) {
      const at = (turn + repeat) % turns.length;
      found[at] = await turns[at]();
    }
    for (const [at, peer] of peers.entries()) {
      // What a figure means: everybody's work is there.
      if (found[at + 1].links !== cells) throw new Error(`${peer.name} has ${found[at + 1].links} cells of ${cells}`);
      if (repeat > 0) peer.millis.push(found[at + 1].millis);
    }
    if (repeat === 0) continue;
    weft.millis.push(found[0].millis);
    weft.tasks.push(found[0].longest);
    weft.work.push(found[0].blocked);
  }
  for (const { page } of peers) await page.close();
  const rows = [weft, ...peers].map(({ name, millis, bytes }) => [
    name,
    number(median(millis)),
    number(p95(millis)),
    times(median(weft.millis) / median(millis)),
    whole(bytes / 1000),
  ]);
  return `## P6: 20 partners × 500 operations into open *large*

Weft: from the first frame heard to the figure of links after the last one painted, saving, totals and findings included. The peers: taking the updates into the document alone.

${table(["", "p50", "p95", "Weft ÷ this", "KB"], rows)}

Weft's longest task on the page's thread: p50 ${number(median(weft.tasks))} ms, p95 ${number(p95(weft.tasks))} ms (bar: 50 ms); in long tasks altogether p50 ${number(median(weft.work))} ms.
`;
}

/** Opens the plan anew from its file, lets the frames in as from another tab, and
 * gives the time until all is seen. */
async function one(context, plans, plan, links, frames) {
  const sender = await fresh(context);
  await sender.protocol.send("Storage.clearDataForOrigin", { origin: new URL(weftUrl).origin, storageTypes: "all" });
  await sender.goto(weftUrl);
  const page = await fresh(context);
  await page.goto(weftUrl);
  await page.evaluate(() => window.__probe.until(window.__probe.kinds.weft.ready));
  const chosen = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: "Open a file" }).click();
  await (await chosen).setFiles(`${plans}/large.weft`);
  await page.waitForURL(/#\/plan\/\w+/, { timeout: 120_000 });
  await page.waitForSelector(".save-state.good", { timeout: 120_000 });
  await page.evaluate((plan) => (location.hash = `#/plan/${plan}/weave`), plan);
  await page.evaluate(() => window.__probe.until(window.__probe.kinds.weft.painted));
  // The first edit's unpacking happens while nobody waits.
  await page.waitForTimeout(1_500);
  const line = `weft:${plan}`;
  await sender.evaluate(
    ([name, frames]) => {
      window.line = new BroadcastChannel(name);
      window.waiting = frames.map((frame) => new Uint8Array(frame));
    },
    [line, frames],
  );
  const wanted = `${links.toLocaleString("en-GB")} links`;
  const before = await page.locator(".weave-count").innerText();
  if (before.includes(wanted)) throw new Error("there is nothing to wait for");
  await page.evaluate(
    ([name, wanted]) => {
      const tasks = [];
      new PerformanceObserver((list) => tasks.push(...list.getEntries())).observe({ type: "longtask" });
      window.merged = new Promise((done) => {
        let began;
        const look = () => {
          if (!document.querySelector(".weave-count").textContent.includes(wanted)) return requestAnimationFrame(look);
          const ended = performance.now();
          // Clashes are looked for a moment later.
          setTimeout(() => {
            const long = tasks.filter((task) => task.startTime + task.duration > began).map((task) => task.duration);
            done({ millis: ended - began, longest: Math.max(0, ...long), blocked: long.reduce((sum, one) => sum + one, 0) });
          }, 1_500);
        };
        new BroadcastChannel(name).onmessage = () => {
          if (began === undefined) {
            began = performance.now();
            requestAnimationFrame(look);
          }
        };
      });
    },
    [line, wanted],
  );
  await sender.evaluate(() => window.waiting.forEach((frame) => window.line.postMessage(frame)));
  const found = await page.evaluate(() => window.merged);
  await page.close();
  await sender.close();
  return found;
}
