// What the tests stand on: a context that serves one after another is empty each time.

import assert from "node:assert/strict";
import { test } from "node:test";
import { anyDevice, screens } from "./support/browser.mjs";
import { takeBack } from "./support/contexts.mjs";

const options = { locale: "en-GB", viewport: screens.desktop };

/** What this page's origin holds, by kind. */
const held = (page) =>
  page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map((one) => one.name),
    local: Object.keys(localStorage),
    session: Object.keys(sessionStorage),
    caches: await caches.keys(),
    cookies: document.cookie,
    reads: (await navigator.permissions.query({ name: "clipboard-read" })).state,
  }));

test("a device that a test gives back holds nothing when the next one gets it", async () => {
  const { context, page } = await anyDevice(options);
  const before = await held(page);
  await page.evaluate(async () => {
    localStorage.setItem("one", "1");
    sessionStorage.setItem("one", "1");
    document.cookie = "one=1";
    await caches.open("one");
    const opening = indexedDB.open("one", 1);
    await new Promise((done) => {
      opening.onsuccess = done;
    });
  });
  await context.grantPermissions(["clipboard-read"]);
  assert.notDeepEqual(await held(page), before, "something is held");
  await context.newPage();
  await takeBack(false);
  const again = await anyDevice(options);
  assert.equal(again.context, context, "the same context");
  assert.deepEqual(await held(again.page), before);
  assert.equal(context.pages().length, 2, "its keeper and the new page");
  await takeBack(false);
});

test("a device with which a test did what cannot be taken back, or that failed, serves no other", async () => {
  const ways = {
    "a script": ({ context }) => context.addInitScript("1"),
    "a clock": ({ page }) => page.clock.setFixedTime(0),
    "a page that died": async ({ page }) => {
      const died = page.waitForEvent("crash");
      page.goto("chrome://crash").catch(() => {});
      await died;
    },
    "a failed test": () => true,
  };
  for (const [name, way] of Object.entries(ways)) {
    const one = await anyDevice(options);
    const failed = await way(one);
    await takeBack(failed === true);
    const other = await anyDevice(options);
    assert.notEqual(other.context, one.context, name);
    await takeBack(false);
  }
});
