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
  broken: {
    en: "This file is not whole: the editor in it does not start. Ask for the file again. The plan in it may still be readable: open the file in Weft.",
    "zh-CN": "此文件不完整，其中的编辑器无法启动。请重新索取该文件。其中的方案可能仍可读取：请在经纬中打开此文件。",
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

// weft:load (a page that holds all of itself has single.js from here on)

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
