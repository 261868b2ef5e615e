// A plan in a link: as a new plan, as changes, as proposals; locked; cut.

import assert from "node:assert/strict";
import { open, picture, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { chance } from "./support/chance.mjs";
import { arrived, device, introduce, link, met, received, saved, sent, unnamed } from "./support/partners.mjs";
import { wayOut } from "./support/files.mjs";
import { example, goTo, openPlan } from "./support/plans.mjs";
import { soon } from "./support/soon.mjs";

const SCHOOL = "Linjiang Vocational and Technical College (invented)";
const card = (page, code) => page.locator(".module-card", { has: page.locator(`.card-code:text-is("${code}")`) });
const field = (page) => page.locator(".panel").getByLabel("Hours").first();

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
  await soon.equal(() => other.locator(".home-plans tbody tr").count(), 1);
  // Cut on the way, and changed.
  for (const bad of [made.slice(0, -40), `${made.slice(0, 400)}AAAA${made.slice(404)}`]) {
    await open(other, bad);
    await other.locator(".banner").filter({ hasText: "The link was cut or changed on the way" }).waitFor();
  }
  await open(other, `${url}#/open/xyz`);
  await other.locator(".banner").filter({ hasText: "This link holds no plan" }).waitFor();
  await soon.equal(() => other.locator(".home-plans tbody tr").count(), 1);
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
  await dialog.getByLabel("Passphrase").fill("weft and");
  await other.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  await open(other, `${url}#/`);
  await open(other, made);
  await dialog.getByLabel("Passphrase").fill("weft and warp");
  await other.keyboard.press("Enter");
  await dialog.getByText("The passphrase is another one").waitFor();
  await accessible(other, "a locked link");
  await dialog.getByLabel("Passphrase").fill("warp and weft");
  await dialog.getByRole("button", { name: "Open" }).click();
  await arrived(other);
  await goTo(other, other.url().replace(/\/overview.*/, ""), "modules");
  await other.getByText("Lathes").first().waitFor();
});

/** Runs in the page before anything else: whenever the editor unlocks something, a
 * thousand changed copies of it are tried first, by the same key. */
function tryAThousandFirst() {
  if (!globalThis.crypto?.subtle) return;
  const real = crypto.subtle.decrypt.bind(crypto.subtle);
  window.tries = { tried: 0, taken: 0, unlocked: 0 };
  crypto.subtle.decrypt = async (algorithm, key, locked) => {
    const whole = new Uint8Array(locked);
    const flip = (bytes, bit) => {
      const changed = bytes.slice();
      changed[bit >> 3] ^= 1 << (bit & 7);
      return changed;
    };
    for (let round = 0; round < 1000; round += 1) {
      let iv = algorithm.iv;
      let bytes = whole;
      const at = (round * 7919) % (whole.length * 8);
      if (round % 4 < 2) bytes = flip(whole, at);
      else if (round % 4 === 2) bytes = whole.slice(0, at >> 3);
      else if (round % 8 === 3) iv = flip(new Uint8Array(iv), round % (iv.length * 8));
      // The end of it once more, as from a second copy.
      else bytes = new Uint8Array([...whole, ...whole.slice(at >> 3)]);
      window.tries.tried += 1;
      await real({ ...algorithm, iv }, key, bytes).then(() => (window.tries.taken += 1), () => {});
    }
    const opened = await real(algorithm, key, locked);
    window.tries.unlocked += 1;
    return opened;
  };
}

weft("no locked link that was flipped, cut or put together from two is taken, in a thousand tries", async ({ page, watch }) => {
  const plan = await openPlan(page, small());
  const bytes = async () => Buffer.from((await link(page, plan, "warp and weft")).split("#/open/k")[1], "base64url");
  const made = await bytes();
  await goTo(page, plan, "overview");
  await page.locator(".overview").waitFor();
  const again = await bytes();
  assert.notDeepEqual(made, again, "no two locks are alike");
  const other = await device(watch);
  await other.addInitScript(tryAThousandFirst);
  const unlock = async (payload) => {
    await other.goto("about:blank");
    await open(other, `${url}#/open/k${payload.toString("base64url")}`);
    const dialog = other.getByRole("dialog", { name: "This link has a passphrase" });
    await dialog.getByLabel("Passphrase").fill("warp and weft");
    await dialog.getByRole("button", { name: "Open" }).click();
  };
  const flipped = (at) => {
    const bytes = Buffer.from(made);
    bytes[at] ^= 1;
    return bytes;
  };
  // Behind one byte of version: salt of 16, vector of 12, the rest.
  const mixed = Buffer.concat([made.subarray(0, 17), again.subarray(17)]);
  const replayed = Buffer.concat([made.subarray(0, 29), again.subarray(29)]);
  for (const bad of [flipped(1), flipped(17), flipped(29), flipped(made.length - 1), made.subarray(0, made.length - 1), mixed, replayed]) {
    await unlock(bad);
    await other.getByRole("dialog").getByText("The passphrase is another one").waitFor();
  }
  await soon.equal(() => other.evaluate(() => window.tries.taken), 0);
  await unlock(made);
  await arrived(other);
  const tries = await other.evaluate(() => window.tries);
  assert.deepEqual(tries, { tried: 1000, taken: 0, unlocked: 1 });
});

