// "Play this conversation again": what was typed and pressed in this chat is sent to a fresh one, and compared.

const KEY = "preview-acts";
const QUIET = 350;      // Milliseconds without news from which an answer is taken for whole.
const PATIENCE = 8000;  // Until an answer that does not come is given up.

export class Replay {
  // `chat`: { state(), act(path, body), become(), mark(marks), tell(text), changed() }.
  constructor(chat, onCan) {
    Object.assign(this, { chat, onCan, acts: [], key: null, isPlaying: false, heard: () => {} });
  }

  can() {
    return this.acts.length > 0 && !this.isPlaying;
  }

  // Acts belong to one person: after a reload of the page they are found again, for somebody new there are none.
  belong(key) {
    if (this.key === key) return;
    this.key = key;
    try {
      const kept = JSON.parse(sessionStorage.getItem(KEY));
      this.acts = kept?.key === key ? kept.acts : [];
    } catch {
      this.acts = [];
    }
    this.onCan(this.can());
  }

  note(path, body) {
    this.keep([...this.acts, { path, body, ...this.where(path, body) }]);
  }

  keep(acts) {
    this.acts = acts;
    sessionStorage.setItem(KEY, JSON.stringify({ key: this.key, acts }));
    this.onCan(this.can());
  }

  // Messages have other numbers in another chat: which one of whose it was stays.
  where(path, { message_id: id, data }) {
    if (path !== "press" && path !== "edit") return {};
    const author = path === "press" ? "bot" : "person";
    const messages = by(author, this.chat.state().messages);
    const at = messages.findIndex((message) => message.id === id);
    const label = messages[at]?.buttons.flat().find((button) => button.value === data)?.text;
    return { at, label };
  }

  async play() {
    if (!this.can()) return;
    const acts = this.acts;
    const before = this.chat.state().messages;
    this.isPlaying = true;
    this.onCan(false);
    const missed = [];
    try {
      await this.chat.become();
      for (const act of acts) {
        const body = this.bodyOf(act);
        if (body) await this.answered(() => this.chat.act(act.path, body));
        else missed.push(act.label ?? "a button");
      }
    } finally {
      this.isPlaying = false;
      this.keep([...acts, ...this.acts]); // the fresh chat can be played again, too
    }
    this.compare(before, missed);
  }

  bodyOf({ path, body, at, label }) {
    const { messages } = this.chat.state();
    if (path === "edit") {
      const message = by("person", messages)[at];
      return message && { ...body, message_id: message.id };
    }
    if (path !== "press" || at < 0) return body; // out of the tree: it hangs on no message
    const [same, others] = [by("bot", messages)[at], by("bot", messages).toReversed()];
    for (const fits of [(button) => button.value === body.data, (button) => label && button.text === label]) {
      for (const message of [same, ...others]) {
        const button = message?.buttons.flat().find(fits);
        if (button) return { message_id: message.id, data: button.value };
      }
    }
    return null;
  }

  // Until the bot has said something to an act, and then nothing for a while.
  async answered(act) {
    const before = print(this.chat.state());
    const end = Date.now() + PATIENCE;
    await act();
    while (Date.now() < end) {
      const isNews = await this.news(QUIET);
      if (!isNews && print(this.chat.state()) !== before) return;
    }
  }

  // Whether the chat has changed within so long.
  news(time) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), time);
      this.heard = () => { clearTimeout(timer); resolve(true); };
    });
  }

  compare(before, missed) {
    const [old, now] = [turns(before), turns(this.chat.state().messages)];
    const marks = new Map();
    let count = 0;
    now.forEach((answers, turn) => answers.forEach((message, at) => {
      count++;
      const was = old[turn]?.[at];
      if (!was || whole(was) !== whole(message)) marks.set(message.id, was ? whole(was) : "");
    }));
    this.chat.mark(marks);
    const changed = marks.size ? `${marks.size} of ${count} answers have changed` : "every answer is the same";
    const gone = missed.length ? `; no longer there to press: ${missed.join(", ")}` : "";
    this.chat.tell(`Played again: ${changed}${gone}.`);
  }
}

// What a message says and offers, to be compared and shown.
export function whole({ text, buttons }) {
  return [text, ...buttons.map((row) => row.map((button) => `[${button.text}]`).join(" "))].join("\n");
}

// The bot's messages after each one of the person's.
function turns(messages) {
  const found = [[]];
  for (const message of messages.filter(({ via }) => !via)) {
    if (message.author === "person") found.push([]);
    else found.at(-1).push(message);
  }
  return found;
}

function by(author, messages) {
  return messages.filter((message) => message.author === author && !message.via);
}

function print({ messages, queries }) {
  return JSON.stringify([by("bot", messages), queries.filter((query) => query.answered).length]);
}
