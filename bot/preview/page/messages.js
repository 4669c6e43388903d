// One message becomes a bubble with its keyboard.

import { foldLong, icon, toNodes } from "./entities.js";

const KINDS = { photo: "Photo", voice: "Voice message", sticker: "Sticker", location: "Location", document: "File" };
const SAME = 5 * 60; // Seconds within which messages of one author stick together.

export function toTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
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
    if (message.kind) bubble.append(media(message.kind));
    const text = make("span", "text", ...toNodes(message.text, message.entities, this.acts.say));
    bubble.append(text, meta(message), make("span", "bubble-end"));
    entry.element.replaceChildren(bubble);
    if (message.buttons.length) entry.element.append(this.keyboard(message));
    if (message.author === "person" && message.text) entry.element.prepend(this.editButton(message));
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

  key(message, button) {
    const element = make("button", "", button.text);
    element.type = "button";
    element.title = button.text;
    Object.assign(element.dataset, { action: button.action, value: button.value });
    if (button.style) element.dataset.style = button.style;
    if (button.action === "url") element.append(icon("link"));
    if (button.action === "copy_text") element.append(icon("copy"));
    element.addEventListener("click", () => this.acts.press(message, button, element));
    return element;
  }

  editButton(message) {
    const button = make("button", "icon edit-this", icon("pen"));
    button.type = "button";
    button.setAttribute("aria-label", "Edit this message");
    button.addEventListener("click", () => this.acts.edit(message));
    return button;
  }
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
