// A Chromium for a test file and pages that fail the test on anything the browser
// complains about: console errors, uncaught errors, breaches of the policy.
//
//   import { weft } from "./support/browser.mjs";
//   weft("a plan opens", async ({ page, url }) => { await page.goto(url); … });
//
// Each test has a context for itself, whose storage is empty (`contexts.mjs`).

import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, test } from "node:test";
import { chromium } from "playwright-core";
import { lend, takeBack } from "./contexts.mjs";

/** The editor at the root of a host that sends our headers. */
export const url = required("WEFT_URL");
/** The editor below a path of a host that sends none. */
export const subUrl = required("WEFT_SUB_URL");

/** How many times slower each page runs than this machine would let it. */
const slowness = Number(process.env.WEFT_SLOW ?? 1);

export const flags = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // A page lives for seconds here: to optimise its program takes longer than it saves,
  // to compile what of it is never called does, too, and so does to count the calls
  // that would tell what to optimise.
  "--js-flags=--liftoff-only,--wasm-lazy-compilation,--no-wasm-inlining,--no-wasm-inlining-call-indirect",
];

/** The screens that people look at: a language, a theme, a size. */
export const screens = {
  desktop: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
};

/**
 * How long anything may take before it counts as hanging, in milliseconds. No test
 * measures with it: a machine that is ten times slower still comes through.
 */
const patience = 90_000;

let running;

/** The one Chromium of this test file, with a fresh profile. */
export async function browser() {
  running ??= launched();
  return running;
}

async function launched() {
  const browser = await chromium.launch({ executablePath: process.env.WEFT_CHROMIUM, args: flags });
  const open = browser.newContext.bind(browser);
  browser.newContext = async (options) => {
    const context = await open(options);
    context.setDefaultTimeout(patience);
    if (slowness > 1) context.on("page", slow);
    return context;
  };
  return browser;
}

/**
 * A device with nothing on it, for the rest of this test, and its first page. `heard` is
 * told of each page that is opened there.
 */
export async function anyDevice(options, heard) {
  const open = async (options) => {
    const context = await (await browser()).newContext(options);
    await context.addInitScript(reportViolations);
    return context;
  };
  return lend(open, url, options, heard);
}

after(async () => {
  if (running) await (await running).close();
});

/**
 * A test with a page of its own. The body gets `page`, `context`, `url`, `subUrl`,
 * `watch` (guards a further page of the context), `complaints` (what was said so
 * far) and `allow` (a RegExp for a complaint that the test provokes).
 * `options` go to the browser context: `viewport`, `locale`, `colorScheme`, …; but
 * `skip` is the word for what the machine lacks for this test.
 */
export function weft(name, options, body) {
  if (typeof options === "function") [options, body] = [{}, options];
  const { skip = false, ...contextOptions } = options;
  test(name, { timeout: 5 * patience, skip }, async (t) => {
    const complaints = [];
    const allowed = [];
    const watch = (page) => listen(page, complaints);
    const { context, page } = await anyDevice(
      {
        viewport: screens.desktop,
        locale: "en-GB",
        // A colour half way through its change is nobody's colour.
        reducedMotion: "reduce",
        ...contextOptions,
      },
      watch,
    );
    let passed = false;
    try {
      const allow = (pattern) => allowed.push(pattern);
      await body({ t, page, context, url, subUrl, watch, complaints, allow });
      passed = true;
    } catch (error) {
      // What the browser said tells more than what the test waited for.
      for (const line of complaints) console.error(`${name}: ${line}`);
      throw error;
    } finally {
      await takeBack(!passed);
    }
    const unexpected = complaints.filter((line) => !allowed.some((pattern) => pattern.test(line)));
    assert.deepEqual(unexpected, [], "the browser complained");
  });
}

/** Slows a page down, as `WEFT_SLOW` says: a test that leans on speed shows it. */
async function slow(page) {
  const protocol = await page.context().newCDPSession(page);
  await protocol.send("Emulation.setCPUThrottlingRate", { rate: slowness });
}

function listen(page, complaints) {
  if (page.weftListens) return;
  page.weftListens = true;
  page.on("console", (message) => {
    const text = message.text();
    // Violations come as warnings in some engines; a preload that nobody used is
    // a download for nothing.
    const matters = message.type() === "error" || /Content.Security.Policy|TrustedHTML|TrustedScript|preloaded/i.test(text);
    if (matters) complaints.push(`console: ${text} (${message.location().url})`);
  });
  page.on("pageerror", (error) => complaints.push(`uncaught: ${error.stack ?? error}`));
  page.on("crash", () => complaints.push("the page crashed"));
}

// Runs in the page before anything else.
function reportViolations() {
  addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy violation: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
  });
}

/** Waits until the editor stands on the page; a start that fails is told in its own words. */
export async function ready(page) {
  const start = page.locator("#weft-start");
  await start.waitFor({ state: "detached" }).catch(async () => {
    assert.fail(`the editor did not start: ${await start.textContent()}`);
  });
}

/** Opens an address and waits for the editor. */
export async function open(page, address = url) {
  await page.goto(address);
  await ready(page);
}

/** A picture for people, `target/screens/NAME.png`, where one asks: `WEFT_PICTURES=1 cargo xtask e2e`. */
export async function picture(page, name, options = {}) {
  if (!process.env.WEFT_PICTURES) return;
  const folder = new URL("../../../target/screens/", import.meta.url);
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: new URL(`${name}.png`, folder).pathname, ...options });
}

function required(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run these tests with \`cargo xtask e2e\``);
  return value;
}
