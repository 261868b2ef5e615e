// Excalidraw with React, as its own documentation starts it: for P2 alone.

import { Excalidraw } from "@excalidraw/excalidraw";
import "@excalidraw/excalidraw/index.css";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

createRoot(document.getElementById("grid")).render(createElement(Excalidraw));
