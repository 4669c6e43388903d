// One message becomes a bubble with its keyboard.

import { toDifference } from "./diff.js";
import { foldLong, icon, toNodes } from "./entities.js";
import { button, make } from "./make.js";
import { showPhoto } from "./photo.js";
import { whole } from "./replay.js";

const KINDS = { photo: "Photo", voice: "Voice message", sticker: "Sticker", location: "Location", document: "File" };
const SAME = 5 * 60; // Seconds within which messages of one author stick together.

export function toTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

export class Bubbles {
  constructor(log, acts) {
    this.log = log;
    this.acts = acts;
    this.shown = new Map();
  }

  clear() {
    this.shown.clear();
    this.log.replaceChildren();
  }

  // Brings the log to the given state, touching only what changed.
  show(messages, busy) {
    const ids = new Set(messages.map((message) => message.id));
    for (const [id, entry] of this.shown) {
      if (!ids.has(id)) { entry.element.remove(); this.shown.delete(id); }
    }
    this.log.querySelector(".card")?.remove();
    this.showDay(messages);
    messages.forEach((message, index) => {
      const entry = this.shown.get(message.id) ?? this.add(message);
      const print = JSON.stringify(message);
      if (entry.print !== print) this.fill(entry, message, messages, print);
      entry.element.classList.toggle("first", !joins(messages[index - 1], message));
      entry.element.classList.toggle("last", !joins(message, messages[index + 1]) || message.buttons.length > 0);
      for (const button of entry.element.querySelectorAll(".keyboard button")) {
        button.setAttribute("aria-busy", String(busy.has(`${message.id}\n${button.dataset.value}`)));
      }
    });
  }

  showDay(messages) {
    if (!messages.length || this.log.querySelector(".day")) return;
    const day = new Date(messages[0].date * 1000).toLocaleDateString([], { day: "numeric", month: "long" });
    this.log.prepend(make("div", "day", day));
  }

  add(message) {
    const element = make("div", "message");
    Object.assign(element.dataset, { id: message.id, author: message.author, testid: "message" });
    element.setAttribute("role", "article");
    element.setAttribute("aria-label", message.author === "bot" ? "Bot" : "You");
    const entry = { element, opened: new Set() };
    this.shown.set(message.id, entry);
    this.log.append(element);
    return entry;
  }

  fill(entry, message, messages, print) {
    if (entry.text !== message.text) entry.opened.clear();
    Object.assign(entry, { print, text: message.text });
    const focused = entry.element.contains(document.activeElement) ? document.activeElement.dataset.value : null;
    const bubble = make("div", "bubble");
    const original = messages.find((other) => other.id === message.reply_to);
    if (original) bubble.append(make("span", "reply", (original.text || KINDS[original.kind] || original.kind).slice(0, 120)));
    if (message.via) bubble.append(make("span", "via", `via @${message.via}`));
    if (message.kind && !message.photo) bubble.append(media(message.kind));
    const text = make("span", "text", ...toNodes(message.text, message.entities, this.acts.say));
    bubble.append(text, meta(message), make("span", "bubble-end"));
    entry.element.classList.remove("pictured");
    if (message.photo) showPhoto(entry.element, bubble, message);
    entry.element.replaceChildren(bubble);
    if (message.buttons.length) entry.element.append(this.keyboard(message));
    if (message.was !== undefined) entry.element.append(change(message));
    if (message.author === "person" && message.text && !message.via) entry.element.prepend(this.ownActs(message));
    foldLong(bubble, entry.opened);
    if (focused) [...entry.element.querySelectorAll("button")].find((b) => b.dataset.value === focused)?.focus();
  }

  keyboard(message) {
    const rows = message.buttons.map((row) => make("div", "", ...row.map((button) => this.key(message, button))));
    const keyboard = make("div", "keyboard", ...rows);
    keyboard.setAttribute("role", "group");
    keyboard.setAttribute("aria-label", "Buttons");
    return keyboard;
  }

  key(message, given) {
    const element = button("", () => this.acts.press(message, given, element), given.text);
    element.title = given.text;
    Object.assign(element.dataset, { action: given.action, value: given.value });
    if (given.style) element.dataset.style = given.style;
    if (given.action === "url") element.append(icon("link"));
    if (given.action.startsWith("switch_inline")) element.append(icon("again"));
    if (given.action === "copy_text") element.append(icon("copy"));
    return element;
  }

  ownActs(message) {
    const acts = make("div", "own-acts", own("pen", "Edit this message", () => this.acts.edit(message)));
    if (this.acts.explains()) acts.prepend(own("why", "Why this answer?", () => this.acts.why(message)));
    return acts;
  }
}

function own(name, label, act) {
  const element = button("icon", act, icon(name));
  element.setAttribute("aria-label", label);
  element.title = label;
  return element;
}

// What an answer was before the conversation was played again.
function change(message) {
  const title = make("summary", "", message.was ? "Changed" : "New");
  return make("details", "change", title, make("div", "", ...toDifference(message.was, whole(message))));
}

function joins(one, other) {
  return Boolean(one && other && one.author === other.author && other.date - one.date < SAME && !one.buttons.length);
}

function media(kind) {
  const known = kind in KINDS;
  return make("div", `media ${kind}`, icon(known ? kind : "document"), make("span", "", KINDS[kind] ?? kind));
}

function meta(message) {
  const element = make("span", "meta", message.edited ? "edited " : "", toTime(message.date));
  if (message.author === "person") element.append(icon("ticks"));
  return element;
}
