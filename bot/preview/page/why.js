// Why the bot answered as it did: both heads' chances, the nearest wordings, the floor's phrases, the age.

import { toLink } from "./links.js";
import { make, percent } from "./make.js";

const NOTHING = "Write something to the bot: here you see how it understood it.";
const DECISIONS = {
  answer: "Answered at once", choices: "Offered a choice", smalltalk: "Small talk", unknown: "Said that it does not know",
  caution: "Answered, under the line of caution", emergency: "Danger reply: emergency", crisis: "Danger reply: crisis",
  urgent: "Danger reply: urgent",
};
const GRAVE = ["emergency", "crisis", "urgent", "caution"];

export class Why {
  constructor(body, line) {
    Object.assign(this, { body, line, asked: null });
  }

  clear() {
    this.asked = null;
    this.body.replaceChildren(make("p", "quiet", NOTHING));
  }

  // Once more, for the content has changed.
  again() {
    if (this.asked) this.ask(this.asked);
  }

  async ask(text) {
    const isNew = this.asked !== text;
    this.asked = text;
    let content;
    try {
      content = text.startsWith("/") && !text.includes(" ")
        ? [make("p", "quiet", "A command: there is nothing to understand.")]
        : render(await this.line.why(text));
    } catch {
      content = [make("p", "quiet", "The explanation failed.")];
    }
    if (this.asked !== text) return;
    this.body.replaceChildren(make("div", "asked", text), ...content);
    if (isNew) this.body.scrollTop = 0;
  }
}

function render(why) {
  const { answers = [], signs = [], phrases = [], nearest = [], notes = [], thresholds: least } = why;
  return [
    decision(why),
    ...notes.map((note) => make("p", "note", note)),
    part("Answers", least && `answered at once from ${percent(least.answer)} on, a choice from ${percent(least.choices)}`,
      ...answers.map((each) => bar(each.name, each.chance, "", each.place)),
      ...("outside" in why ? [bar("Nothing here answers it", why.outside, "quiet")] : [])),
    ...(why.danger === null || why.danger === undefined ? [] : [
      part("Danger", least && `danger reply from ${percent(least.danger)} on, line of caution from ${percent(least.caution)}`,
        bar("Any danger", why.danger, "danger"), ...signs.map((each) => bar(words(each.name), each.chance, each.is_sign ? "sign" : "quiet", each.place))),
      part("Phrases that prove danger", "", list(phrases.map(toPhrase), "None stands in it.")),
    ]),
    part("Age that was read", "", make("p", why.age ? "" : "quiet", why.age ?? "None.")),
    part("Nearest wordings", "by their letters alone", list(nearest.map(toWording), "None is near.")),
  ];
}

function decision(why) {
  const element = make("p", "decision", DECISIONS[why.decision] ?? why.decision ?? "");
  element.dataset.grave = String(GRAVE.includes(why.decision));
  return element;
}

function part(title, about, ...content) {
  const heading = make("h3", "", title);
  if (about) heading.append(make("small", "", about));
  return make("section", "part", heading, ...content);
}

function bar(name, chance, kind, place) {
  const fill = make("span", "fill");
  fill.style.width = `${100 * chance}%`;
  const track = make("span", "track", fill);
  track.setAttribute("aria-hidden", "true");
  return make("div", `bar-row ${kind}`, make("span", "name", toLink(place, name)), track, make("span", "number", percent(chance)));
}

function list(items, none) {
  if (!items.length) return make("p", "quiet", none);
  return make("ul", "plain", ...items);
}

function toPhrase({ sign, phrase, language, place }) {
  const said = language === "en" ? "" : ` (${language})`;
  return make("li", "", make("span", "quoted", `${phrase}${said}`), make("span", "about", words(sign), toLink(place)));
}

function toWording({ likeness, owner, text, place }) {
  const like = make("span", "number", String(likeness));
  like.title = "Likeness of the letters, of 100";
  return make("li", "", make("span", "quoted", text), make("span", "about", like, make("span", "", words(owner)), toLink(place)));
}

function words(name) {
  return name.replaceAll("_", " ");
}
