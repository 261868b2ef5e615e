// What is sent with ill intent, or came to harm on its way, against the real program
// in the browser: frames between tabs and whole files. The plan is as it was, nothing
// breaks, and editing and saving go on.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { open, url, weft } from "./support/browser.mjs";
import { chance } from "./support/chance.mjs";
import { addModule, received, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const count = (page) => page.locator(".module-card").count();

weft("five hundred spoilt frames from another tab change nothing", async ({ page, context }) => {
  const plan = await openPlan(page, example());
  const id = plan.match(/plan\/([0-9a-z]+)/)[1];
  // Another page of this origin listens, without a plan open.
  const other = await context.newPage();
  await open(other, `${url}#/`);
  await other.evaluate((name) => {
    window.heardFrames = [];
    window.line = new BroadcastChannel(name);
    window.line.onmessage = (event) => window.heardFrames.push([...event.data]);
  }, `weft:${id}`);
  for (const title of ["Broaching", "Honing", "Lapping"]) await addModule(page, plan, title);
  const real = (await other.evaluate(() => window.heardFrames)).filter((frame) => frame[1] === "C".charCodeAt(0));
  assert.ok(real.length >= 3, `${real.length} frames with changes`);
  const before = await count(page);

  const draw = chance(10);
  const spoilt = Array.from({ length: 500 }, (_, round) => {
    const frame = real[round % real.length].slice();
    // Behind the head: under a name that nobody knows yet, as a partner's would be.
    for (let at = 2; at < 10; at += 1) frame[at] = 1 + draw(255);
    for (let times = 1 + draw(4); times > 0; times -= 1) frame[26 + draw(frame.length - 26)] = draw(256);
    return draw(4) === 0 ? frame.slice(0, 18 + draw(frame.length - 18)) : frame;
  });
  await other.evaluate((all) => all.forEach((frame) => window.line.postMessage(new Uint8Array(frame))), spoilt);
  // What comes behind them has its turn after them.
  await addModule(page, plan, "Still editable");
  await soon.equal(() => count(page), before + 1);
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await goTo(again, plan, "modules");
  await again.getByText("Still editable").first().waitFor();
  await soon.equal(() => count(again), before + 1);
});

/** A file whose own sum is right, with bytes of its history changed. */
function crafted(file, draw) {
  const body = Buffer.from(file.subarray(0, file.length - 32));
  const history = 22 + file.readUInt32LE(10);
  for (let times = 1 + draw(4); times > 0; times -= 1) body[history + draw(body.length - history)] ^= 1 + draw(255);
  return Buffer.concat([body, createHash("sha256").update(body).digest()]);
}

weft("files that were changed, cut or made up are refused with a word, and the plan stays", async ({ page, context }) => {
  const plan = await openPlan(page, example());
  const file = await sent(page, plan);
  // Unsigned, so that the sum stands at its end.
  const bare = file.subarray(0, 22 + file.readUInt32LE(10) + Number(file.readBigUInt64LE(14)) + 32);
  await goTo(page, plan, "modules");
  await page.locator(".module-card").first().waitFor();
  const before = await count(page);
  const draw = chance(11);
  for (let round = 0; round < 24; round += 1) {
    let body;
    if (round % 3 === 0) body = crafted(bare, draw);
    else if (round % 3 === 1) body = file.subarray(0, 1 + draw(file.length - 1));
    else {
      body = Buffer.from(file);
      body[draw(bare.length)] ^= 1 << draw(8);
    }
    const device = await context.newPage();
    await received(device, body);
    await device.locator(".banner, [role=dialog]").first().waitFor();
    assert.equal(new URL(device.url()).hash, "#/", `round ${round}: it was opened`);
    await device.close();
  }
  const again = await context.newPage();
  await goTo(again, plan, "modules");
  await again.locator(".module-card").first().waitFor();
  await soon.equal(() => count(again), before);
  await addModule(again, plan, "Still editable");
  await soon.equal(() => count(again), before + 1);
});