weft("a link without a name is a guest's at whoever opens it: what they own is proposed to them", async ({ page, watch }) => {
  const owned = example();
  const party = owned.parties.find((party) => party.kind === "school").id;
  for (const module of owned.modules) module.owner = party;
  const plan = await openPlan(page, owned);
  const school = await device(watch);
  await received(school, await sent(page, plan));
  await arrived(school);
  await introduce(school, "Lin Jing", SCHOOL);
  await open(school, await link(page, plan));
  await school.getByText("It holds nothing new.").waitFor();
  await arrived(school);
  await hours(page, plan, "120");
  await open(school, await link(page, plan));
  await met(school).getByText("From a link that does not say who made it").waitFor();
  await met(school).getByRole("row", { name: /Proposals 1 new/ }).waitFor();
  await met(school).getByRole("button", { name: "Merge" }).click();
  await arrived(school);
  await goTo(school, plan, "review");
  await school.getByRole("tab", { name: /^Proposals/ }).click();
  await soon.match(() => school.locator(".proposal .three-way").innerText(), /Before\s+96\s+Proposed\s+120/);
  assert.doesNotMatch(await school.locator(".proposal").innerText(), /Lin Jing/);
});

weft("who makes a link is asked for their name first", async ({ page, watch }) => {
  const plan = await openPlan(page, small());
  await goTo(page, plan, "export");
  await wayOut(page, "link");
  await page.getByRole("button", { name: "Make link" }).click();
  const dialog = page.getByRole("dialog", { name: "Who you are" });
  await dialog.getByLabel("Name", { exact: true }).fill("Ding Hui");
  assert.equal(await page.locator(".link-text").count(), 0);
  await dialog.getByRole("button", { name: "Save", exact: true }).click();
  await page.locator(".link-text").waitFor();
  const other = await device(watch);
  await open(other, await page.locator(".link-text").inputValue());
  await arrived(other);
  await goTo(page, plan, "modules");
  await card(page, "M1").click();
  await field(page).fill("40");
  await field(page).press("Enter");
  await saved(page);
  await open(other, await link(page, plan));
  await met(other).getByText("From a link of Ding Hui").waitFor();
  await met(other).getByRole("button", { name: "Cancel" }).click();
});

weft("a link that is older than the plan names each value that it would replace, and what is kept stays", async ({ page, watch }) => {
  const plan = await openPlan(page, small());
  const works = await device(watch);
  await open(works, await link(page, plan));
  await arrived(works);
  const there = works.url().replace(/\/overview.*/, "");
  const title = async (page, words) => {
    const field = page.locator(".panel .item-title textarea");
    await field.fill(words);
    await field.press("Enter");
    await saved(page);
  };
  await goTo(works, there, "modules");
  await card(works, "M1").click();
  await title(works, "Lathes and mills");
  await works.locator(".panel").getByLabel("Hours").first().fill("40");
  await works.locator(".panel").getByLabel("Hours").first().press("Enter");
  await saved(works);
  const back = await link(works, there);
  await goTo(page, plan, "modules");
  await card(page, "M1").click();
  await title(page, "Turning on lathes");
  await goTo(page, plan, "overview");
  await open(page, back);
  const row = met(page).getByRole("row", { name: /Title/ });
  await soon.match(() => row.innerText(), /Turning on lathes\s+Lathes and mills/);
  await met(page).getByText("1 value reads otherwise here").waitFor();
  await row.getByRole("checkbox").check();
  await accessible(page, "the values that a link would replace");
  await picture(page, "met-values");
  await met(page).getByRole("button", { name: "Merge" }).click();
  await arrived(page);
  await goTo(page, plan, "modules");
  await card(page, "M1").click();
  await page.locator(".panel .item-title textarea").waitFor();
  await soon.equal(() => page.locator(".panel .item-title textarea").inputValue(), "Turning on lathes");
  await soon.equal(() => field(page).inputValue(), "40", "what was empty here comes in");
});

weft("a plan that is too large for a link is not put into one, and the file is named instead", async ({ page }) => {
  const random = chance(3_000);
  const noise = () => Array.from({ length: 400 }, () => String.fromCodePoint(0x4e00 + random(20_000))).join("");
  const large = small();
  large.modules = Array.from({ length: 60 }, (_, at) => ({ title: { en: `Module ${at}` }, code: `M${at}`, description: { "zh-CN": noise() } }));
  const plan = await openPlan(page, large);
  await goTo(page, plan, "export");
  await wayOut(page, "link");
  await page.getByRole("button", { name: "Make link" }).click();
  await unnamed(page, page.getByText("more than browsers open for certain").waitFor());
  await page.getByText(/The link would have .* letters, more than browsers open for certain \(30,000\)\. Send the file\./).waitFor();
  await soon.equal(() => page.locator(".link-text").count(), 0);
});
