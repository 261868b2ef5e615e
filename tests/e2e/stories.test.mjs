// Two sides, one plan, from the first file to the third device that verifies: the same
// story by every way that a plan can take between a school and an enterprise.

import { browser, open, picture, ready, screens, weft } from "./support/browser.mjs";
import { choose, drive, files, until } from "./support/drive.mjs";
import { wayOut } from "./support/files.mjs";
import { arrived, device, introduce, link, met, received, saved, sent } from "./support/partners.mjs";
import { goTo } from "./support/plans.mjs";
import { made, onDisk, savedFile, school } from "./support/single.mjs";
import { named, signed, versions } from "./support/signing.mjs";
import { soon } from "./support/soon.mjs";

const WORKS = "Haiheng Precision Machinery Co., Ltd. (invented)";
const version = (page) => page.locator(".version");
const refused = (page, words) => page.locator(".banner").filter({ hasText: words }).waitFor();

/** The address of the plan that a page shows. */
const shown = (page) => page.url().match(/^.*#\/plan\/[0-9a-z]+/)[0];

/** Merges, where there is something to merge. */
async function merged(page) {
  await met(page).getByRole("button", { name: "Merge" }).click();
  await page.getByText("The changes are taken in.").first().waitFor();
  await arrived(page);
}

/** The same bytes with one of them changed, in their middle. */
function spoilt(bytes) {
  const other = Buffer.from(bytes);
  other[other.length >> 1] ^= 1;
  return other;
}

// Each way brings a plan to a device that does not have it (`bring`), what is new from
// one side to the other (`carry`), and something that was changed on the way (`tamper`).
const ways = {
  "by file": {
    async bring(from, watch, who) {
      const page = await device(watch);
      await received(page, await sent(from.page, from.plan));
      await arrived(page);
      await introduce(page, ...who);
      return { page, plan: shown(page) };
    },
    async carry(from, to) {
      await received(to.page, await sent(from.page, from.plan));
      await merged(to.page);
    },
    async tamper(from, to) {
      await received(to.page, spoilt(await sent(from.page, from.plan)));
      await refused(to.page, "This file is damaged");
    },
  },
  "over a shared folder": {
    prepare: drive,
    async begin(home) {
      await choose(home.page, home.plan);
      await home.page.getByText("Nobody else has written there yet").waitFor();
    },
    async bring(from, watch, who) {
      const page = await device(watch);
      await drive(page.context());
      // Nothing goes there but what lies in the folder.
      const parts = Object.entries(await files(from.page));
      await received(page, parts.map(([name, part]) => ({ name, buffer: Buffer.from(part, "latin1") })));
      await arrived(page);
      await introduce(page, ...who);
      await choose(page, from.plan);
      return { page, plan: from.plan };
    },
    async carry(from, to, name) {
      const { page, plan } = from;
      await goTo(page, plan, "export");
      await wayOut(page, "folder");
      const follower = page.locator(".folder-follower").filter({ hasText: name });
      const equal = async () => (await follower.filter({ hasText: "has everything" }).count()) > 0;
      await until([page, to.page], equal, `${name} has everything`);
    },
    async tamper(from, to) {
      const [[name, part]] = Object.entries(await files(from.page));
      const other = name.replace(/-[^-]+$/, "-0000000000009.weftpart");
      await to.page.evaluate(async ([name, text]) => {
        const root = await navigator.storage.getDirectory();
        const folder = await root.getDirectoryHandle("shared", { create: true });
        const stream = await (await folder.getFileHandle(name, { create: true })).createWritable();
        await stream.write(Uint8Array.from(text, (letter) => letter.charCodeAt(0)));
        await stream.close();
      }, [other, spoilt(Buffer.from(part, "latin1")).toString("latin1")]);
      await goTo(to.page, to.plan, "export");
      await wayOut(to.page, "folder");
      await to.page.getByText("its file is not whole").waitFor();
    },
  },
  "by link": {
    async bring(from, watch, who) {
      const page = await device(watch);
      await open(page, await link(from.page, from.plan));
      await arrived(page);
      await introduce(page, ...who);
      return { page, plan: shown(page) };
    },
    async carry(from, to) {
      await open(to.page, await link(from.page, from.plan));
      await merged(to.page);
    },
    async tamper(from, to) {
      const made = await link(from.page, from.plan);
      await open(to.page, `${made.slice(0, 400)}AAAA${made.slice(404)}`);
      await refused(to.page, "The link was cut or changed on the way");
    },
  },
  "with nothing but one HTML file": {
    async bring(from, watch, who) {
      const context = await (await browser()).newContext({ locale: "en-GB", viewport: screens.desktop });
      const page = await context.newPage();
      watch(page);
      await page.goto(onDisk(await made(from.page, from.plan)));
      await ready(page);
      await page.locator(".overview").waitFor();
      await introduce(page, ...who);
      return { page, plan: shown(page), single: true };
    },
    async carry(from, to) {
      if (to.single) {
        await to.page.goto(onDisk(await made(from.page, from.plan), "next.html"));
        await ready(to.page);
        await to.page.locator(".overview").waitFor();
        to.plan = shown(to.page);
      } else {
        await received(to.page, await savedFile(from.page), "from the works.html");
        await merged(to.page);
      }
    },
    async tamper(from) {
      const html = await made(from.page, from.plan);
      const plan = html.indexOf('id="weft-plan">') + 2_000;
      html.write(html[plan] === 65 ? "B" : "A", plan);
      await received(from.page, html, "changed.html");
      await refused(from.page, "damaged");
    },
  },
};

/** Goes to a tab of Review. */
async function tab(side, name) {
  await goTo(side.page, side.plan, "review");
  await side.page.getByRole("tab", { name }).click();
}

/** Opens a module in its panel. */
async function module({ page, plan }, code) {
  await goTo(page, plan, "modules");
  await page.locator(".module-card", { has: page.locator(`.card-code:text-is("${code}")`) }).click();
  const panel = page.locator(".panel");
  await panel.getByLabel("Hours").first().waitFor();
  return panel;
}

/** The enterprise says that the hours are too few, proposes more, and adds a module. */
async function enterpriseWorks(works) {
  const { page } = works;
  const panel = await module(works, "ZJ01");
  const hours = panel.getByLabel("Hours").first();
  await hours.fill("120");
  await hours.press("Enter");
  await page.locator(".toast").getByText("Proposed to").first().waitFor();
  await panel.getByRole("tab", { name: /^Comments/ }).click();
  await panel.getByRole("button", { name: "Comment", exact: true }).click();
  await panel.locator(".talk textarea:focus").fill("Too few hours for the new drawings.");
  await panel.getByRole("button", { name: "Send" }).click();
  await panel.locator(".comment").filter({ hasText: "Too few hours" }).waitFor();
  await goTo(page, works.plan, "modules");
  await page.getByRole("button", { name: /^Add module/ }).first().click();
  await page.locator(".panel .item-title textarea:focus").waitFor();
  await page.keyboard.type("Gear hobbing");
  await page.keyboard.press("Enter");
  await page.locator(".board").getByText("Gear hobbing").first().waitFor();
}

/** The school reads the comment, accepts the proposal and finds the module. */
async function schoolDecides(school) {
  const { page } = school;
  await tab(school, /^Proposals/);
  const proposal = page.locator(".proposal").filter({ hasText: "ZJ01" });
  await proposal.getByText("Ding Hui").first().waitFor();
  await proposal.getByRole("button", { name: "Accept" }).click();
  await proposal.getByText("Accepted").waitFor();
  await saved(page);
  const panel = await module(school, "ZJ01");
  await soon.equal(() => panel.getByLabel("Hours").first().inputValue(), "120");
  await panel.getByRole("tab", { name: /^Comments/ }).click();
  await panel.locator(".comment").filter({ hasText: "Too few hours" }).waitFor();
  await goTo(page, school.plan, "modules");
  await page.locator(".board").getByText("Gear hobbing").first().waitFor();
}

/** The version is valid on this device: same words, both signatures. */
async function verifies(side, hash) {
  await versions(side.page, side.plan);
  await version(side.page).getByText("Valid", { exact: true }).waitFor();
  await version(side.page).getByText("The plan still reads so.").waitFor();
  await soon.equal(() => version(side.page).locator("code").innerText(), hash);
  await soon.equal(() => version(side.page).locator(".signature").count(), 2);
}

for (const [name, way] of Object.entries(ways)) {
  weft(`a school and an enterprise make one plan ${name}, both sign, a third verifies, and what was tampered with is refused`, async ({ page, context, watch }) => {
    await way.prepare?.(context);
    const home = { page, plan: await school(page) };
    await way.begin?.(home);
    const works = await way.bring(home, watch, ["Ding Hui", WORKS]);
    await enterpriseWorks(works);
    await way.carry(works, home, "Lin Jing");
    await schoolDecides(home);

    const hash = await named(page, home.plan, "For the committee");
    await signed(page);
    await version(page).getByText("School 1 of 1").waitFor();
    await way.carry(home, works, "Ding Hui");
    await versions(works.page, works.plan);
    await signed(works.page);
    await version(works.page).getByText("Valid", { exact: true }).waitFor();
    await way.carry(works, home, "Lin Jing");
    await verifies(home, hash);

    const office = await way.bring(home, watch, ["Zhou Mingyuan"]);
    await verifies(office, hash);
    await way.tamper(home, office);
    await verifies(home, hash);
    await verifies(office, hash);
    await picture(office.page, `story ${name}`.replaceAll(" ", "-"));
    await works.page.context().close();
    await office.page.context().close();
  });
}
