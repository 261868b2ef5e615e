// Ways about the Weave: its cells, its keys, its clipboard.

import { url } from "./browser.mjs";
import { put } from "./saved.mjs";

/** The grid. */
export const grid = (page) => page.getByRole("grid");
/** A cell by its row and column, from 1. */
export const cell = (page, row, col) => page.getByRole("gridcell", { name: new RegExp(`^M${row} .* × C${col} `) });
/** The level of a cell, in words. */
export const level = async (page, row, col) => (await active(page, row, col)).split(", ")[1];

/** The name of the active cell after going there by the keyboard. */
export async function active(page, row, col) {
  await grid(page).focus();
  await page.keyboard.press("Control+Home");
  for (let at = 1; at < row; at += 1) await page.keyboard.press("ArrowDown");
  for (let at = 1; at < col; at += 1) await page.keyboard.press("ArrowRight");
  // A press is drawn with the next frame, which a page in the background gets late.
  const name = await page.waitForFunction(([module, competency]) => {
    const id = document.querySelector("[role=grid]").getAttribute("aria-activedescendant");
    const name = document.getElementById(id)?.getAttribute("aria-label") ?? "";
    return name.startsWith(module) && name.includes(competency) && name;
  }, [`M${row} `, ` × C${col} `]);
  return name.jsonValue();
}

/** The name of the cell that the grid says is active, once it stands still. */
export async function activeName(page) {
  await page.waitForTimeout(60);
  return page.evaluate(() => {
    const id = document.querySelector("[role=grid]").getAttribute("aria-activedescendant");
    return document.getElementById(id).getAttribute("aria-label");
  });
}

/** Opens the Weave of a saved plan; gives the plan's id. */
export async function open(page, name = "small", address = url) {
  const id = await put(page, address, name);
  await page.goto(`${address}#/plan/${id}/weave`);
  await page.locator(".weave-table, .weave-list").waitFor();
  return id;
}

export const toast = (page) => page.locator("#toasts");

/** Where the middle of a cell is, in the window. */
export async function middle(page, row, col) {
  const canvas = await page.locator(".weave-canvas").boundingBox();
  return { x: canvas.x + (col - 0.5) * 32, y: canvas.y + 48 + (row - 0.5) * 24 };
}

/** Presses the mouse on one cell and lets it go on another. */
export async function drag(page, from, to) {
  const [start, end] = [await middle(page, ...from), await middle(page, ...to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2);
  await page.mouse.move(end.x, end.y);
  await page.mouse.up();
}

/** What a copy brings: text and HTML. */
export const copied = (page) =>
  page.evaluate(() => {
    const data = new DataTransfer();
    const event = new ClipboardEvent("copy", { clipboardData: data, bubbles: true, cancelable: true });
    document.activeElement.dispatchEvent(event);
    return [data.getData("text/plain"), data.getData("text/html")];
  });

/** Pastes text, and HTML beside it. */
export const paste = (page, text, html = "") =>
  page.evaluate(
    ([text, html]) => {
      const data = new DataTransfer();
      data.setData("text/plain", text);
      if (html) data.setData("text/html", html);
      const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
      document.activeElement.dispatchEvent(event);
    },
    [text, html],
  );
