// A plan in a link: as a new plan, as changes, as proposals; locked; cut.

import assert from "node:assert/strict";
import { open, picture, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { arrived, device, introduce, met, received, saved, sent } from "./support/partners.mjs";
import { wayOut } from "./support/files.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";
const WORKS = "Haiheng Precision Machinery Co., Ltd. (invented)";
const card = (page, code) => page.locator(".module-card", { has: page.locator(`.card-code:text-is("${code}")`) });
const field = (page) => page.locator(".panel").getByLabel("Hours").first();

/** Makes a link of the plan on Export. */
async function link(page, plan, passphrase = "") {
  await goTo(page, plan, "export");
  await wayOut(page, "link");
  const section = page.locator(".export-format").filter({ hasText: "no server sees it" });
  await section.locator("input[type=password]").fill(passphrase);
  await section.getByRole("button", { name: "Make link" }).click();
  await section.locator(".link-text").waitFor();
  return section.locator(".link-text").inputValue();
}

async function hours(page, plan, value) {
  await goTo(page, plan, "modules");
  await card(page, "ZJ01").click();
  await field(page).fill(value);
  await field(page).press("Enter");
  await saved(page);
}

/** The example with one module alone: short enough for a code. */
function small() {
  return { format: "weft-plan", version: 1, about: { title: { en: "Turning" } }, modules: [{ title: { en: "Lathes" }, code: "M1" }] };
}

weft("a link opens the whole plan on another device, and leaves the address", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  const made = await link(page, plan);
  assert.ok(made.startsWith(`${url}#/open/p`) && made.length < 30_000, `${made.length} letters`);
  await page.getByText("Some mail and chat programs cut links").waitFor();
  const other = await device(watch);
  await open(other, made);
  await arrived(other);
  await other.locator(".figures").getByText("2,688", { exact: true }).waitFor();
  assert.ok(!other.url().includes("/open/"));
  await open(other, `${url}#/`);
  assert.equal(await other.locator(".home-plans tbody tr").count(), 1);
  // Cut on the way, and changed.
  for (const bad of [made.slice(0, -40), `${made.slice(0, 400)}AAAA${made.slice(404)}`]) {
    await open(other, bad);
    await other.locator(".banner").filter({ hasText: "The link was cut or changed on the way" }).waitFor();
  }
  await open(other, `${url}#/open/xyz`);
  await other.locator(".banner").filter({ hasText: "This link holds no plan" }).waitFor();
  assert.equal(await other.locator(".home-plans tbody tr").count(), 1);
  await other.context().close();
});

weft("a locked link opens with its passphrase alone", async ({ page, watch }) => {
  const plan = await openPlan(page, small());
  const made = await link(page, plan, "warp and weft");
  await page.locator(".link-code").waitFor();
  await accessible(page, "a link with its code");
  await picture(page, "export-link");
  const other = await device(watch);
  await open(other, made);
  const dialog = other.getByRole("dialog", { name: "This link has a passphrase" });
  await dialog.getByLabel("Passphrase").fill("weft and warp");
  await dialog.getByRole("button", { name: "Open" }).click();
  await other.locator(".banner").filter({ hasText: "The passphrase is another one" }).waitFor();
  await accessible(other, "a locked link");
  await dialog.getByLabel("Passphrase").fill("warp and weft");
  await dialog.getByRole("button", { name: "Open" }).click();
  await arrived(other);
  await goTo(other, other.url().replace(/\/overview.*/, ""), "modules");
  await other.getByText("Lathes").first().waitFor();
  await other.context().close();
});

weft("where the plan is here already a link shows what it would change, and what others own becomes a proposal", async ({ page, watch }) => {
  const owned = example();
  const school = owned.parties.find((party) => party.kind === "school").id;
  for (const module of owned.modules) module.owner = school;
  const plan = await openPlan(page, owned);
  await introduce(page, "Lin Jing", SCHOOL);
  const works = await device(watch);
  await received(works, await sent(page, plan));
  await arrived(works);
  await introduce(works, "Ding Hui", WORKS);
  await open(works, await link(page, plan));
  await works.getByText("This file holds nothing new.").waitFor();
  await arrived(works);
  await hours(page, plan, "120");
  await open(works, await link(page, plan));
  await met(works).getByText("From a link, without a history").waitFor();
  await met(works).getByRole("row", { name: /Modules 1 changed/ }).waitFor();
  await met(works).getByRole("button", { name: "Merge" }).click();
  await arrived(works);
  await goTo(works, plan, "review");
  await works.getByRole("tab", { name: /^Proposals/ }).click();
  assert.match(await works.locator(".proposal .three-way").innerText(), /Before\s+96\s+Proposed\s+120/);
  await works.context().close();
});
