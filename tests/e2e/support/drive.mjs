// A folder that a plan is shared by. The browser's own file system stands in for the
// drive: same handles, same API.

import assert from "node:assert/strict";
import { wayOut } from "./files.mjs";
import { arrived, device, introduce, received } from "./partners.mjs";
import { goTo } from "./plans.mjs";

/** Lets the chooser of a page give a folder of the browser's own. */
export const drive = (context) =>
  context.addInitScript(() => {
    window.showDirectoryPicker = async () => {
      const root = await navigator.storage.getDirectory();
      return root.getDirectoryHandle("shared", { create: true });
    };
  });

/** What is in the folder of a page, by name: bytes as letters, or how many. A file that is
 * being replaced at this moment is looked at again: without it the others may say nothing. */
const look = (page, how) =>
  page.evaluate(async ({ whole, only }) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("shared", { create: true });
    const read = async (handle) => {
      const file = await handle.getFile();
      if (!whole) return file.size;
      const bytes = new Uint8Array(await file.arrayBuffer());
      return Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    };
    const moving = (error) => ["NotFoundError", "NotReadableError"].includes(error.name);
    const still = async (handle, tries = 40) => {
      try {
        return await read(handle);
      } catch (error) {
        if (!moving(error) || tries === 0) throw error;
        await new Promise((done) => setTimeout(done, 50));
        return still(handle, tries - 1);
      }
    };
    const all = {};
    for await (const handle of folder.values()) {
      // What a browser writes beside a file until it is whole is no file of the folder.
      if (!handle.name.endsWith(".weftpart")) continue;
      if (!only || only.includes(handle.name)) all[handle.name] = await still(handle);
    }
    return all;
  }, how);

/** All files in the folder of a page: name and bytes as letters. */
export const files = (page) => look(page, { whole: true });

/** Follows the folder. */
export const choose = async (page, plan) => {
  await goTo(page, plan, "export");
  await wayOut(page, "folder");
  await page.getByRole("button", { name: "Choose a folder…" }).click();
  await page.getByText("is followed").waitFor();
};

/** A partner on a device of their own who has this file and follows the folder there. */
export async function partnerAt(watch, plan, file, name) {
  const page = await device(watch);
  await drive(page.context());
  await received(page, file);
  await arrived(page);
  await introduce(page, name);
  await choose(page, plan);
  return page;
}

/** What a program that syncs does: files that are longer there are copied here. Only they
 * go through the browser's protocol, because it is asked again and again. */
export async function sync(...pages) {
  const sizes = await Promise.all(pages.map((page) => look(page, { whole: false })));
  const longest = {};
  sizes.forEach((held, at) => {
    for (const [name, size] of Object.entries(held))
      if (!(longest[name]?.size >= size)) longest[name] = { size, at };
  });
  const lacking = (held) => Object.keys(longest).filter((name) => held[name] !== longest[name].size);
  const wanted = new Set(sizes.flatMap(lacking));
  const texts = {};
  for (const [at, page] of pages.entries()) {
    const only = [...wanted].filter((name) => longest[name].at === at);
    if (only.length) Object.assign(texts, await look(page, { whole: true, only }));
  }
  for (const [at, page] of pages.entries()) {
    const missing = lacking(sizes[at]).filter((name) => name in texts);
    if (missing.length) await write(page, Object.fromEntries(missing.map((name) => [name, texts[name]])));
  }
}

const write = (page, all) =>
  page.evaluate(async (all) => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("shared", { create: true });
    for (const [name, text] of Object.entries(all)) {
      const handle = await folder.getFileHandle(name, { create: true });
      const stream = await handle.createWritable();
      await stream.write(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
      await stream.close();
    }
  }, all);

/** Syncs until something is so. */
export async function until(pages, so, what) {
  for (let round = 0; round < 60; round++) {
    await sync(...pages);
    if (await so()) return;
    await pages[0].waitForTimeout(500);
  }
  assert.fail(`it never came to this: ${what}`);
}
