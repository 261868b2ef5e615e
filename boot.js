// Loads the editor and, when it cannot be loaded, says so in words. The sentences
// stand here and not in locales/, because those come with the editor itself. Text
// enters the page as text only: the policy allows nothing else.

const sentences = {
  old: {
    en: "This browser is too old for Weft. Please use a current Firefox, Chrome, Edge or Safari.",
    "zh-CN": "当前浏览器版本过旧，无法运行经纬。请使用新版 Firefox、Chrome、Edge 或 Safari。",
  },
  lost: {
    en: "Weft could not be loaded. Check the connection, then load the page again. Plans kept on this device are untouched.",
    "zh-CN": "经纬未能加载。请检查网络连接后重新加载页面。保存在本设备上的方案不受影响。",
  },
  again: { en: "Load again", "zh-CN": "重新加载" },
};

function paragraph(text) {
  const lines = Object.entries(text).map(([lang, words]) => {
    const line = document.createElement("p");
    line.lang = lang;
    line.textContent = words;
    return line;
  });
  return lines;
}

function tell(which, error) {
  console.error("Weft could not start:", error);
  const start = document.getElementById("weft-start") ?? document.body;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = Object.values(sentences.again).join(" · ");
  button.addEventListener("click", () => location.reload());
  start.setAttribute("role", "alert");
  start.replaceChildren(...paragraph(sentences[which]), button);
}

// Whoever comes to the address of a plan needs the part that opens plans: asked
// for now, it comes beside the main one instead of after it.
const plan = "./plan.wasm";
if (location.hash.startsWith("#/plan/")) {
  for (const name of plan.split(" ").filter(Boolean)) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "fetch", type: "application/wasm", crossOrigin: "anonymous" });
    link.href = new URL(name, import.meta.url);
    document.head.append(link);
  }
}

try {
  if (typeof WebAssembly !== "object") throw new Error("no WebAssembly");
  const { default: init } = await import("./weft.js");
  await init({ module_or_path: new URL("./weft_bg.wasm", import.meta.url) });
  document.getElementById("weft-start")?.remove();
} catch (error) {
  // A CompileError on a file that arrived whole: the engine lacks a feature.
  const old = typeof WebAssembly !== "object" || error instanceof WebAssembly.CompileError;
  tell(old ? "old" : "lost", error);
}
