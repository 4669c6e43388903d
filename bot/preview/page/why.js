// The panel that explains an answer: any JSON, as something a person can read.

export class Why {
  constructor(panel, body, toggle, line) {
    Object.assign(this, { panel, body, toggle, line, wide: matchMedia("(min-width: 900px)") });
    toggle.addEventListener("click", () => this.open(panel.hidden));
    document.getElementById("why-close").addEventListener("click", () => { this.open(false); toggle.focus(); });
  }

  enable(explains) {
    if (!explains === this.toggle.hidden) return;
    this.toggle.hidden = !explains;
    this.open(explains && this.wide.matches);
  }

  open(shown) {
    this.panel.hidden = !shown;
    this.toggle.setAttribute("aria-expanded", String(shown));
  }

  clear() {
    this.asked = null;
    this.body.replaceChildren(paragraph("Write something to the bot: here you see how it understood it."));
  }

  async ask(text) {
    if (this.toggle.hidden) return;
    this.asked = text;
    let content;
    try {
      content = render(await this.line.why(text));
    } catch {
      content = paragraph("The explanation failed.");
    }
    if (this.asked !== text) return;
    const asked = document.createElement("div");
    asked.className = "asked";
    asked.textContent = text;
    this.body.replaceChildren(asked, content);
    this.body.scrollTop = 0;
  }
}

function paragraph(text) {
  const element = document.createElement("p");
  element.className = "quiet";
  element.textContent = text;
  return element;
}

function render(value) {
  if (Array.isArray(value)) return list(value);
  if (value !== null && typeof value === "object") return table(value);
  return scalar(value);
}

function table(value) {
  const element = document.createElement("dl");
  for (const [name, item] of Object.entries(value)) {
    const term = document.createElement("dt");
    const definition = document.createElement("dd");
    term.textContent = name.replaceAll("_", " ");
    if (item !== null && typeof item === "object") {
      term.className = definition.className = "wide";
    }
    definition.append(render(item));
    element.append(term, definition);
  }
  return element;
}

function list(items) {
  if (!items.length) return scalar(null);
  const element = document.createElement("ul");
  if (items.every((item) => item === null || typeof item !== "object")) element.className = "words";
  for (const item of items) {
    const entry = document.createElement("li");
    entry.append(render(item));
    element.append(entry);
  }
  return element;
}

function scalar(value) {
  const element = document.createElement("span");
  if (typeof value === "number") {
    element.className = "number";
    const fraction = !Number.isInteger(value);
    if (fraction && value > 0 && value < 1) {
      const meter = document.createElement("meter");
      meter.value = value;
      meter.setAttribute("aria-hidden", "true");
      element.append(meter);
    }
    element.append(fraction ? String(Math.round(value * 1000) / 1000) : String(value));
  } else if (typeof value === "boolean") {
    element.className = value ? "yes" : "quiet";
    element.textContent = value ? "yes" : "no";
  } else {
    element.className = value === null || value === "" ? "quiet" : "";
    element.textContent = value === null || value === "" ? "–" : value;
  }
  return element;
}
