// A page without a pointer: what a person reaches with Tab, the arrows and the palette.

import assert from "node:assert/strict";
import { saved } from "./partners.mjs";
import { soon } from "./soon.mjs";

/** Goes on with Tab until the focus is on what is wanted. */
export async function tabTo(page, what, wanted, about) {
  for (let presses = 0; presses < 120; presses += 1) {
    if (await page.evaluate(wanted, about)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reached ${what}`);
}

/** Goes on with Tab until the focus is on what is called so, and presses it: the first
 * one that comes, or one further on. */
export async function press(page, name, key = "Enter", further = 0) {
  for (let presses = 0; presses < 160; presses += 1) {
    const here = await page.evaluate(() => {
      const it = document.activeElement;
      const label = it?.labels?.[0]?.textContent ?? it?.textContent;
      return (it?.getAttribute("aria-label") ?? label ?? "").replace(/\s+/g, " ").trim();
    });
    const fits = typeof name === "string" ? here === name : name.test(here);
    if (fits && further === 0) return key && page.keyboard.press(key);
    if (fits) further -= 1;
    await page.keyboard.press("Tab");
  }
  assert.fail(`Tab never reached ${name}`);
}

/** Goes to a tab of a list of tabs with the arrow keys. */
export async function tab(page, name, within = "main") {
  const isTab = (within) => document.activeElement?.getAttribute("role") === "tab" && document.activeElement.closest(within) !== null;
  await tabTo(page, "the tabs", isTab, within);
  for (let presses = 0; presses < 12; presses += 1) {
    const there = await page.evaluate(() => document.activeElement.textContent.trim());
    if (there.startsWith(name)) return;
    await page.keyboard.press("ArrowRight");
  }
  assert.fail(`the arrows never reached ${name}`);
}

/** Chooses one of several that exclude each other, with the arrow keys. */
export async function chosen(page, name) {
  await tabTo(page, "the choice", () => document.activeElement?.getAttribute("role") === "radio" || document.activeElement?.type === "radio");
  for (let presses = 0; presses < 12; presses += 1) {
    const there = await page.evaluate(() => (document.activeElement.labels?.[0] ?? document.activeElement).textContent.trim());
    if (there === name) return page.keyboard.press("Space");
    await page.keyboard.press("ArrowRight");
  }
  assert.fail(`the arrows never reached ${name}`);
}

/** Finds a page or a command by its name, and takes it. */
export async function go(page, name) {
  await page.locator(".palette-input").waitFor({ state: "detached" });
  await page.keyboard.press("Control+k");
  await page.locator(".palette-input:focus").waitFor();
  await page.keyboard.type(name);
  await page.locator(".palette-item[aria-selected=true]").getByText(name, { exact: true }).waitFor();
  await page.keyboard.press("Enter");
}

/** Opens a module by its code. */
export async function moduleOf(page, code) {
  await page.keyboard.press("Control+k");
  await page.locator(".palette-input:focus").waitFor();
  await page.keyboard.type(code);
  await page.locator(".palette-item[aria-selected=true]").getByText(code).waitFor();
  await page.keyboard.press("Enter");
  await soon.equal(() => page.locator(".panel").getByLabel("Code", { exact: true }).inputValue(), code);
}

/** Sets the hours of a module. */
export async function hours(page, code, value, kept = true) {
  await moduleOf(page, code);
  await press(page, "Hours", null);
  await page.keyboard.press("Control+a");
  await page.keyboard.type(value);
  await page.keyboard.press("Enter");
  if (kept) await saved(page);
}
