// The one HTML file in Firefox and WebKit, where the machine has them: the
// enterprise has nothing but the file, and the school takes in what comes back.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { weft } from "./support/browser.mjs";
import { standing } from "./support/paper.mjs";
import { arrived, met, received } from "./support/partners.mjs";
import { named, signed, versions } from "./support/signing.mjs";
import { NAME, WORKS, made, onDisk, school, takenIn } from "./support/single.mjs";
import { soon } from "./support/soon.mjs";
import { missing, start } from "./support/webdriver.mjs";

const go = (works, name) => works.run("location.hash = location.hash.replace(/(plan.[^/]+.).*$/, `$1${arguments[0]}`)", name);
const state = (works, words) => works.seek(".topbar .save-state", words);

async function introduce(works) {
  await works.click(".rail-item", "You");
  await works.fill(await works.field("dialog[open]", "Name"), NAME);
  // The party is a list of the browser's own, which drivers open in ways of their own.
  await works.run(
    `const named = (list) => [...list.options].find((option) => option.text === arguments[0]);
     const list = [...document.querySelectorAll("dialog[open] select")].find(named);
     list.value = named(list).value;
     list.dispatchEvent(new Event("input", { bubbles: true }));
     list.dispatchEvent(new Event("change", { bubbles: true }));`,
    WORKS,
  );
  await works.click("dialog[open] button", "Save");
  await works.gone("dialog[open]");
}

/** Saves by the button in the bar. What is handed to the browser is looked at on
 * its way: where a browser puts it, each decides for itself. */
async function savedFile(works) {
  await works.run(`
    const make = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (blob) => { window.weftHanded = blob; return make(blob); };
  `);
  await works.click("button", "Save file");
  await state(works, "Saved in the new file");
  const base64 = await works.later(`
    const done = arguments[0];
    const reader = new FileReader();
    reader.onload = () => done(reader.result.split(",")[1]);
    reader.readAsDataURL(window.weftHanded);
  `);
  return Buffer.from(base64, "base64");
}

/** Opens the file on a third device, where all signatures are valid. */
async function verified(engine, html) {
  const office = await start(engine);
  try {
    await office.size(1280, 800);
    await office.go(onDisk(html, `${engine}-office.html`));
    await office.seek(".overview");
    await go(office, "review");
    await office.click("[role=tab]", "Versions and signatures");
    await office.seek(".version .verdict", "Valid");
    await office.seek(".version", "The plan still reads so.");
    assert.equal(await office.run("return document.querySelectorAll('.version .signature').length"), 2);
  } finally {
    await office.end();
  }
}

/** The page with one letter of its plan changed. */
function tampered(html) {
  const text = html.toString();
  const inside = text.indexOf('id="weft-plan">') + 2_000;
  return text.slice(0, inside) + (text[inside] === "A" ? "B" : "A") + text.slice(inside + 1);
}

for (const engine of ["firefox", "webkit"]) {
  const word = missing(engine);
  weft(`the enterprise has nothing but the file, both sign, a third verifies, and what was tampered with is refused, in ${engine}`, { skip: word }, async ({ page }) => {
    const plan = await school(page);
    const html = await made(page, plan);
    const works = await start(engine);
    try {
      await works.size(1280, 800);
      const since = Date.now();
      await works.go(onDisk(html));
      await works.seek(".overview");
      console.log(`${engine}: the plan stands after ${Date.now() - since} ms`);
      await state(works, "As in this file");
      await introduce(works);
      await go(works, "modules");
      await works.click(".module-card", "ZJ01");
      await works.fill(await works.field(".panel", "Hours"), "120", { enter: true });
      await works.seek(".toast", "Proposed to");
      await works.click(".panel [role=tab]", "Comments");
      await works.click(".panel .talk button", "Comment");
      await works.fill(await works.seek(".panel .talk textarea"), "Too few hours for the new drawings.");
      await works.click(".panel .talk button", "Send");
      await works.seek(".panel .comment", "Too few hours");
      await works.click("button", "Add module");
      await works.fill(await works.seek(".panel .item-title textarea"), "Gear hobbing", { enter: true });
      await works.seek(".board", "Gear hobbing");
      await state(works, "Not saved in this file yet");
      const folder = new URL("../../target/screens/", import.meta.url);
      mkdirSync(folder, { recursive: true });
      writeFileSync(new URL(`single-${engine}.png`, folder), await works.picture());
      const back = await savedFile(works);
      await works.go(onDisk(back, `${engine}.html`));
      await works.seek(".overview");
      await state(works, "As in this file");
      await go(works, "modules");
      await works.seek(".board", "Gear hobbing");
      await takenIn(page, plan, back);

      // Both sign what the school has decided.
      const version = page.locator(".version");
      await named(page, plan, "For the committee");
      await signed(page);
      await works.go(onDisk(await made(page, plan), `${engine}-to-sign.html`));
      await works.seek(".overview");
      // A file of its own may be a device of its own to a browser.
      if (await works.run("return !JSON.parse(localStorage.getItem('weft.profile') ?? '{}').name")) await introduce(works);
      await go(works, "review");
      await works.click("[role=tab]", "Versions and signatures");
      await works.seek(".version", "School 1 of 1");
      await works.click(".version button", "Sign");
      await works.click("dialog[open] button", "Sign");
      await works.gone("dialog[open]");
      await works.seek(".version .verdict", "Valid");
      await received(page, await savedFile(works), "signed.html");
      await met(page).getByRole("button", { name: "Merge" }).click();
      await arrived(page);
      await versions(page, plan);
      await version.getByText("Valid", { exact: true }).waitFor();
      await version.getByText("The plan still reads so.").waitFor();
      await soon.equal(() => version.locator(".signature").count(), 2);

      // On paper the hash is on every sheet, also where the edges of a page stay empty.
      if (engine === "firefox") {
        const hash = await version.locator("code").innerText();
        await go(works, "print");
        await works.seek(".paper-hash", hash);
        const read = standing(await works.paper(), hash);
        if (read) assert.ok(read.pages > 3 && read.found === read.pages, JSON.stringify(read));
      }

      // A device that has never seen it verifies; what was changed on the way is refused.
      const both = await made(page, plan);
      await verified(engine, both);
      await works.go(onDisk(tampered(both), `${engine}-changed.html`));
      await works.seek("body", "damaged");
    } catch (error) {
      console.error(await works.run("return document.body.innerText.slice(0, 2000)").catch(String));
      throw error;
    } finally {
      await works.end();
    }
  });
}
