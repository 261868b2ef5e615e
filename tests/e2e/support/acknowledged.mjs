// What a page has shown as saved, heard from outside of it: that memory outlives
// the page, its tab and its browser.
//
// Only a step from "not all saved" to "all saved" counts, and only lines that do
// not have the focus: a line that is being typed into is no edit yet.

/** Hears of every line that pages of this context show as saved; gives the set of them. */
export async function acknowledged(context) {
  const told = new Set();
  await context.exposeBinding("weftAcknowledged", (_, lines) => {
    for (const line of lines) told.add(line);
  });
  await context.addInitScript(listen);
  return told;
}

function listen() {
  let before = false;
  const look = () => {
    const now = document.querySelector(".topbar .save-state.good") !== null;
    if (now && !before) {
      const inputs = [...document.querySelectorAll(".outline .line .line-words input")];
      const lines = inputs.filter((input) => input !== document.activeElement && input.value);
      globalThis.weftAcknowledged(lines.map((input) => input.value));
    }
    before = now;
  };
  const attributes = { subtree: true, childList: true, attributes: true, attributeFilter: ["class"] };
  new MutationObserver(look).observe(document, attributes);
}
