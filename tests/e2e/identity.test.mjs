// Who works here: names and parties with every change, keys to compare and to keep.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { open, picture, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { arrived, device, introduce, met, received, saved, sent } from "./support/partners.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { named, signed, versions } from "./support/signing.mjs";
import { SCHOOL } from "./support/single.mjs";
import { soon } from "./support/soon.mjs";

const HAIHENG = "Haiheng Precision Machinery Co., Ltd. (invented)";
const dialog = (page) => page.getByRole("dialog", { name: "Who you are" });
const words = (page) => page.locator(".fingerprint-words").first().innerText();

/** Adds a module: one edit. */
async function edit(page, plan) {
  await goTo(page, plan, "modules");
  await page.getByRole("button", { name: /^Add module/ }).first().click();
  await page.locator(".panel .item-title textarea:focus").waitFor();
  await page.keyboard.type("Gear hobbing");
  await page.keyboard.press("Enter");
  await saved(page);
}

/** Saves the key by the dialog that is open. */
async function keyFile(page) {
  const coming = page.waitForEvent("download");
  await dialog(page).getByRole("button", { name: "Save key as a file" }).click();
  return readFileSync(await (await coming).path());
}

/** Loads a key by the dialog that is open. */
async function loadKey(page, file, passphrase) {
  await dialog(page).getByLabel("Passphrase for the key file").fill(passphrase);
  const chooser = page.waitForEvent("filechooser");
  await dialog(page).getByRole("button", { name: "Load key from a file" }).click();
  await (await chooser).setFiles({ name: "key.json", mimeType: "application/json", buffer: file });
}

weft("a partner's changes come with name and party, and the key can be compared and marked", async ({ page, watch }) => {
  const school = await openPlan(page, example());
  const works = await device(watch);
  await received(works, await sent(page, school));
  await arrived(works);
  await introduce(works, "Ding Hui", HAIHENG);
  await edit(works, school);
  const file = await sent(works, school);
  await received(page, file);
  await met(page).getByText("Signed with a key that you have not compared yet").waitFor();
  await met(page).getByText("Ding Hui").waitFor();
  const theirs = await words(met(page));
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, school, "review");
  await page.locator(".entry").first().getByText(`Ding Hui (${HAIHENG})`).waitFor();
  await page.getByRole("tab", { name: "Partners" }).click();
  const row = page.locator(".partner").filter({ hasText: "Ding Hui" });
  await soon.equal(() => words(row), theirs);
  await works.locator(".rail-item").filter({ hasText: "Ding Hui" }).click();
  await soon.equal(() => words(dialog(works)), theirs, "what the other one sees of their own key");
  await row.getByLabel("I have compared this key").check();
  await accessible(page, "partners");
  await picture(page, "review-partners");
  await dialog(works).getByRole("button", { name: "Save", exact: true }).click();
  await edit(works, school);
  await received(page, await sent(works, school));
  await met(page).getByText(`Signed by Ding Hui (${HAIHENG}), whose key you know`).waitFor();
});

weft("a file that was signed and changed afterwards is refused", async ({ page }) => {
  const school = await openPlan(page, example());
  const signed = await sent(page, school);
  await goTo(page, school, "overview");
  await introduce(page, "Lin Jing");
  const other = await sent(page, school);
  // The signature of one file behind another one, whose own sum is right.
  const forged = Buffer.concat([other.subarray(0, other.length - 97), signed.subarray(signed.length - 97)]);
  await received(page, forged);
  await page.locator(".banner").filter({ hasText: "changed after it had been signed" }).waitFor();
});

