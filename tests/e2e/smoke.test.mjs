// The editor starts wherever it is put, and where it cannot start it says so.

import assert from "node:assert/strict";
import { open, picture, ready, subUrl, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";
import { soon } from "./support/soon.mjs";

weft("the editor starts at the root of a host that sends the policy", async ({ page }) => {
  const response = await page.goto(url);
  assert.match(response.headers()["content-security-policy"], /require-trusted-types-for 'script'/);
  await ready(page);
  await soon.notEqual(async () => (await page.locator("body").innerText()).trim(), "");
  await picture(page, "start");
});

weft("the editor starts below a path of a host that sends no policy", async ({ page }) => {
  const foreign = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(subUrl)) foreign.push(request.url());
  });
  const response = await page.goto(subUrl);
  assert.equal(response.headers()["content-security-policy"], undefined);
  await ready(page);
  await soon.notEqual(async () => (await page.locator("body").innerText()).trim(), "");
  assert.deepEqual(foreign, [], "an address left the path");
});

for (const address of [url, subUrl]) {
  weft(`a string does not become markup or code at ${new URL(address).pathname}`, async ({ page, allow }) => {
    allow(/policy violation|Content Security Policy|TrustedHTML|TrustedScript/i);
    await open(page, address);
    const outcome = await page.evaluate(async () => {
      // The driver's own call may evaluate strings; what runs after it may not.
      await new Promise((done) => setTimeout(done));
      const attempt = (act) => {
        try {
          act();
          return "allowed";
        } catch (error) {
          return error.name;
        }
      };
      return {
        markup: attempt(() => (document.createElement("p").innerHTML = "<b>x</b>")),
        code: attempt(() => new Function("return 1")),
        policy: attempt(() => trustedTypes.createPolicy("another", {})),
      };
    });
    assert.deepEqual(outcome, { markup: "TypeError", code: "EvalError", policy: "TypeError" });
  });
}

weft("when the program does not arrive, the page says so in both languages", async ({ page, allow }) => {
  allow(/Weft could not start|Failed to load resource|preloaded|net::ERR/);
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(url);
  const told = page.getByRole("alert");
  await told.waitFor();
  const text = await told.innerText();
  assert.match(text, /could not be loaded/);
  assert.match(text, /未能加载/);
  await accessible(page, "the page that says the program did not arrive");
});

weft("the first screen loads itself alone, and the rest comes once the person moves", async ({ page }) => {
  const parts = new Set();
  page.on("request", (request) => {
    const name = new URL(request.url()).pathname.split("/").pop();
    if (/^(split|chunk)_.*\.wasm$/.test(name)) parts.add(name);
  });
  // Where the browser says that the mouse is, whatever another test did with it.
  await page.mouse.move(5, 5);
  // Where files travel compressed, without which this is far too much.
  await open(page, subUrl);
  await page.locator(".home-title").waitFor();
  // What a browser tells by itself when the page changes under a mouse that rests.
  await page.evaluate(() => {
    for (const _ of [1, 2]) dispatchEvent(new PointerEvent("pointermove", { clientX: 5, clientY: 5 }));
  });
  await page.waitForLoadState("networkidle");
  assert.deepEqual([...parts], [], "nobody has asked for a plan yet");
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType("resource").reduce((sum, entry) => sum + entry.encodedBodySize, 0),
  );
  assert.ok(loaded > 50_000 && loaded <= 750_000, `the first screen loaded ${loaded} bytes`);
  const came = page.waitForResponse((response) => /split_transfer/.test(response.url()));
  await page.mouse.move(200, 200);
  await page.mouse.move(210, 200);
  await came;
  assert.ok(parts.has("split_plan.wasm"));
});

weft("a part that does not come is said, and a second try brings it", async ({ page, allow }) => {
  allow(/Failed to load resource|net::ERR|TypeError: Failed to fetch|preload/);
  let cut = true;
  await page.route(/(split|chunk)_.*\.wasm$/, (route) => (cut ? route.abort() : route.continue()));
  await open(page, url);
  await page.getByRole("button", { name: "New plan" }).click();
  await page.getByText("This part of Weft could not be loaded").waitFor();
  cut = false;
  await page.getByRole("button", { name: "New plan" }).click();
  await page.locator(".topbar .save-state.good").waitFor();
  const plan = page.url();
  // The same at the address of a plan.
  await page.goto("about:blank");
  cut = true;
  await open(page, plan);
  await page.getByText("This part of Weft could not be loaded").waitFor();
  cut = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.locator(".topbar .save-state.good").waitFor();
});
