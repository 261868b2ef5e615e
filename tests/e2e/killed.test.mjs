// Tabs and browsers that die in the middle of writing: what a page had shown as
// saved is there, and the plan opens.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { acknowledged } from "./support/acknowledged.mjs";
import { open, weft } from "./support/browser.mjs";
import { chance } from "./support/chance.mjs";
import { profile, start, tear } from "./support/mortal.mjs";
import { blank, bySize, told } from "./support/roles.mjs";
import { stored } from "./support/room.mjs";

const rounds = 20;
/** So high that every line is drawn. */
const tall = { width: 1280, height: 6_000 };

test("no edit that was shown as saved is lost when the tab is closed or the browser killed at a random moment, also within an entry of its log", { timeout: 600_000 }, async () => {
  const random = chance(20_260_903);
  const disk = profile();
  let browser = await start(disk);
  try {
    let page = await browser.context.newPage();
    await page.setViewportSize(tall);
    let saved = await acknowledged(browser.context);
    const all = new Set();
    const plan = await blank(page);
    let kills = 0;
    let torn = 0;
    for (let round = 0; round < rounds; round += 1) {
      const dies = random(2) === 0;
      const edits = 1 + random(4);
      // Somewhere within the edit that follows them, or right after it.
      const keys = random(9);
      const wait = random(40);
      const before = await page.locator(".outline .line").count();
      await page.locator(".outline .line-words input").last().focus();
      // The last line may have words: what was done after it was not saved.
      await page.keyboard.press("Enter");
      await bySize(page, before + 1);
      for (let edit = 0; edit < edits; edit += 1) {
        await page.keyboard.type(`R${round}.${edit}`);
        await page.keyboard.press("Enter");
      }
      await bySize(page, before + 1 + edits);
      await page.keyboard.type("unfinished".slice(0, keys));
      if (keys > 4) await page.keyboard.press("Enter");
      await pause(wait);
      if (dies) {
        kills += 1;
        await browser.kill();
        // Every other one in the middle of an entry.
        if (kills % 2 === 0) torn += tear(disk);
        browser = await start(disk);
      } else {
        await page.close({ runBeforeUnload: false });
      }
      for (const line of saved) all.add(line);
      if (dies) saved = await acknowledged(browser.context);
      page = await browser.context.newPage();
      await page.setViewportSize(tall);
      await open(page, `${plan}/jobs`);
      await page.locator(".outline .line").first().waitFor().catch(async () => {
        const how = dies ? "killed" : "closed";
        const words = await page.locator("body").innerText();
        // Whether the browser has lost all of it, or the program a plan.
        const [records, cards] = JSON.parse(await stored(page)).map((rows) => rows.length);
        assert.fail(`round ${round}, ${how}: the plan did not open, of ${cards} cards and ${records} records: ${words}`);
      });
      const there = new Set(await told(page));
      const lost = [...all].filter((line) => !there.has(line));
      assert.deepEqual(lost, [], `lost in round ${round}, ${dies ? "killed" : "closed"}`);
    }
    assert.ok(kills >= 5 && kills <= rounds - 5, `${kills} of ${rounds} rounds kill the browser`);
    assert.ok(torn >= 2, `${torn} logs were torn: the browser keeps its store in another way`);
    assert.ok(all.size >= rounds, `only ${all.size} edits were shown as saved`);
  } finally {
    await browser.kill();
    disk.remove();
  }
});

weft("five tabs write one plan, one of them dies while it writes, five times: all has what any had shown as saved", async ({ page: first, context, allow }) => {
  allow(/^the page crashed$/);
  const random = chance(8_050_926);
  const saved = await acknowledged(context);
  await first.close();
  const tab = async (address) => {
    const page = await context.newPage();
    await page.setViewportSize(tall);
    if (!address) return page;
    await open(page, address);
    await page.locator(".outline .line").first().waitFor();
    return page;
  };
  const begun = await tab();
  const plan = `${await blank(begun)}/jobs`;
  const tabs = [begun];
  while (tabs.length < 5) tabs.push(await tab(plan));
  for (let round = 0; round < 5; round += 1) {
    const victim = random(5);
    const protocol = await context.newCDPSession(tabs[victim]);
    const dead = new Promise((tell) => tabs[victim].once("crash", tell));
    const writing = tabs.map((page, at) => {
      if (at !== victim) return write(page, `R${round}.${at}`, 4, 5 + random(20));
      // Without an end: it dies on the way.
      return write(page, `R${round}.${at}`, Infinity, 5 + random(60), 1 + random(3)).catch(() => {});
    });
    // However far it is by then.
    await heard(saved, (line) => line.startsWith(`R${round}.${victim}.`), 1 + random(3));
    // Nobody is left to answer.
    protocol.send("Page.crash").catch(() => {});
    await dead;
    await Promise.all(writing);
    await tabs[victim].close();
    tabs.splice(victim, 1);
    for (const page of tabs) await page.locator(".topbar .save-state.good").waitFor();
    for (let other = 0; other < 5; other += 1) {
      if (other !== victim) await heard(saved, (line) => line.startsWith(`R${round}.${other}.`), 4);
    }
    const union = [...saved];
    for (const page of tabs) await shows(page, union);
    tabs.push(await tab(plan));
    await shows(tabs.at(-1), union);
  }
  await Promise.all(tabs.map((page) => page.close({ runBeforeUnload: false })));
  await shows(await tab(plan), [...saved]);
});

/**
 * Writes lines in a tab, one after the other, also where another one is in front.
 * After each `burst` of lines it waits until they are shown as saved: how fast that
 * is depends on the machine, and who never stops is never told.
 */
function write(page, name, lines, pause, burst = Infinity) {
  return page.evaluate(
    async ([name, lines, pause, burst]) => {
      const value = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value");
      const turn = (millis) => new Promise((done) => setTimeout(done, millis));
      const next = async (input) => {
        input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
        while (document.activeElement === input || !document.activeElement.matches(".line-words input")) await turn(1);
      };
      const last = [...document.querySelectorAll(".outline .line .line-words input")].at(-1);
      last.focus();
      // A line of its own: two tabs that write in one would merge by letter.
      await next(last);
      for (let line = 0; line < lines; line += 1) {
        const input = document.activeElement;
        value.set.call(input, `${name}.${line}`);
        input.dispatchEvent(new InputEvent("input", { bubbles: true }));
        await next(input);
        await turn(pause);
        if ((line + 1) % burst === 0) while (!document.querySelector(".topbar .save-state.good")) await turn(5);
      }
    },
    [name, lines, pause, burst],
  );
}

/** Waits until so many lines that fit were shown as saved. */
async function heard(saved, fits, count) {
  for (let turn = 0; [...saved].filter(fits).length < count; turn += 1) {
    assert.ok(turn < 9_000, `${count} lines were never shown as saved: ${[...saved].filter(fits)}`);
    await pause(10);
  }
}

/**
 * Waits until a page shows all these lines. Only what is in view is drawn, and how
 * far a tab gets before it dies is for the machine to say: the page is made as high
 * as its outline.
 */
async function shows(page, lines) {
  let missing = lines;
  for (const end = Date.now() + 90_000; missing.length > 0 && Date.now() < end; await pause(50)) {
    const outline = await page.locator(".outline").evaluate((it) => it.getBoundingClientRect().height);
    const height = Math.ceil((outline + 1_000) / 1_000) * 1_000;
    if (height > page.viewportSize().height) await page.setViewportSize({ ...tall, height });
    const there = new Set(await told(page));
    missing = lines.filter((line) => !there.has(line));
  }
  assert.deepEqual(missing, [], "lines that were shown as saved are missing");
}
