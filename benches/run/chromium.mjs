// One headless Chromium with a profile on disk, so that IndexedDB is the real one
// and compiled programs are cached as they are for people; and what only the
// browser's own protocol can tell: heap after a collection, time spent by the
// page's thread.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

/** The size that quality bars speak of. */
export const viewport = { width: 1200, height: 700 };

const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts it; `close` ends it and removes the profile. */
export async function start() {
  const profile = mkdtempSync(join(tmpdir(), "weft-bench-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.WEFT_CHROMIUM,
    args,
    viewport,
    locale: "en-GB",
  });
  await context.addInitScript({ path: fileURLToPath(new URL("probe.js", import.meta.url)) });
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { context, version: context.browser()?.version() ?? "of unknown version", close };
}

/** A page that fails loudly, with its protocol session as `page.protocol`. */
export async function fresh(context) {
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`in ${page.url()}: ${error.stack ?? error}`));
  page.on("crash", () => console.error(`${page.url()} crashed`));
  page.protocol = await context.newCDPSession(page);
  return page;
}

/** Bytes that the page holds after a collection. */
export async function memory(page) {
  await page.protocol.send("HeapProfiler.collectGarbage");
  const { usedSize } = await page.protocol.send("Runtime.getHeapUsage");
  const wasm = await page.evaluate(() => window.__probe.wasmBytes());
  return { heap: usedSize, wasm };
}

/** From now on counts what the page's thread does, in processor time: others who
 * want the processor do not show in it. */
export async function countWork(page) {
  await page.protocol.send("Performance.enable", { timeDomain: "threadTicks" });
}

/** Milliseconds of script, style and layout since the page began. */
export async function work(page) {
  const { metrics } = await page.protocol.send("Performance.getMetrics");
  const seconds = (name) => metrics.find((metric) => metric.name === name)?.value ?? 0;
  return 1000 * (seconds("ScriptDuration") + seconds("RecalcStyleDuration") + seconds("LayoutDuration"));
}

/** What the page's own script takes from each key to the end of the frame that
 * follows it, in milliseconds of processor time: what the key's event and its
 * microtasks run, and what draws before that frame. Style, layout and paint are
 * the browser's and not in it, nor is what runs as a task of its own, such as
 * saving. By the browser's trace. */
export async function workToTheFrame(page, pressAll) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  page.protocol.on("Tracing.dataCollected", collect);
  await page.protocol.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["devtools.timeline"] },
  });
  await pressAll();
  const ended = new Promise((done) => page.protocol.once("Tracing.tracingComplete", done));
  await page.protocol.send("Tracing.end");
  await ended;
  page.protocol.off("Tracing.dataCollected", collect);
  const isKey = ({ name, args }) => name === "EventDispatch" && args?.data?.type === "keydown";
  const keys = events.filter(isKey).sort((a, b) => a.ts - b.ts);
  if (!keys.length) return [];
  const { pid, tid } = keys[0];
  const own = events.filter((event) => event.ph === "X" && event.pid === pid && event.tid === tid);
  return keys.map((key, index) => {
    const until = keys[index + 1]?.ts ?? Infinity;
    const within = own.filter(({ ts }) => ts > key.ts && ts < until);
    // Drawn is drawn once the frame's layers are made.
    const drawn = Math.min(...within.filter(({ name }) => name === "Layerize").map(({ ts }) => ts));
    const frames = within.filter(({ name, ts }) => name === "FireAnimationFrame" && ts < drawn);
    return [key, ...frames].reduce((sum, { tdur, dur }) => sum + (tdur ?? dur) / 1000, 0);
  });
}

export const pause = (millis) => new Promise((done) => setTimeout(done, millis));
