// Changes that somebody made to do harm, with every sum right: they come over a shared
// folder. Loro may stop over some of them; that must happen in the Worker and never in the
// program that holds the plan.

import assert from "node:assert/strict";
import { weft } from "./support/browser.mjs";
import { chance } from "./support/chance.mjs";
import { choose, drive, files, partnerAt } from "./support/drive.mjs";
import { framed, frames, summed } from "./support/frames.mjs";
import { addModule, introduce, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";

/** How many files, and how many changes in each: one change that stops the Worker
 * hides those behind it in its file. */
const [many, each] = [125, 4];

/** A change with some bytes behind its head made others. */
function crafted(update, draw) {
  let bytes = Buffer.from(update);
  for (let times = 1 + draw(4); times > 0; times -= 1) {
    const at = 22 + draw(bytes.length - 22);
    const kind = draw(5);
    if (kind === 0) bytes[at] ^= 1 << draw(8);
    else if (kind === 1) bytes[at] = [0, 1, 0x7f, 0x80, 0xff][draw(5)];
    else if (kind === 2) bytes[at] = draw(256);
    else if (kind === 3) bytes.fill(0xff, at, Math.min(at + 4, bytes.length));
    else bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
  }
  return summed(bytes);
}

weft("five hundred crafted changes in a shared folder stop no program but the Worker's", async ({ page, context, watch }) => {
  const stopped = [];
  page.on("console", (message) => message.text().includes("the sandbox stopped") && stopped.push(message.text()));
  await drive(context);
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing");
  const file = await sent(page, plan);

  // What a partner has really written, and this device has not read.
  const other = await partnerAt(watch, plan, file, "Weber");
  const written = async () => {
    const [text] = Object.values(await files(other));
    return text ? frames(Buffer.from(text, "latin1")) : [];
  };
  for (const [at, title] of ["Broaching", "Honing", "Lapping"].entries()) {
    await addModule(other, plan, title);
    for (let turn = 0; (await written()).filter(([letter]) => letter === "U").length < at + 2; turn += 1) {
      assert.ok(turn < 60, "the partner's change never came into the folder");
      await other.waitForTimeout(250);
    }
  }
  const all = await written();
  await other.context().close();
  const words = JSON.parse(all[0][1].toString());
  // The first holds the plan, which is here already.
  const real = all.filter(([letter]) => letter === "U").slice(1).map(([, body]) => body);
  assert.deepEqual(summed(real[0]), Buffer.from(real[0]), "the sum is worked out as Loro does");

  await addModule(page, plan, "Before all that");
  await choose(page, plan);
  const draw = chance(20_261_126);
  const folder = Array.from({ length: many }, (_, number) => {
    const device = `0000000000${number.toString(32)}`.slice(-10);
    const changes = Array.from({ length: each }, () => framed("U", crafted(real[draw(real.length)], draw)));
    const bytes = Buffer.concat([framed("H", Buffer.from(JSON.stringify({ ...words, device }))), ...changes]);
    return [`weft-${words.plan}-${device}.weftpart`, bytes.toString("latin1")];
  });
  // Whether Loro stops over one of them depends on its build: one stops the Worker for
  // certain, by another script in its place.
  const known = crafted(real[0], draw);
  await context.route("**/sandbox-*.js", async (route) => {
    const answer = await route.fetch();
    const bad = `
      const whole = wasm_bindgen.answer;
      const text = new TextDecoder("latin1");
      const known = text.decode(Uint8Array.from(${JSON.stringify([...known])}));
      wasm_bindgen.answer = (job) => {
        if (text.decode(job).includes(known)) throw new WebAssembly.RuntimeError("out of bounds");
        return whole(job);
      };`;
    await route.fulfill({ response: answer, body: (await answer.text()) + bad });
  });
  const stops = [framed("H", Buffer.from(JSON.stringify({ ...words, device: "zzzzzzzzzz" }))), framed("U", known)];
  folder.push([`weft-${words.plan}-zzzzzzzzzz.weftpart`, Buffer.concat(stops).toString("latin1")]);
  await page.evaluate(async (all) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("shared", { create: true });
    for (const [name, text] of all) {
      const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
      await stream.write(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
      await stream.close();
    }
  }, folder);
  await page.waitForFunction((many) => document.querySelectorAll(".folder-follower").length > many, many);
  console.log(`the Worker was stopped ${stopped.length} times`);
  // Once with all, and once with the file that it is in.
  assert.ok(stopped.length > 1, "nothing did any harm in the Worker: this proves nothing");

  // The program is the one that it was, and goes on.
  await addModule(page, plan, "After all that");
  await page.close({ runBeforeUnload: false });
  const again = await context.newPage();
  await goTo(again, plan, "modules");
  await again.getByText("Before all that").first().waitFor();
  await again.getByText("After all that").first().waitFor();
});
