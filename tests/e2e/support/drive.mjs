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

/** All files in the folder of a page: name and bytes as letters. One that is being
 * replaced at this moment is looked at again: without it the others may say nothing. */
export const files = (page) =>
  page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const folder = await root.getDirectoryHandle("shared", { create: true });
    const read = async (handle) => new Uint8Array(await (await handle.getFile()).arrayBuffer());
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
      const bytes = await still(handle);
      all[handle.name] = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
    }
    return all;
  });

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

/** What a program that syncs does: files that are longer there are copied here. */
export async function sync(...pages) {
  const all = {};
  for (const page of pages)
    for (const [name, bytes] of Object.entries(await files(page)))
      if (!all[name] || all[name].length < bytes.length) all[name] = bytes;
  for (const page of pages)
    await page.evaluate(async (all) => {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle("shared", { create: true });
      for (const [name, text] of Object.entries(all)) {
        const handle = await folder.getFileHandle(name, { create: true });
        const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
        if ((await handle.getFile()).size === bytes.length) continue;
        const stream = await handle.createWritable();
        await stream.write(bytes);
        await stream.close();
      }
    }, all);
}

/** Syncs until something is so. */
export async function until(pages, so, what) {
  for (let round = 0; round < 60; round++) {
    await sync(...pages);
    if (await so()) return;
    await pages[0].waitForTimeout(500);
  }
  assert.fail(`it never came to this: ${what}`);
}
