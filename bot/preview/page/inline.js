// Inline mode: what is typed behind @bot is asked, and the results stand above the composer, one of which is posted.

import { $, make } from "./make.js";

const WAIT = 300; // Milliseconds without a key before the bot is asked.

export class Inline {
  // `ask(query)` gives { query_id, results, button } or null; `choose(queryId, resultId)` posts, `start(payload)` starts the bot.
  constructor({ ask, choose, start, clear }) {
    Object.assign(this, { ask, choose, start, clear, input: $("input"), list: $("inline-list"), query: null, round: 0 });
    // Before the composer hears of a key: Enter chooses instead of sending.
    this.input.addEventListener("keydown", (event) => this.onKey(event), { capture: true });
    this.list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
    this.list.addEventListener("pointermove", (event) => this.mark(event.target.closest("[role=option]"), false));
    $("inline").addEventListener("pointerdown", (event) => event.preventDefault()); // the keyboard of a phone stays
    $("inline-start").addEventListener("click", () => { this.clear(); this.start(this.found.button.start); });
  }

  // With every state: in which words the bot is called, or not at all.
  belong({ username, inline }) {
    this.name = inline ? `@${username} `.toLowerCase() : null;
  }

  // With every change of what stands in the composer.
  typed(text) {
    const query = this.queryOf(text);
    if (query === this.query) return;
    this.query = query;
    clearTimeout(this.timer);
    if (query === null) this.close();
    else this.timer = setTimeout(() => this.load(query), WAIT);
  }

  queryOf(text) {
    const start = text.slice(0, this.name?.length).replace(/\s$/, " ").toLowerCase();
    return this.name && start === this.name ? text.slice(this.name.length).trim() : null;
  }

  async load(query) {
    const round = ++this.round;
    this.list.setAttribute("aria-busy", "true");
    const found = await this.ask(query);
    if (round !== this.round || query !== this.query) return;
    this.list.removeAttribute("aria-busy");
    if (found) this.show(found);
    else this.close();
  }

  show(found) {
    this.found = found;
    $("inline-start").hidden = !found.button;
    $("inline-start").textContent = found.button?.text ?? "";
    $("inline-none").hidden = found.results.length > 0;
    this.list.replaceChildren(...found.results.map(toOption));
    $("inline").hidden = false;
    $("inline").scrollTop = 0;
    this.mark(this.list.firstElementChild);
  }

  close() {
    this.round++;
    $("inline").hidden = true;
    this.list.replaceChildren();
    this.mark(null);
  }

  mark(option, intoView = true) {
    if (option === undefined) return;
    this.marked?.setAttribute("aria-selected", "false");
    this.marked = option;
    option?.setAttribute("aria-selected", "true");
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    if (option && intoView) option.scrollIntoView({ block: "nearest" });
  }

  take(option) {
    if (!option) return;
    this.clear();
    this.choose(this.found.query_id, option.dataset.id);
  }

  onKey(event) {
    if ($("inline").hidden || event.isComposing) return;
    const options = [...this.list.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) this.mark(options.at((options.indexOf(this.marked) + step) % options.length));
    else if (event.key === "Enter" && !event.shiftKey && this.marked) this.take(this.marked);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}

function toOption({ id, title, description }, index) {
  const option = make("div", "option", make("strong", "", title), make("span", "about", description));
  option.id = `inline-${index}`;
  option.dataset.id = id;
  option.setAttribute("role", "option");
  option.setAttribute("aria-selected", "false");
  return option;
}
