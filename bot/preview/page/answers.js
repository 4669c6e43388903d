// What the bot answers to a pressed button: a toast, or an alert to be dismissed.

const TOAST = 3500; // Milliseconds.
const $ = (id) => document.getElementById(id);

export class Answers {
  constructor() {
    this.seen = new Set();
  }

  forget() {
    this.seen.clear();
  }

  // Shows what is new among the queries and says whether anything is; `silent` after a reload of the page.
  show(queries, name, silent) {
    const fresh = queries.filter((query) => query.answered && !this.seen.has(query.id));
    for (const query of fresh) {
      this.seen.add(query.id);
      if (silent || !query.text) continue;
      if (query.alert) this.alert(query.text, name);
      else this.toast(query.text);
    }
    return fresh.length > 0;
  }

  toast(text) {
    $("toast").textContent = text;
    $("toast").classList.add("shown");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => $("toast").classList.remove("shown"), TOAST);
  }

  alert(text, name) {
    $("alert-name").textContent = name;
    $("alert-text").textContent = text;
    if (!$("alert").open) $("alert").showModal();
  }
}
