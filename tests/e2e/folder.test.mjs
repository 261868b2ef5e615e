// A shared folder between two devices. The browser's own file system stands in for
// the drive (same handles, same API), and the test for the program that syncs it.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { open, picture, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { choose, drive, files, partnerAt, until } from "./support/drive.mjs";
import { framed, frames } from "./support/frames.mjs";
import { arrived, device, introduce, met, received, saved, sent } from "./support/partners.mjs";
import { wayOut } from "./support/files.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

/** Gives the first module another title. */
async function entitle(page, plan, words) {
  await goTo(page, plan, "modules");
  await page.locator(".module-card").first().click();
  const title = page.locator(".panel").getByLabel("Title").first();
  await title.fill(words);
  await title.press("Enter");
  await saved(page);
}

weft("two devices that share a folder see each other's edits and how far the other is", async ({ page, context, watch }) => {
  await drive(context);
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing");
  const file = await sent(page, plan);
  await choose(page, plan);
  await page.getByText("Nobody else has written there yet").waitFor();

  const other = await partnerAt(watch, plan, file, "Weber");
  const written = async () => Object.keys(await files(page)).length === 2;
  await until([page, other], written, "both have written a file");

  // An edit there arrives here, and the other way round.
  for (const [from, to, words] of [
    [other, page, "Grinding to size"],
    [page, other, "Milling of slots"],
  ]) {
    await entitle(from, plan, words);
    await goTo(to, plan, "modules");
    const there = async () => (await to.getByText(words).count()) > 0;
    await until([page, other], there, `“${words}” is on the other device`);
  }

  await goTo(page, plan, "export");
  await wayOut(page, "folder");
  const follower = page.locator(".folder-follower").filter({ hasText: "Weber" });
  const equal = async () => (await follower.filter({ hasText: "has everything" }).count()) > 0;
  await until([page, other], equal, "the other one has taken in everything");
  await accessible(page, "the shared folder");

  // Frozen here, and changed there by somebody who has not heard of it: that is said.
  await goTo(page, plan, "data");
  await page.getByLabel("Status").selectOption({ label: "Frozen" });
  await saved(page);
  await entitle(other, plan, "Turning of tapers");
  const said = async () => (await page.locator(".banner").getByText("what a partner sent has changed it").count()) > 0;
  await until([page, other], said, "what came into the frozen plan is told");
});

weft("a folder that is left while it is looked into stays left, and is not written to", async ({ page, context, watch }) => {
  await drive(context);
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing");
  const file = await sent(page, plan);
  const other = await partnerAt(watch, plan, file, "Weber");
  await entitle(other, plan, "Grinding to size");
  const changes = (bytes) => frames(Buffer.from(bytes, "latin1")).filter(([letter]) => letter === "U");
  // The plan, and the edit.
  const written = async () => Object.values(await files(page)).some((bytes) => changes(bytes).length > 1);
  await until([page, other], written, "the partner has written");

  // What the Worker says of it comes only after the folder was left.
  let asked, answer;
  const coming = new Promise((done) => (asked = done));
  const held = new Promise((done) => (answer = done));
  await context.route("**/sandbox-*.js", async (route) => {
    asked();
    await held;
    await route.continue();
  });
  await goTo(page, plan, "export");
  await wayOut(page, "folder");
  await page.getByRole("button", { name: "Choose a folder…" }).click();
  await coming;
  await page.getByRole("button", { name: "Stop sharing" }).click();
  await page.getByRole("button", { name: "Stop sharing" }).waitFor({ state: "detached" });
  answer();
  // What had been read comes in nevertheless.
  await goTo(page, plan, "modules");
  await page.getByText("Grinding to size").first().waitFor();
  await goTo(page, plan, "export");
  await wayOut(page, "folder");
  await page.getByRole("button", { name: "Choose a folder…" }).waitFor();
  await soon.equal(() => page.getByText("is followed").count(), 0);
  assert.equal(Object.keys(await files(page)).length, 1, "only the partner's file is there");
});

