// The whole menu as a tree; a click shows that answer in the chat.

import { toLink } from "./links.js";
import { $, button, make } from "./make.js";

export class Tree {
  constructor(body, line, show) {
    Object.assign(this, { body, line, show, number: null });
    $("tree-find").addEventListener("input", () => this.find());
  }

  // `number`: of the content's edition; the tree is asked for once for each.
  async load(number) {
    if (this.number === number) return;
    this.number = number;
    try {
      const branches = await this.line.get("tree");
      const closed = new Set([...this.body.querySelectorAll("details:not([open])")].map((each) => each.dataset.title));
      this.body.replaceChildren(...branches.map((each) => this.branch(each, closed)));
      this.find();
    } catch {
      this.number = null;
      this.body.replaceChildren(make("p", "quiet", "The menu could not be read."));
    }
  }

  branch(node, closed) {
    const leaves = make("ul", "", ...node.children.map((child) => make("li", "", this.node(child, closed))));
    const title = make("summary", "", make("span", "title", node.title), make("span", "count", String(node.children.length)));
    const element = make("details", node.kind, title, ...(node.press ? [this.leaf({ ...node, title: "Open the section", about: "" })] : []), leaves);
    element.dataset.title = node.title;
    element.open = node.kind === "branch" ? !closed.has(node.title) : false;
    return element;
  }

  node(node, closed) {
    return node.children ? this.branch(node, closed) : this.leaf(node);
  }

  leaf(node) {
    const open = button("leaf", () => this.choose(open, node), make("span", "title", node.title));
    if (node.about) open.append(make("span", "about", node.about));
    const row = make("div", "leaf-row", open, toLink(node.place));
    row.dataset.words = `${node.title} ${node.about ?? ""} ${node.id ?? ""}`.toLowerCase();
    return row;
  }

  choose(element, node) {
    for (const each of this.body.querySelectorAll("[aria-current]")) each.removeAttribute("aria-current");
    element.setAttribute("aria-current", "true");
    this.show(node);
  }

  find() {
    const wanted = $("tree-find").value.trim().toLowerCase();
    for (const row of this.body.querySelectorAll(".leaf-row")) row.hidden = !row.dataset.words.includes(wanted);
    for (const each of [...this.body.querySelectorAll("details")].reverse()) {
      each.hidden = !each.querySelector(".leaf-row:not([hidden])");
      if (wanted) each.open = true;
    }
  }
}
