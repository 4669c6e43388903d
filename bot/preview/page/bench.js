// The panel beside the chat: its tabs, and on a narrow window the drawer that it is.

import { $ } from "./make.js";

const TABS = ["why", "tree", "questions"];
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

export class Bench {
  constructor() {
    this.wide = matchMedia("(min-width: 900px)");
    $("bench-toggle").addEventListener("click", () => this.open($("bench").hidden));
    $("bench-close").addEventListener("click", () => this.close());
    $("bench").addEventListener("keydown", (event) => { if (event.key === "Escape" && !this.wide.matches) this.close(); });
    for (const name of TABS) $(`tab-${name}`).addEventListener("click", () => this.choose(name));
    $("tabs").addEventListener("keydown", (event) => this.onKey(event));
    this.onChoose = () => {};
    this.choose("why");
  }

  // `explains`: there is a why; `works`: there is a workbench, too.
  enable(explains, works) {
    for (const name of ["tree", "questions"]) $(`tab-${name}`).hidden = !works;
    $("editors").hidden = !works;
    if (!explains === $("bench-toggle").hidden) return;
    $("bench-toggle").hidden = !explains;
    this.open(explains && this.wide.matches);
  }

  open(shown) {
    $("bench").hidden = !shown;
    $("bench-toggle").setAttribute("aria-expanded", String(shown));
    document.body.classList.toggle("benched", shown);
  }

  close() {
    this.open(false);
    $("bench-toggle").focus();
  }

  get isDrawer() {
    return !this.wide.matches;
  }

  choose(name) {
    this.chosen = name;
    for (const each of TABS) {
      const isChosen = each === name;
      $(`tab-${each}`).setAttribute("aria-selected", String(isChosen));
      $(`tab-${each}`).tabIndex = isChosen ? 0 : -1;
      $(`panel-${each}`).hidden = !isChosen;
    }
    this.onChoose(name);
  }

  onKey({ key }) {
    const names = TABS.filter((name) => !$(`tab-${name}`).hidden);
    const step = STEPS[key];
    if (!step && key !== "Home" && key !== "End") return;
    const at = key === "Home" ? 0 : key === "End" ? names.length - 1 : names.indexOf(this.chosen) + step;
    const name = names.at(at % names.length);
    this.choose(name);
    $(`tab-${name}`).focus();
  }
}
