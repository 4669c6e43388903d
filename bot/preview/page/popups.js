// Menus that open above a button: arrow keys move, Escape and a click elsewhere close.

const MARGIN = 6;

export class Popup {
  constructor(popup, button, choose) {
    Object.assign(this, { popup, button, choose });
    button?.addEventListener("click", () => this.open(popup.hidden));
    popup.addEventListener("click", (event) => {
      const item = event.target.closest("[role=menuitem]");
      if (item) { this.open(false); choose(item); }
    });
    popup.addEventListener("keydown", (event) => this.onKey(event));
    document.addEventListener("pointerdown", (event) => {
      if (!popup.hidden && !popup.contains(event.target) && !button?.contains(event.target)) this.open(false);
    });
  }

  open(shown) {
    this.popup.hidden = !shown;
    this.button?.setAttribute("aria-expanded", String(shown));
    if (shown) this.popup.querySelector("[role=menuitem]:not([hidden])")?.focus();
  }

  openAt(x, y) {
    this.open(true);
    const { offsetWidth: width, offsetHeight: height, style } = this.popup;
    style.left = `${Math.max(MARGIN, Math.min(x, innerWidth - width - MARGIN))}px`;
    style.top = `${Math.max(MARGIN, Math.min(y, innerHeight - height - MARGIN))}px`;
  }

  onKey(event) {
    if (event.key === "Escape") {
      this.open(false);
      (this.button ?? document.getElementById("input")).focus();
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const items = [...this.popup.querySelectorAll("[role=menuitem]:not([hidden])")];
    items.at((items.indexOf(document.activeElement) + step) % items.length).focus();
  }
}
