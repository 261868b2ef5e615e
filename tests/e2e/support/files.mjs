// Files in and out of the editor, as a person does it.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { open } from "./browser.mjs";

const fixtures = new URL("../../fixtures/", import.meta.url);

/** The path of a file of tests/fixtures. */
export const fixture = (name) => fileURLToPath(new URL(name, fixtures));

/** The three tables of one of the five curricula. */
export const tables = (curriculum) =>
  ["modules", "competencies", "mapping"].map((table) => fixture(`tables/${curriculum}.${table}.csv`));

/** Presses something that opens the file chooser, and chooses. */
export async function choose(page, press, files) {
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), press()]);
  await chooser.setFiles(files);
}

/** A new plan without a template, on its import page. */
export async function planForTables(page) {
  await open(page);
  await page.locator(".home-acts").getByRole("button", { name: "Import a table" }).click();
  await page.locator(".import-drop").waitFor();
}

/** Goes to a page of the open plan by its address. */
export async function goTo(page, name) {
  await page.evaluate((name) => {
    location.hash = location.hash.replace(/^(#\/plan\/[^/]+).*$/, `$1/${name}`);
  }, name);
}

/** Chooses files on the import page. */
export const chooseFiles = (page, files) =>
  choose(page, () => page.locator(".import-drop .button.primary").click(), files);

/** Goes on to the preview. */
export async function preview(page) {
  await page.locator(".import-steps-button").last().click();
  await page.locator(".import-amounts").waitFor();
}

/** What the preview says comes in: kind → [new, updated, unchanged]. */
export async function amounts(page) {
  const rows = await page.locator(".import-amounts tbody tr").evaluateAll((rows) =>
    rows.map((row) => [...row.children].map((cell) => cell.textContent.trim())),
  );
  return Object.fromEntries(rows.map(([kind, ...figures]) => [kind, figures.map((text) => Number(text.replaceAll(",", "")))]));
}

/** Brings in what the preview shows. */
export async function bringIn(page) {
  await page.getByRole("button", { name: "Bring it in" }).click();
  await page.locator(".import-done").waitFor();
}

/** Waits until the device has everything. */
export const saved = (page) => page.locator(".save-state.good").waitFor();

/** Chooses a way out on the export page, by its id. */
export const wayOut = (page, id) => page.locator(`[data-way="${id}"]`).click();

/** The plan as the bytes of its Weft JSON, by the button of the export page. */
export async function exported(page) {
  await goTo(page, "export");
  await wayOut(page, "weft_json");
  const button = page.getByRole("button", { name: "Download Weft JSON" });
  const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** Opens a Weft JSON file from Home as a plan of its own. */
export async function openFile(page, file) {
  await open(page);
  await choose(page, () => page.locator(".home-acts button").nth(1).click(), file);
  await page.waitForURL(/#\/plan\/[^/]+\/overview/);
}

/** Gives the open plan a title, among the plan's data. */
export async function retitle(page, title) {
  await goTo(page, "data");
  await page.getByRole("button", { name: "English", exact: true }).last().click();
  const field = page.getByLabel("Title of the plan");
  await field.fill(title);
  await field.blur();
  await page.locator(".topbar-name").filter({ hasText: title }).waitFor();
}
