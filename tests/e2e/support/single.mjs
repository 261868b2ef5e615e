// A plan as one HTML file: made by the school, opened from the disk.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { pathToFileURL } from "node:url";
import { browser, ready, screens } from "./browser.mjs";
import { wayOut } from "./files.mjs";
import { introduce, met, received, saved } from "./partners.mjs";
import { example, goTo, openPlan } from "./plans.mjs";

export const SCHOOL = "Linjiang Vocational and Technical College (invented)";
export const WORKS = "Haiheng Precision Machinery Co., Ltd. (invented)";
export const NAME = "Ding Hui";

const folder = mkdtempSync(join(tmpdir(), "weft-single-"));
after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 }));

/** Puts a file on the disk; gives its address. */
export function onDisk(bytes, name = "plan.html") {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return pathToFileURL(path).href;
}

/** Opens a file of the disk on a device where Weft has never been. */
export async function enterprise(watch, address, options = {}) {
  const context = await (await browser()).newContext({ locale: "en-GB", viewport: screens.desktop, ...options });
  const asked = [];
  context.on("request", (request) => asked.push(request.url()));
  const page = await context.newPage();
  watch(page);
  await page.goto(address);
  await ready(page);
  await page.locator(".overview").waitFor();
  return { page, context, asked };
}

/** The example with its modules in the school's own hands. */
export function schoolsOwn() {
  const plan = example();
  const owner = plan.parties.find((party) => party.kind === "school").id;
  for (const module of plan.modules) module.owner = owner;
  return plan;
}

/** The school's plan with its modules in its own hands, and the plan's address. */
export async function school(page) {
  const address = await openPlan(page, schoolsOwn());
  await introduce(page, "Lin Jing", SCHOOL);
  return address;
}

/** The plan of a page as one HTML file, from Export: all of it, or what is chosen. */
export async function made(page, plan, choice) {
  await goTo(page, plan, "export");
  await wayOut(page, "single");
  if (choice) await page.locator(".export-format").filter({ hasText: "One HTML file" }).getByLabel("What goes out").selectOption({ label: choice });
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Make HTML file" }).click();
  const download = await coming;
  assert.match(download.suggestedFilename(), /\.html$/);
  return readFileSync(await download.path());
}

/** Waits until the bar says so of the saving. */
export const state = (page, words) => page.locator(".topbar .save-state").filter({ hasText: words }).waitFor();

/** Saves by the button in the bar; gives the new file. */
export async function savedFile(page) {
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save file" }).click();
  // Asked once, where no name is known yet.
  const name = await page.evaluate(() => JSON.parse(localStorage.getItem("weft.profile") ?? "{}").name);
  if (!name) await page.getByRole("dialog").getByRole("button", { name: "Go on without" }).click();
  const download = await coming;
  assert.match(download.suggestedFilename(), /\.html$/);
  await state(page, "Saved in the new file");
  return readFileSync(await download.path());
}

/** The school takes the file in that the enterprise has sent back, and decides. */
export async function takenIn(page, plan, html) {
  await received(page, html, "from the works.html");
  await met(page).getByRole("row", { name: /Comments 1 new/ }).waitFor();
  await met(page).getByRole("row", { name: /Modules 1 new/ }).waitFor();
  await met(page).getByRole("button", { name: "Merge" }).click();
  await page.getByText("The changes are taken in.").waitFor();
  await goTo(page, plan, "review");
  await page.getByRole("tab", { name: /^Proposals/ }).click();
  const proposal = page.locator(".proposal").filter({ hasText: "ZJ01" });
  await proposal.getByText(NAME).first().waitFor();
  await proposal.getByRole("button", { name: "Accept" }).click();
  await proposal.getByText("Accepted").waitFor();
  await saved(page);
  await goTo(page, plan, "modules");
  await page.getByText("Gear hobbing").first().waitFor();
  const card = page.locator(".module-card", { has: page.locator('.card-code:text-is("ZJ01")') });
  await card.click();
  assert.equal(await page.locator(".panel").getByLabel("Hours").first().inputValue(), "120");
  await page.locator(".panel").getByRole("tab", { name: /^Comments/ }).click();
  await page.locator(".panel .comment").filter({ hasText: "Too few hours for the new drawings." }).waitFor();
}
