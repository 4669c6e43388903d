// The strip at the top: how the author's edit fares.

import { toLink } from "./links.js";
import { $, button, make } from "./make.js";

const SHOWN = 6000; // Milliseconds for which good news stays,
const LEAVING = 500; // and in which it fades.

export class Strip {
  constructor(replay) {
    this.replay = replay;
    this.number = null;
    $("strip-close").addEventListener("click", () => this.clear());
  }

  // `number` counts the editions of the content: at first it is what it was, and no news.
  show({ number, strip }) {
    const isNews = this.number !== null && (number !== this.number || strip.phase !== this.phase);
    const isFirst = this.number === null;
    Object.assign(this, { number, phase: strip.phase });
    this.progress(strip);
    const print = JSON.stringify({ ...strip, share: null });
    if (this.print === print && !isNews) return;
    this.print = print;
    if (strip.phase === "live" && isFirst) return;
    clearTimeout(this.timer);
    $("strip").dataset.phase = strip.phase;
    $("strip-said").textContent = said(strip);
    $("strip-list").replaceChildren(...strip.mistakes.map(toItem));
    $("strip-list").hidden = !strip.mistakes.length;
    $("strip-close").hidden = ["reading", "learning"].includes(strip.phase);
    $("strip-acts").replaceChildren(...(strip.phase === "live" && this.replay.can() ? [again(this.replay)] : []));
    $("strip").classList.remove("leaving");
    $("strip").classList.add("shown");
    if (strip.phase === "live" && !strip.mistakes.length) this.timer = setTimeout(() => this.clear(), SHOWN);
  }

  progress({ phase, share }) {
    $("strip-progress").hidden = phase !== "learning";
    if (!share) $("strip-progress").removeAttribute("value");
    else $("strip-progress").value = share;
    $("strip-share").textContent = phase === "learning" && share ? `${Math.round(100 * share)} %` : "";
  }

  clear() {
    clearTimeout(this.timer);
    $("strip").classList.add("leaving");
    this.timer = setTimeout(() => $("strip").classList.remove("shown", "leaving"), LEAVING);
  }
}

function said({ phase, texts_are_live: textsAreLive, count, trouble }) {
  switch (phase) {
    case "reading": return textsAreLive ? "Your texts are live. Checking the rest…" : "Reading your change…";
    case "learning": return textsAreLive
      ? "Learning your change… Texts are live already; questions are still understood as before."
      : "Learning your change… Until then the bot answers as before.";
    case "mistakes": return `${count === 1 ? "One mistake" : `${count} mistakes`} in your change. The bot goes on as it was.`;
    case "failed": return `Your change could not be taken over: ${trouble}. The bot goes on as it was.`;
    default: return count ? `Live. ${count === 1 ? "One thing is" : `${count} things are`} worth a look:` : "Live: the bot speaks your change.";
  }
}

function toItem({ place, what }) {
  return make("li", "", toLink(place), make("span", "", what));
}

function again(replay) {
  return button("text-button", () => replay.play(), "Play this conversation again");
}
