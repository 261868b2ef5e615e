// The editor starts wherever it is put, and where it cannot start it says so.

import assert from "node:assert/strict";
import { open, picture, ready, subUrl, url, weft } from "./support/browser.mjs";
import { accessible } from "./support/axe.mjs";

weft("the editor starts at the root of a host that sends the policy", async ({ page }) => {
  const response = await page.goto(url);
  assert.match(response.headers()["content-security-policy"], /require-trusted-types-for 'script'/);
  await ready(page);
  assert.notEqual((await page.locator("body").innerText()).trim(), "");
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
  assert.notEqual((await page.locator("body").innerText()).trim(), "");
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
