// Where the person writes: Enter sends, Shift+Enter breaks the line, the up arrow edits what was sent last.

const $ = (id) => document.getElementById(id);

export class Composer {
  // `say(text)` and `edit(message, text)` tell whether it was sent; `last()` gives the newest own message;
  // `typed(text)` is told what stands in the field, of a new message only.
  constructor({ say, edit, last, typed }) {
    Object.assign(this, { say, edit, last, typed, input: $("input"), message: null });
    this.input.addEventListener("input", () => this.set(this.input.value));
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    $("bar").addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    $("editing-stop").addEventListener("click", () => this.stop());
    this.set("");
  }

  set(text) {
    this.input.value = text;
    this.input.style.height = "auto";
    this.input.style.height = `${this.input.scrollHeight}px`;
    $("send").disabled = !text.trim();
    this.typed(this.message ? "" : text);
  }

  start(message) {
    this.message = message;
    $("editing").hidden = false;
    $("editing-text").textContent = message.text;
    this.set(message.text);
    this.input.focus();
  }

  stop() {
    this.message = null;
    $("editing").hidden = true;
    this.set("");
    this.input.focus();
  }

  async submit() {
    const text = this.input.value.trim();
    const message = this.message;
    if (!text) return;
    if (message) this.stop();
    else this.set("");
    if (message?.text === text) return;
    const sent = message ? await this.edit(message, text) : await this.say(text);
    // What could not be sent is not lost, unless something new has been written meanwhile.
    if (!sent && !this.input.value) this.set(text);
  }

  onKey(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.submit();
    } else if (event.key === "ArrowUp" && !this.input.value && this.last()) {
      event.preventDefault();
      this.start(this.last());
    } else if (event.key === "Escape" && this.message) {
      this.stop();
    }
  }
}
