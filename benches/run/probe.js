// Runs in every measured page before anything else, as `window.__probe`: waits for
// painted frames, notes keys and WebAssembly memories, and knows by which marks
// one sees that Weft or a peer has painted. It changes nothing that it measures.

(() => {
  const memories = new Set();
  const keep = (exports) => {
    for (const value of Object.values(exports)) if (value instanceof WebAssembly.Memory) memories.add(value);
  };
  for (const name of ["instantiate", "instantiateStreaming"]) {
    const original = WebAssembly[name];
    WebAssembly[name] = async (...given) => {
      const result = await original.apply(WebAssembly, given);
      keep((result.instance ?? result).exports);
      return result;
    };
  }

  /** The time at the first task after the next frame: its style, layout and paint
   * are done by then. */
  const afterFrame = () =>
    new Promise((done) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => done(performance.now());
        port2.postMessage(0);
      });
    });

  const text = (selector) => document.querySelector(selector)?.textContent?.trim() ?? "";
  const all = (selector) => document.querySelectorAll(selector);

  /** A canvas counts as painted with more than four colours on it. Reading pixels
   * is slow: never within a measured time. */
  const colours = (canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const found = new Set();
    for (let at = 0; at < data.length && found.size < 16; at += 4 * 7) {
      found.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    }
    return found.size;
  };

  const middle = (element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width * 0.5, y: top + height * 0.5 };
  };

  const kinds = {
    weft: {
      ready: () => !document.getElementById("weft-start") && text(".home-title") !== "",
      start: (id) => (location.hash = `#/plan/${id}/weave`),
      // Heads and canvas are drawn in one go; the heads can be asked cheaply.
      painted: () => {
        const grid = document.querySelector(".weave-grid [role=grid]");
        return (
          Number(grid?.getAttribute("aria-rowcount")) > 100 &&
          text(".weave-grid [role=rowheader]") !== "" &&
          text(".weave-grid [role=columnheader]") !== "" &&
          document.querySelector(".weave-canvas").width > 100
        );
      },
      colours: () => colours(document.querySelector(".weave-canvas")),
      look: () => document.querySelector(".weave-canvas").toDataURL(),
      where: () => text(".weave-grid [role=rowheader]") + document.querySelector(".weave-grid").scrollTop,
      point: () => middle(document.querySelector(".weave-canvas")),
      scroll: (x, y) => document.querySelector(".weave-grid").scrollBy(x, y),
    },
    ag: {
      ready: () => document.body?.dataset.ready === "yes",
      start: (name) => void window.bench.open(name),
      painted: () =>
        all(".ag-grid-scrolling-cells .ag-cell").length > 100 &&
        text(".ag-grid-scrolling-container .ag-grid-pinned-left-cells .ag-cell") !== "",
      colours: () => 16, // it paints no canvas: what it shows is what `painted` asks
      look: () => [...all(".ag-cell")].map((cell) => cell.textContent).join("|"),
      where: () => document.querySelector(".ag-grid-viewport").scrollTop + text(".ag-grid-scrolling-container"),
      point: () => middle(document.querySelector(".ag-grid-viewport")),
      scroll: (x, y) => document.querySelector(".ag-grid-viewport").scrollBy(x, y),
    },
    xds: {
      ready: () => document.body?.dataset.ready === "yes",
      start: (name) => void window.bench.open(name),
      // It draws before `open` ends.
      painted: () => window.bench?.opened === true && document.querySelector(".x-spreadsheet-table").width > 100,
      colours: () => colours(document.querySelector(".x-spreadsheet-table")),
      look: () => document.querySelector(".x-spreadsheet-table").toDataURL(),
      where: () => document.querySelector(".x-spreadsheet-scrollbar.vertical").scrollTop,
      point: () => middle(document.querySelector(".x-spreadsheet-overlayer-content")),
      scroll: (x, y) => {
        document.querySelector(".x-spreadsheet-scrollbar.vertical").scrollTop += y;
        document.querySelector(".x-spreadsheet-scrollbar.horizontal").scrollLeft += x;
      },
    },
  };

  const keys = [];
  addEventListener(
    "keydown",
    (event) => {
      if (window.__probe.quiet) return;
      const { timeStamp, key } = event;
      void afterFrame().then((at) => keys.push({ key, millis: at - timeStamp }));
    },
    { capture: true },
  );

  window.__probe = {
    kinds,
    keys,
    /** Notes no keys while true, for what counts the work of a key. */
    quiet: false,
    afterFrame,
    /** The time at which the condition holds after a frame; looks once a frame. */
    async until(condition, limit = 60_000) {
      const end = performance.now() + limit;
      for (;;) {
        const now = await afterFrame();
        if (condition()) return now;
        if (now > end) throw new Error(`not within ${limit} ms: ${condition}`);
      }
    },
    /** Opens a plan; gives the milliseconds to the painted grid. */
    async open(kind, plan) {
      const { start, painted } = kinds[kind];
      if (painted()) throw new Error("painted before it was opened: the mark means nothing");
      const since = performance.now();
      start(plan);
      return (await this.until(painted)) - since;
    },
    wasmBytes: () => [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0),
    elements: () => all("*").length,
    /** Moves diagonally once a frame; gives the times between frames. */
    async scroll(kind, frames, x, y) {
      const times = [];
      let most = 0;
      await new Promise((done) => {
        const frame = (at) => {
          times.push(at);
          if (times.length > frames) return done();
          kinds[kind].scroll(x, y);
          if (times.length % 30 === 0) most = Math.max(most, all("*").length);
          requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      });
      return { frames: times.slice(1).map((at, index) => at - times[index]), most };
    },
  };
})();