weft("a folder that goes away is named, and followed again after a reload when it is back", async ({ page, context }) => {
  await drive(context);
  const plan = await openPlan(page, example());
  await goTo(page, plan, "export");
  await wayOut(page, "folder");
  await page.getByRole("button", { name: "Choose a folder…" }).click();
  await page.getByRole("button", { name: /^Go on without$/ }).click();
  await page.getByText("is followed").waitFor();
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    await root.removeEntry("shared", { recursive: true });
  });
  await page.getByText("is not there").waitFor();
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    await root.getDirectoryHandle("shared", { create: true });
  });
  await page.reload();
  await page.getByText("is followed").waitFor();
  assert.equal(Object.keys(await files(page)).length, 1);
  await page.getByRole("button", { name: "Stop sharing" }).click();
  await page.getByRole("button", { name: "Choose a folder…" }).waitFor();
});

weft("where the browser lets no page into folders, parts go out and come in as files", async ({ page, context, watch }) => {
  await context.addInitScript(() => delete window.showDirectoryPicker);
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing");
  const file = await sent(page, plan);
  const other = await device(watch);
  await other.context().addInitScript(() => delete window.showDirectoryPicker);
  await received(other, file);
  await arrived(other);
  await introduce(other, "Weber");
  await entitle(other, plan, "Grinding to size");
  await goTo(other, plan, "export");
  await wayOut(other, "folder");
  const coming = other.waitForEvent("download");
  await other.getByRole("button", { name: "Save my part" }).click();
  const part = await (await coming).path();
  const name = (await coming).suggestedFilename();
  assert.match(name, /^weft-.*\.weftpart$/);

  await goTo(page, plan, "export");
  await wayOut(page, "folder");
  const take = async (buffer) => {
    const chooser = page.waitForEvent("filechooser");
    await page.getByRole("button", { name: "Take in files…" }).click();
    await (await chooser).setFiles({ name, mimeType: "application/octet-stream", buffer });
  };
  await take(Buffer.from("this is no part"));
  await page.getByText("was not taken in").waitFor();
  await take(readFileSync(part));
  await page.getByText("1 file brought something new").waitFor();
  await take(readFileSync(part));
  await page.getByText("Nothing in these files is new here").waitFor();
  await goTo(page, plan, "modules");
  await page.getByText("Grinding to size").waitFor();
});

weft("what a partner has not seen is listed, and goes to them as a small file", async ({ page, watch }) => {
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing");
  const file = await sent(page, plan);
  const other = await device(watch);
  await received(other, file);
  await arrived(other);
  await introduce(other, "Weber");
  await entitle(other, plan, "Grinding to size");
  const back = await sent(other, plan);
  await received(page, back);
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);

  await entitle(page, plan, "Milling of slots");
  await goTo(page, plan, "review");
  await page.getByRole("tab", { name: "Partners" }).click();
  const row = page.locator(".partner").filter({ hasText: "Weber" });
  await row.getByText(/Has not seen \d+ changes?, as far as this device knows/).waitFor();
  await accessible(page, "what partners have not seen");
  const coming = page.waitForEvent("download");
  await row.getByRole("button", { name: "Send what is new" }).click();
  const news = readFileSync(await (await coming).path());
  assert.ok(news.length * 4 < back.length, `${news.length} bytes of ${back.length}`);

  await received(other, news, "news.weft");
  await met(other).getByRole("button", { name: "Merge" }).click();
  await arrived(other);
  await goTo(other, plan, "modules");
  await other.getByText("Milling of slots").waitFor();

  // Whoever has no plan yet is told to ask for the whole.
  const third = await device(watch);
  await received(third, news, "news.weft");
  await third.getByText("Ask its sender for the whole plan").waitFor();
});

