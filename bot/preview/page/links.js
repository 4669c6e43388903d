// Lines of files as links into the author's editor: which one is chosen below the panel, and kept.

import { $, button, make } from "./make.js";

const KEY = "preview-editor";
// How each editor's links read. Only these can be chosen, and a path goes in encoded: no link can become another one.
const EDITORS = {
  vscode: (path, line) => `vscode://file${path}:${line}`,
  vscodium: (path, line) => `vscodium://file${path}:${line}`,
  cursor: (path, line) => `cursor://file${path}:${line}`,
  zed: (path, line) => `zed://file${path}:${line}`,
  pycharm: (path, line) => `pycharm://open?file=${path}&line=${line}`,
  idea: (path, line) => `idea://open?file=${path}&line=${line}`,
};
const SHOWN_PARTS = 2; // of the path: the rest is the same everywhere, and stands in the title
let chosen = Object.hasOwn(EDITORS, localStorage.getItem(KEY) ?? "vscode") ? (localStorage.getItem(KEY) ?? "vscode") : "";

export function startEditors(tell) {
  $("editor").value = chosen;
  $("editor").addEventListener("change", () => {
    chosen = Object.hasOwn(EDITORS, $("editor").value) ? $("editor").value : "";
    localStorage.setItem(KEY, chosen || "copy");
    for (const element of document.querySelectorAll(".spot")) element.replaceWith(toLink(element.place, element.said));
  });
  startEditors.tell = tell;
}

// A place is { file, line, path }; `said` stands for it where that is another text than file and line.
export function toLink(place, said) {
  if (!place) return said ?? "";
  const line = Math.max(1, Math.trunc(Number(place.line)) || 1);
  const shown = said ?? `${place.file.split("/").slice(-SHOWN_PARTS).join("/")}:${line}`;
  const element = chosen ? make("a", "spot", shown) : button("spot", () => copy(`${place.path}:${line}`), shown);
  if (chosen) element.href = EDITORS[chosen](encoded(place.path), line);
  element.title = `${place.path}:${line}`;
  Object.assign(element, { place, said });
  return element;
}

function encoded(path) {
  const parts = path.split("/").map(encodeURIComponent).join("/").replace(/^([A-Za-z])%3A/, "$1:");
  return parts.startsWith("/") ? parts : `/${parts}`;
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    startEditors.tell("The path is copied.");
  } catch {
    startEditors.tell(text);
  }
}
