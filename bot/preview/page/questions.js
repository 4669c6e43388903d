// Question sets: put to the bot beside the chat, with the figures and what the last save has changed.

import { $, button, make } from "./make.js";

const KEY = "preview-after-save";
const VERDICTS = { worse: "Worse", better: "Better", other: "Otherwise" };

export class Questions {
  constructor(line) {
    Object.assign(this, { line, number: null, wasAsking: false });
    $("ask").addEventListener("click", () => line.post(this.asking ? "questions/stop" : "questions/ask", { set: this.set }));
    $("set").addEventListener("change", () => this.load());
    $("after-save").checked = localStorage.getItem(KEY) === "yes";
    $("after-save").addEventListener("change", () => localStorage.setItem(KEY, $("after-save").checked ? "yes" : "no"));
  }

  get set() {
    return $("set").value;
  }

  // With every state of the chat: how far it is; after a save and after a run the figures are others.
  show({ number, strip, asking }, isOpen) {
    this.asking = asking;
    $("ask").textContent = asking ? "Stop" : "Run";
    $("asking").hidden = !asking;
    if (asking) {
      $("asking-progress").max = asking.total || 1;
      $("asking-progress").value = asking.done;
      $("asking-said").textContent = `${asking.done} of ${asking.total}`;
    }
    const isSaved = this.number !== null && this.number !== number && strip.phase === "live";
    const isOver = this.wasAsking && !asking;
    this.wasAsking = Boolean(asking);
    if (strip.phase === "live" || this.number === null) this.isOld = this.isOld || this.number !== number;
    if (strip.phase === "live" || this.number === null) this.number = number;
    if (isSaved && $("after-save").checked && !asking) this.line.post("questions/ask", { set: this.set });
    if (isOpen && (this.isOld || isOver)) this.load();
    else if (isOver) this.isOld = true;
  }

  async load() {
    this.isOld = false;
    const asked = this.set;
    try {
      const found = await this.line.get(`questions?set=${encodeURIComponent(asked)}`);
      if (asked !== this.set) return;
      this.fill(found, asked);
    } catch {
      this.isOld = true;
      $("figures").replaceChildren(make("p", "quiet", "The figures could not be read."));
    }
  }

  fill({ folder, sets, shares, before, differences }, asked) {
    const usable = sets.filter((each) => !each.mistake);
    const all = usable.reduce((sum, each) => sum + each.count, 0);
    const options = [["", `All sets (${all})`], ...usable.map(({ name, count }) => [name, `${name} (${count})`])];
    $("set").replaceChildren(...options.map(([value, text]) => Object.assign(make("option", "", text), { value })));
    $("set").value = asked;
    $("asking-bar").hidden = !usable.length;
    $("figures").replaceChildren(
      ...sets.filter((each) => each.mistake).map((each) => make("p", "note", each.mistake)),
      ...(usable.length ? result(shares, before, differences) : [none(folder)]));
  }
}

function none(folder) {
  const where = folder ? `${folder} holds no usable question set.` : "There are no question sets.";
  return make("p", "quiet", `${where} Put files such as questions/mine.jsonl beside the content folder, one question a line: `,
    make("code", "", '{"q": "my baby crawls backwards", "labels": ["the id of an entry"]}'));
}

function result(shares, before, differences) {
  if (!shares) return [make("p", "quiet", "Not run yet on the content as it is now.")];
  return [changes(differences), table(shares, before)];
}

function changes(differences) {
  const section = make("section", "part", make("h3", "", "What changed since the last save"));
  if (!differences) section.append(make("p", "quiet", "Nothing was saved yet since the preview was started."));
  else if (!differences.length) section.append(make("p", "quiet", "Nothing: every question gets the same answer."));
  else section.append(counts(differences), ...shownInSteps(differences));
  return section;
}

function counts(differences) {
  const parts = Object.keys(VERDICTS).map((verdict) => {
    const count = differences.filter((each) => each.verdict === verdict).length;
    return make("span", `verdict ${verdict}`, `${VERDICTS[verdict]}: ${count}`);
  });
  return make("p", "verdicts", ...parts);
}

function shownInSteps(differences, step = 30) {
  const list = make("ul", "plain", ...differences.slice(0, step).map(toItem));
  if (differences.length <= step) return [list];
  const more = button("text-button", () => { list.append(...differences.slice(step).map(toItem)); more.remove(); }, "Show all");
  return [list, more];
}

function toItem({ question, wanted, before, after, verdict }) {
  const way = make("span", "way", make("del", "", before), " → ", make("ins", "", after));
  return make("li", "", make("span", `verdict ${verdict}`, VERDICTS[verdict]), make("span", "quoted", question),
    way, make("span", "about", `wanted: ${wanted}`));
}

function table(shares, before) {
  const known = Object.entries(shares).filter(([, share]) => share.whole);
  const head = make("tr", "", ...["", "now", before ? "before" : "", "of"].map((text) => make("th", "", text)));
  const rows = known.map(([name, share]) => {
    const row = make("tr", "", make("th", "", name), make("td", "number", `${share.percent} %`),
      make("td", "number was", before?.[name] ? `${before[name].percent} %` : ""),
      make("td", "number quiet", `${share.part} / ${share.whole}`));
    row.querySelector("th").scope = "row";
    return row;
  });
  return make("section", "part", make("h3", "", "Figures"), make("table", "figures", make("thead", "", head), make("tbody", "", ...rows)));
}