weft("two tabs of one plan show each other, and where", async ({ page, context }) => {
  const plan = await openPlan(page, example());
  const second = await context.newPage();
  await open(second, `${plan}/jobs`);
  const others = page.locator(".others-here");
  await page.locator(".others-here[aria-label='Also open here: another tab of yours (Jobs)']").waitFor();
  await goTo(second, plan, "weave");
  await page.locator(".others-here[aria-label*='Weave']").waitFor();
  // At an item: which one.
  await goTo(second, plan, "modules");
  await second.locator(".module-card").first().click();
  await page.locator(".others-here[aria-label*='(Modules: ']").waitFor();
  await second.close();
  await others.waitFor({ state: "detached" });
});

/** Makes the drive of a page misbehave as `localStorage.drive` says at the time. */
const moody = (context) =>
  context.addInitScript(() => {
    const mood = () => localStorage.getItem("drive") ?? "";
    const fail = (name) => Promise.reject(new DOMException("the test says so", name));
    const { getFile, createWritable } = FileSystemFileHandle.prototype;
    FileSystemHandle.prototype.queryPermission = async ({ mode }) => {
      if (mood() === "asks") return "prompt";
      if (mood() === "taken back") return "denied";
      return mode === "readwrite" && mood() === "read only" ? "denied" : "granted";
    };
    FileSystemHandle.prototype.requestPermission = async () => {
      localStorage.setItem("drive", "");
      return "granted";
    };
    FileSystemFileHandle.prototype.getFile = async function () {
      if (mood() === "slow") await new Promise((go) => setTimeout(go, 5_500));
      if (mood() === "silent") await new Promise(() => {});
      if (mood() === "unreadable") return fail("NotReadableError");
      return getFile.call(this);
    };
    FileSystemFileHandle.prototype.createWritable = function (options) {
      if (mood() === "busy") return fail("NoModificationAllowedError");
      if (mood() === "full") return fail("QuotaExceededError");
      return createWritable.call(this, options);
    };
  });

/** A plan that follows a folder whose drive has moods. */
async function followed(page, context) {
  await drive(context);
  await moody(context);
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing");
  await choose(page, plan);
  const feel = (mood) => page.evaluate((mood) => localStorage.setItem("drive", mood), mood);
  const well = () => page.getByText("is followed: what you change").waitFor();
  return { plan, feel, well };
}

weft("a drive that lets nothing in is named, and written to when it does again", async ({ page, context }) => {
  const { plan, feel, well } = await followed(page, context);
  const own = async () => Object.values(await files(page))[0].length;
  for (const [mood, words] of [
    ["read only", "You may read the folder"],
    ["busy", "Your changes do not get into the folder"],
    ["full", "There is no room in the folder"],
  ]) {
    await feel(mood);
    // Something to be written.
    await entitle(page, plan, `Milling, ${mood}`);
    await goTo(page, plan, "export");
    await page.getByText(words).waitFor();
    const before = await own();
    await feel("");
    await well();
    await soon.ok(async () => (await own()) > before, `${mood}: written afterwards`);
  }
});

weft("a drive that is unreadable or slow, or asks again, is named, and followed when it is well", async ({ page, context }) => {
  const { plan, feel, well } = await followed(page, context);
  await feel("unreadable");
  await page.getByText("cannot be read at present. It is tried again").waitFor();
  await feel("");
  await well();
  await feel("slow");
  await page.getByText("takes long to answer").waitFor();
  await accessible(page, "a slow folder");
  await feel("");
  await well();
  await feel("silent");
  await page.getByText("does not answer. Everything is kept").waitFor();
  await accessible(page, "a silent folder");
  await feel("");
  await page.getByRole("button", { name: "Ask it again" }).click();
  await well();
  await feel("taken back");
  await page.getByText("does not let this page into the folder").waitFor();
  await page.getByRole("button", { name: "Allow again" }).click();
  await well();
  // A new session: the browser asks first, on whichever page.
  await feel("asks");
  await goTo(page, plan, "modules");
  await page.reload();
  await page.locator(".banner").getByText("The browser asks again").waitFor();
  await accessible(page, "a folder that asks again");
  await picture(page, "folder-asks");
  await page.getByRole("button", { name: "Allow again" }).click();
  await page.locator(".banner").waitFor({ state: "detached" });
  await feel("asks");
  await goTo(page, plan, "export");
  await page.reload();
  await page.getByText("The browser asks again").waitFor();
  await page.getByRole("button", { name: "Allow again" }).click();
  await well();
});

