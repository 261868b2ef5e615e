// Ways to a plan that several tests begin with.

import { readFileSync } from "node:fs";
import { open, url } from "./browser.mjs";
import { untouched } from "./contexts.mjs";
import { fill, held } from "./saved.mjs";

/** The complete example, as the file that ships with the editor. */
export function example() {
  const path = new URL("../../../examples/cnc-order-class.json", import.meta.url);
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Opens a plan file on Home, as a person does; gives the plan's address without a page. */
export async function openFile(page, plan, name = "plan.json") {
  await open(page, `${url}#/`);
  const chooser = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /^(Open a file|打开文件)$/ }).click();
  const body = typeof plan === "string" ? plan : JSON.stringify(plan);
  await (await chooser).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(body) });
}

/** What a device held once it had opened this plan file, by the file and the device. */
const opened = new Map();

/**
 * Opens a plan file and waits for its Overview; gives the plan's address.
 *
 * Where a test begins with a file that one before it has begun with, its device is given
 * what that one's held then: to open the same few files anew each time took a tenth of
 * what such tests do. A test's second device opens the file itself, as its plan is
 * another.
 */
export async function openPlan(page, plan) {
  const device = untouched(page);
  const key = device && JSON.stringify([device.key, plan]);
  const known = opened.get(key);
  if (known) {
    await fill(device.keeper, known.held);
    await open(page, `${known.address}/overview`);
  } else {
    await openFile(page, plan);
    await page.waitForURL(/#\/plan\/[0-9a-z]+\/overview/);
  }
  await page.locator(".overview").waitFor();
  const address = page.url().replace(/\/overview.*/, "");
  if (device && !known) opened.set(key, { address, held: await held(page) });
  return address;
}

/** Goes to a page of the plan. */
export async function goTo(page, plan, name) {
  await page.goto(`${plan}/${name}`);
}

/**
 * The example with what the pictures of the design show: S-3.1 in no module, two
 * competencies below their level, one more waived, one never assessed, and a
 * module whose theory and practice come to one hour less than its total.
 */
export function withGaps() {
  const plan = example();
  const lines = plan.job_items.filter((line) => line.tier === "competency");
  const id = (code) => lines.find((line) => line.code === code).id;
  const below = ["P-2.1.2", "P-4.1.1", "P-5.2.1"].map(id);
  plan.links = plan.links.filter(
    (link) => link.competency !== id("S-3.1") && !(below.includes(link.competency) && link.level === 3),
  );
  for (const assessment of plan.assessments) {
    assessment.competencies = (assessment.competencies ?? []).filter((one) => one !== id("P-3.1.2"));
  }
  plan.waivers = [
    {
      rule: "coverage.below",
      subject: `job_items/${id("P-5.2.1")}`,
      figures: "reached=2;required=3",
      reason: { en: "learned on the job", "zh-CN": "在岗学习" },
      by: "Ding Hui",
      on: "2026-05-14",
    },
  ];
  const module = plan.modules.find((module) => module.code === "GG01");
  module.theory_hours -= 1;
  return plan;
}
