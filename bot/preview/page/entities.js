// A text with entities becomes elements. Offsets count UTF-16 units, and so do strings here.

const TAGS = {
  bold: "b", italic: "i", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const LINKS = /^(https?:|mailto:|tg:|tel:)/i;

export function toNodes(text, entities, act) {
  const sorted = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return build(text, sorted, 0, text.length, act);
}

function build(text, entities, start, end, act) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index];
    const stop = Math.min(end, entity.offset + entity.length);
    if (entity.offset < at || entity.offset >= end) continue;
    const inside = entities.slice(index + 1).filter((other) => other.offset < stop);
    const block = BLOCKS.has(entity.type);
    let before = text.slice(at, entity.offset);
    // A block stands on lines of its own: the breaks that put it there are not shown twice.
    if (block) before = before.replace(/\n$/, "");
    if (before) nodes.push(before);
    const element = wrap(entity, text.slice(entity.offset, stop), act);
    (element.querySelector(".fold") ?? element).prepend(...build(text, inside, entity.offset, stop, act));
    nodes.push(element);
    at = stop;
    if (block && text[at] === "\n") at++;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function wrap(entity, part, act) {
  switch (entity.type) {
    case "text_link": return link(entity.url, entity.url);
    case "url": return link(LINKS.test(part) ? part : `https://${part}`);
    case "phone_number": return link(`tel:${part.replace(/[^+\d]/g, "")}`);
    case "email": return link(`mailto:${part}`);
    case "bot_command": return command(part, act);
    case "spoiler": return spoiler();
    case "expandable_blockquote": return quotation();
    default: {
      const element = document.createElement(TAGS[entity.type] ?? "span");
      if (entity.language) element.dataset.language = entity.language;
      return element;
    }
  }
}

function link(address, title) {
  const element = document.createElement("a");
  const target = LINKS.test(address) ? address : `https://${address}`;
  Object.assign(element, { href: target, target: "_blank", rel: "noopener noreferrer" });
  if (title) element.title = title;
  return element;
}

function command(part, act) {
  const element = document.createElement("a");
  element.href = "#";
  element.addEventListener("click", (event) => { event.preventDefault(); act(part); });
  return element;
}

function spoiler() {
  const element = document.createElement("span");
  element.className = "spoiler";
  element.tabIndex = 0;
  element.setAttribute("role", "button");
  onActivate(element, () => element.classList.add("open"));
  return element;
}

function quotation() {
  const element = document.createElement("blockquote");
  element.className = "expandable";
  const fold = document.createElement("div");
  fold.className = "fold";
  element.append(fold, icon("down", "chevron"));
  return element;
}

// Only once it stands in the page is it known whether a quotation has more than three lines.
export function foldLong(root, opened) {
  root.querySelectorAll("blockquote.expandable").forEach((quote, index) => {
    const fold = quote.querySelector(".fold");
    quote.classList.add("folding");
    if (fold.scrollHeight <= fold.clientHeight + 2) {
      quote.classList.remove("folding");
      return;
    }
    const show = (open) => {
      quote.classList.toggle("open", open);
      quote.setAttribute("aria-expanded", String(open));
      opened[open ? "add" : "delete"](index);
    };
    Object.assign(quote, { tabIndex: 0 });
    quote.setAttribute("role", "button");
    show(opened.has(index));
    onActivate(quote, (event) => { if (!event.target.closest("a")) show(!opened.has(index)); });
  });
}

export function onActivate(element, act) {
  element.addEventListener("click", act);
  element.addEventListener("keydown", (event) => {
    if (event.target === element && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      act(event);
    }
  });
}

export function icon(name, className = "") {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  const use = document.createElementNS(space, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  if (className) svg.setAttribute("class", className);
  svg.append(use);
  return svg;
}