weft("a plan that follows a folder never says that another tab does, but for one that does", async ({ page, context }) => {
  await drive(context);
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing");
  await choose(page, plan);
  await page.addInitScript(() => {
    new MutationObserver(() => {
      if (document.body?.innerText.includes("Another tab of yours follows")) localStorage.setItem("said", "yes");
    }).observe(document, { childList: true, subtree: true, characterData: true });
  });
  await page.reload();
  await page.getByText("is followed").waitFor();
  await soon.equal(() => page.evaluate(() => localStorage.getItem("said")), null);
  const second = await context.newPage();
  await open(second, `${plan}/export`);
  await second.getByText("Another tab of yours follows").waitFor();
  await page.close();
  await second.getByText("is followed").waitFor();
});

weft("a partner whose earlier changes a folder lacks is said to wait, until they are there", async ({ page, context, watch }) => {
  await drive(context);
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing");
  const other = await partnerAt(watch, plan, await sent(page, plan), "Weber");
  const changes = async () => {
    const [name, text] = Object.entries(await files(other)).find(([, text]) => text.includes("Weber")) ?? [];
    return [name, name ? frames(Buffer.from(text, "latin1")) : []];
  };
  const written = async () => (await changes())[1].filter(([letter]) => letter === "U").length;
  for (const words of ["Grinding to size", "Milling of slots"]) {
    const before = await written();
    await entitle(other, plan, words);
    await until([other], async () => (await written()) > before, `“${words}” stands in the partner's file`);
  }
  const [name, all] = await changes();
  const put = (some) =>
    page.evaluate(
      async ([name, text]) => {
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle("shared", { create: true });
        const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
        await stream.write(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
        await stream.close();
      },
      [name, Buffer.concat(some.map(([letter, body]) => framed(letter, body))).toString("latin1")],
    );
  // All but the change before the last.
  const updates = all.filter(([letter]) => letter === "U");
  await put(all.filter((frame) => frame !== updates.at(-2)));
  await choose(page, plan);
  const follower = page.locator(".folder-follower").filter({ hasText: "Weber" });
  await follower.getByText("waits for earlier changes that the folder lacks").waitFor();
  await put(all);
  await follower.getByText("waits for earlier changes").waitFor({ state: "detached" });
  await goTo(page, plan, "modules");
  await page.getByText("Milling of slots").first().waitFor();
});

weft("a part of a folder that is opened on Home is a plan, and merges where the plan is here", async ({ page, context, watch }) => {
  await context.addInitScript(() => delete window.showDirectoryPicker);
  const plan = await openPlan(page, example());
  await introduce(page, "Lin Jing");
  const part = async (from) => {
    await goTo(from, plan, "export");
    await wayOut(from, "folder");
    const coming = from.waitForEvent("download");
    await from.getByRole("button", { name: "Save my part" }).click();
    return readFileSync(await (await coming).path());
  };
  const other = await device(watch);
  await other.context().addInitScript(() => delete window.showDirectoryPicker);
  await received(other, await part(page), "weft-a-b.weftpart");
  await arrived(other);
  assert.ok(other.url().startsWith(plan), "the same plan");
  await introduce(other, "Weber");
  await entitle(other, plan, "Grinding to size");
  const back = await part(other);
  await received(page, back, "weft-a-c.weftpart");
  await met(page).getByRole("row", { name: /Modules 1 changed/ }).waitFor();
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await received(page, back, "weft-a-c.weftpart");
  await page.getByText("It holds nothing new.").waitFor();
});