weft("a key goes to another device as a file with a passphrase, and nowhere without it", async ({ page, watch }) => {
  await open(page, `${url}#/`);
  await page.locator(".rail-item").filter({ hasText: /^You$/ }).click();
  await dialog(page).getByLabel("Name", { exact: true }).fill("Lin Jing");
  await dialog(page).getByLabel("Passphrase for the key file").fill("warp and weft");
  await accessible(page, "who you are");
  await picture(page, "who-you-are");
  const file = await keyFile(page);
  const mine = await words(dialog(page));
  const seed = await page.evaluate(() => JSON.parse(localStorage.getItem("weft.profile")).seed);
  assert.ok(seed.length === 64 && !file.toString().includes(seed), "the secret is not readable in the file");

  const other = await device(watch);
  await open(other, `${url}#/`);
  await other.locator(".rail-item").filter({ hasText: /^You$/ }).click();
  const load = (passphrase) => loadKey(other, file, passphrase);
  await soon.notEqual(() => words(dialog(other)), mine);
  await load("");
  await dialog(other).getByText("This key file has a passphrase").waitFor();
  await load("weft and warp");
  await dialog(other).getByText("The passphrase is another one").waitFor();
  await load("warp and weft");
  await dialog(other).getByText("This key is yours on this device once you save").waitFor();
  await soon.equal(() => words(dialog(other)), mine);
  await dialog(other).getByRole("button", { name: "Save", exact: true }).click();
  await other.locator(".rail-item").filter({ hasText: "Lin Jing" }).waitFor();
});

weft("who has restored their key on another device is known there as who they are, and their key still signs once", async ({ page, watch }) => {
  const school = await openPlan(page, example());
  await introduce(page, "Lin Jing", SCHOOL);
  await named(page, school, "For the committee");
  await signed(page);
  await page.locator(".rail-item").filter({ hasText: "Lin Jing" }).click();
  await dialog(page).getByLabel("Passphrase for the key file").fill("warp and weft");
  const key = await keyFile(page);
  await dialog(page).getByRole("button", { name: "Save", exact: true }).click();
  const file = await sent(page, school);

  // A partner who has compared the key.
  const works = await device(watch);
  await received(works, file);
  await arrived(works);
  await introduce(works, "Ding Hui", HAIHENG);
  await goTo(works, school, "review");
  await works.getByRole("tab", { name: "Partners" }).click();
  const row = works.locator(".partner").filter({ hasText: "Lin Jing" });
  await row.getByLabel("I have compared this key").check();

  // A new machine, with nothing but the key and the plan.
  const restored = await device(watch);
  await open(restored, `${url}#/`);
  await restored.locator(".rail-item").filter({ hasText: /^You$/ }).click();
  await loadKey(restored, key, "warp and weft");
  await dialog(restored).getByText("This key is yours on this device once you save").waitFor();
  await dialog(restored).getByRole("button", { name: "Save", exact: true }).click();
  await dialog(restored).waitFor({ state: "detached" });
  await received(restored, file);
  await arrived(restored);
  await edit(restored, school);
  await versions(restored, school);
  await restored.locator(".version").getByRole("button", { name: "Sign", exact: true }).click();
  const signing = restored.getByRole("dialog");
  // They still speak for whom they spoke, without saying so again.
  await soon.equal(() => signing.getByLabel("For which partner").locator("option:checked").innerText(), `${SCHOOL} · School`);
  await signing.getByRole("button", { name: "Sign", exact: true }).click();
  await signing.getByText("has signed this already. One key counts once.").waitFor();
  await restored.keyboard.press("Escape");

  await received(works, await sent(restored, school));
  await met(works).getByText(/^Signed by Lin Jing .*, whose key you know/).waitFor();
  await met(works).getByRole("button", { name: "Merge" }).click();
  await arrived(works);
  await goTo(works, school, "review");
  await works.locator(".entry").first().getByText(`Lin Jing (${SCHOOL})`).first().waitFor();
  await works.getByRole("tab", { name: "Partners" }).click();
  await soon.equal(() => row.count(), 1, "two devices with one key are one partner");
});

weft("where the browser keeps nothing, the dialog says so and the name lasts for the page", async ({ page }) => {
  await page.addInitScript(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
  });
  const plan = await openPlan(page, example());
  await page.locator(".rail-item").filter({ hasText: /^You$/ }).click();
  await dialog(page).getByText("This browser keeps nothing for this page").waitFor();
  await accessible(page, "a profile that does not last");
  await picture(page, "profile-fleeting");
  await dialog(page).getByLabel("Name", { exact: true }).fill("Lin Jing");
  await dialog(page).getByRole("button", { name: "Save", exact: true }).click();
  await edit(page, plan);
  await goTo(page, plan, "review");
  await page.locator(".entry").first().getByText("Lin Jing").waitFor();
});
