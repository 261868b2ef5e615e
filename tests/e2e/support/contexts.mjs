// Browser contexts that serve one test after another: each test gets an empty one.
//
// A context keeps a page without the editor, its keeper, and a test's first page is
// opened by that one. Such a page runs in the process of its opener, which has run the
// editor before: a process for each test, and the editor read and translated anew in
// it, took a seventh of what tests of one page take. Pages that a test opens itself are in
// processes of their own, as a person's tabs are.
//
// After a test its pages are closed and all that the device held is deleted. A context
// to which something was done that nobody can take back is closed instead.

/** What cannot be taken back, or not from outside. */
const lasting = ["addInitScript", "exposeBinding", "exposeFunction", "on", "route", "setOffline"];

/** Contexts that are lent out, and those that wait, by their options. */
const lent = new Set();
const waiting = new Map();

/**
 * Lends an empty context and its first page; `open` makes one, with these options, where
 * none waits, and `heard` is told of its pages.
 */
export async function lend(open, address, options, heard) {
  const key = JSON.stringify(options);
  const one = waiting.get(key)?.pop() ?? (await made(open, address, options, key));
  one.heard = heard;
  const first = lent.size === 0;
  lent.add(one);
  const page = await opened(one);
  one.untouched = first ? page : undefined;
  return { context: one.context, page };
}

/** Takes back all that were lent out, those of a test that failed for good. */
export async function takeBack(failed) {
  const back = [...lent];
  lent.clear();
  await Promise.all(back.map((one) => (failed || one.spoilt ? one.context.close() : emptied(one))));
}

/**
 * The first context of this test, by its page, if nothing has been opened there yet: its
 * keeper, from which its storage can be filled, and its options as a string. Once only.
 */
export function untouched(page) {
  const one = [...lent].find((one) => one.untouched === page);
  if (!one) return undefined;
  one.untouched = undefined;
  return one.spoilt || page.url() !== "about:blank" ? undefined : one;
}

/** A new page of this origin without the editor in it. */
export async function withoutEditor(context, address) {
  const page = await context.newPage();
  // Of the same group as the editor's pages, which want no opener of another one.
  const headers = { "content-type": "text/html", "cross-origin-opener-policy": "same-origin" };
  const body = '<!doctype html><title>No editor</title><link rel="icon" href="data:,">';
  await page.route("**/no-editor", (route) => route.fulfill({ headers, body }));
  await page.goto(new URL("no-editor", address).href);
  return page;
}

async function made(open, address, options, key) {
  const context = await open(options);
  const keeper = await withoutEditor(context, address);
  const protocol = await context.newCDPSession(keeper);
  const { origin } = new URL(address);
  const one = { context, keeper, key, origin, protocol, spoilt: false };
  const spoil = () => {
    one.spoilt = true;
  };
  context.on("page", (page) => one.heard?.(page));
  // A page that dies takes its process with it.
  keeper.on("crash", spoil);
  context.on("close", spoil);
  for (const [on, names] of [[context, lasting], [context.clock, ["install", "setFixedTime", "setSystemTime"]]]) {
    for (const name of names) {
      const plain = on[name].bind(on);
      on[name] = (...words) => {
        spoil();
        return plain(...words);
      };
    }
  }
  return one;
}

async function opened({ context, keeper }) {
  const coming = context.waitForEvent("page");
  await keeper.evaluate(() => {
    open("about:blank");
  });
  return coming;
}

async function emptied(one) {
  const { context, keeper, key, origin, protocol } = one;
  await Promise.all(context.pages().map((page) => page !== keeper && page.close()));
  await protocol.send("Storage.clearDataForOrigin", { origin, storageTypes: "all" });
  await context.clearPermissions();
  if (!waiting.has(key)) waiting.set(key, []);
  waiting.get(key).push(one);
}
