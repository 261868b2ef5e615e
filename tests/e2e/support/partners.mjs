// Partners: devices of their own, and files that go between them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { anyDevice, open, screens, url } from "./browser.mjs";
import { wayOut } from "./files.mjs";
import { goTo } from "./plans.mjs";

/** The plan of a page as a file, from Export. */
export async function sent(page, plan) {
  await goTo(page, plan, "export");
  await wayOut(page, "history");
  const coming = page.waitForEvent("download");
  await page.getByRole("button", { name: /^(Download Weft file|下载 Weft 文件)$/ }).click();
  await unnamed(page, coming);
  const download = await coming;
  assert.match(download.suggestedFilename(), /\.weft$/);
  return readFileSync(await download.path());
}

/** Makes a link of the plan on Export. */
export async function link(page, plan, passphrase = "") {
  await goTo(page, plan, "export");
  await wayOut(page, "link");
  const section = page.locator(".export-format").filter({ hasText: "no server sees it" });
  await section.locator("input[type=password]").fill(passphrase);
  await section.getByRole("button", { name: "Make link" }).click();
  const made = section.locator(".link-text").waitFor();
  await unnamed(page, made);
  await made;
  return section.locator(".link-text").inputValue();
}

/** Goes on without a name, if asked: once, where none is known yet and nobody has
 * gone on without one. */
export async function unnamed(page, done) {
  const unasked = page.getByRole("button", { name: /^(Go on without|不填写，继续)$/ });
  if (!(await named(page))) await Promise.race([done, unasked.click().catch(() => {})]);
}

/** Whether this device knows who works on it. */
const named = (page) => page.evaluate(() => JSON.parse(localStorage.getItem("weft.profile") ?? "{}").name);

/** Says who works on this device, and for which party of the open plan. */
export async function introduce(page, name, party) {
  await page.locator(".rail-item").filter({ hasText: /^You$/ }).click();
  const dialog = page.getByRole("dialog", { name: "Who you are" });
  await dialog.getByLabel("Name", { exact: true }).fill(name);
  if (party) await dialog.getByLabel("In this plan I speak for").selectOption({ label: party });
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await dialog.waitFor({ state: "detached" });
}

/** Opens a file on Home, as a person does, or several (`[{ name, buffer }]`). */
export async function received(page, body, name = "plan.weft") {
  const files = Array.isArray(body) ? body : [{ name, buffer: body }];
  await open(page, `${url}#/`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^(Open a file|打开文件)$/ }).click();
  await (await chooser).setFiles(files.map((file) => ({ mimeType: "application/octet-stream", ...file })));
}

/** Waits until a plan stands open; what keeps it closed is told in the page's own words. */
export const arrived = (page) =>
  page.waitForURL(/#\/plan\/[0-9a-z]+\/overview/).catch(async (error) => {
    error.message += `\nthe page says: ${await page.locator("main").innerText()}`;
    throw error;
  });
export const saved = (page) => page.locator(".topbar .save-state.good").waitFor();
export const met = (page) => page.getByRole("dialog", { name: /^(This plan is already here|此方案已在本机)$/ });

/** A device of its own: nothing of the first one is there. */
export async function device(watch) {
  const { page } = await anyDevice({ locale: "en-GB", viewport: screens.desktop }, watch);
  return page;
}

/** Adds a module of this title. */
export async function addModule(page, plan, title) {
  await goTo(page, plan, "modules");
  await page.getByRole("button", { name: /^Add module/ }).first().click();
  await page.locator(".panel .item-title textarea:focus").waitFor();
  await page.keyboard.type(title);
  await page.keyboard.press("Enter");
  await saved(page);
}
