// The chat page: what the person does goes to the preview, what the preview knows is shown.

import { Answers } from "./answers.js";
import { Bench } from "./bench.js";
import { Composer } from "./composer.js";
import { showBot, showBusy, toCard } from "./header.js";
import { Inline } from "./inline.js";
import { Line } from "./line.js";
import { startEditors } from "./links.js";
import { $ } from "./make.js";
import { Bubbles } from "./messages.js";
import { Popup } from "./popups.js";
import { Questions } from "./questions.js";
import { Replay } from "./replay.js";
import { Strip } from "./strip.js";
import { payloadOf, payloadOfPage } from "./telegram_links.js";
import { startTheme } from "./theme.js";
import { Tree } from "./tree.js";
import { Why } from "./why.js";

const NEAR = 60;          // Pixels from the end within which new messages scroll into view.
const PATIENCE = 6000;    // Milliseconds for which "typing" shows while an answer is awaited.
const LONG_PRESS = 500;
const NOTHING = { messages: [], queries: [], bot: { commands: [] } };
const log = $("log");
const line = new Line();
const answers = new Answers();
const bench = new Bench();
const why = new Why($("panel-why"), line);
const tree = new Tree($("tree"), line, open);
const questions = new Questions(line);
const inline = new Inline({
  ask, choose, start, clear: () => { composer.set(""); composer.input.focus(); },
});
const composer = new Composer({ say, edit, last, typed: (text) => inline.typed(text) });
const bubbles = new Bubbles(log, {
  say, press, edit: (message) => composer.start(message), explains: () => state.explains, why: explain,
});
const replay = new Replay(
  { state: () => state, act: send, become: becomeNew, mark, tell: (text) => answers.toast(text) },
  (can) => { $("replay").disabled = !can; },
);
const strip = new Strip(replay);
const pressed = new Set();
let state = NOTHING;
let round = line.round;
let fresh = true;
let atEnd = true;
let waitingUntil = 0;
let clock;
let marks = new Map(); // by message, what it was before the conversation was played again

function show(next) {
  if (round !== line.round) forget();
  if (fresh || countReplies(next) > countReplies(state)) waitingUntil = 0;
  state = next;
  // From here on the preview knows of the press, and says when it is answered.
  for (const query of state.queries) pressed.delete(toKey(query.message_id, query.data));
  inline.belong(state.bot);
  showBot(state.bot, state.messages.length === 0);
  showMessages();
  if (answers.show(state.queries, state.bot.name, fresh)) waitingUntil = 0;
  showTyping();
  showBench();
  if (atEnd || fresh) log.scrollTop = log.scrollHeight;
  fresh = false;
  replay.heard();
}

function showBench() {
  bench.enable(state.explains, Boolean(state.workbench));
  if (why.asked === null && last() && fresh) why.ask(last().text);
  if (!state.workbench) return;
  replay.belong(line.key);
  if (strip.number !== null && strip.number !== state.workbench.number) why.again();
  strip.show(state.workbench);
  questions.show(state.workbench, bench.chosen === "questions");
  if (bench.chosen === "tree") tree.load(state.workbench.number);
}

// The tab that is chosen shows what is newest.
bench.onChoose = (name) => {
  if (!state.workbench) return;
  if (name === "tree") tree.load(state.workbench.number);
  if (name === "questions") questions.load();
};

function forget() {
  round = line.round;
  state = NOTHING;
  fresh = atEnd = true;
  bubbles.clear();
  answers.forget();
  pressed.clear();
  why.clear();
  marks = new Map();
}

function showMessages() {
  const open = state.queries.filter((query) => !query.answered);
  const busy = new Set([...open.map((query) => toKey(query.message_id, query.data)), ...pressed]);
  const shown = state.messages.map((each) => (marks.has(each.id) ? { ...each, was: marks.get(each.id) } : each));
  bubbles.show(shown, busy);
  if (!state.messages.length && state.bot.description) log.append(toCard(state.bot.description));
}

function showTyping() {
  const left = waitingUntil - Date.now();
  showBusy(left > 0);
  clearTimeout(clock);
  if (left > 0) clock = setTimeout(showTyping, left);
}

function countReplies({ messages }) {
  return messages.filter((message) => message.author === "bot").length;
}

function toKey(id, data) {
  return `${id}\n${data}`;
}

function toEnd() {
  atEnd = true;
  log.scrollTop = log.scrollHeight;
}

// What the person does is sent, and noted so that it can be played again.
async function act(path, body) {
  if (state.workbench) replay.note(path, body);
  return send(path, body);
}

async function send(path, body) {
  waitingUntil = Date.now() + PATIENCE;
  showTyping();
  try {
    const answer = await line.post(path, body);
    if (!answer.ok) answers.toast((await answer.json()).error);
    return answer.ok;
  } catch {
    answers.toast("Not sent: the preview is out of reach.");
    return false;
  }
}

async function say(text) {
  toEnd();
  why.ask(text);
  return act("say", { text });
}

async function edit(message, text) {
  why.ask(text);
  return act("edit", { message_id: message.id, text });
}

// /start, with what a link or a button brought along.
async function start(payload) {
  return say(payload ? `/start ${payload}` : "/start");
}

async function ask(query) {
  try {
    const answer = await line.post("inline", { query });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

// Not played again, for what is offered another time has another number; and no answer is awaited.
async function choose(queryId, resultId) {
  toEnd();
  await send("choose", { query_id: queryId, result_id: resultId });
  waitingUntil = 0;
  showTyping();
}

function last() {
  return state.messages.filter((message) => message.author === "person" && message.text && !message.via).at(-1);
}

async function press(message, { action, value }, element) {
  if (action === "url") follow(value);
  if (action.startsWith("switch_inline")) switchTo(value);
  if (action === "copy_text") copy(value);
  if (action !== "callback_data") return;
  pressed.add(toKey(message.id, value));
  element.setAttribute("aria-busy", "true");
  if (await act("press", { message_id: message.id, data: value })) return;
  pressed.delete(toKey(message.id, value));
  showMessages();
}

function follow(address) {
  const payload = payloadOf(address, state.bot.username);
  if (payload) start(payload);
  else window.open(address, "_blank", "noopener");
}

function switchTo(query) {
  composer.stop();
  composer.set(`@${state.bot.username} ${query}`);
}

function explain(message) {
  bench.choose("why");
  bench.open(true);
  why.ask(message.text);
}

// A leaf of the tree: its answer comes as a new message, for no message holds that button.
function open({ say: text, press: data }) {
  toEnd();
  if (bench.isDrawer) bench.close();
  if (text) say(text);
  else act("press", { message_id: 0, data });
}

function mark(found) {
  marks = found;
  showMessages();
  if (last()) why.ask(last().text);
  if (bench.isDrawer && !$("bench").hidden) bench.close();
  log.querySelector(".change")?.scrollIntoView({ block: "center" });
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    answers.toast("Text copied to clipboard.");
  } catch {
    answers.toast("This browser does not let the page copy.");
  }
}

const context = new Popup($("context"), null, (item) => {
  if (item.dataset.do === "edit") composer.start(context.message);
  else if (item.dataset.do === "why") explain(context.message);
  else navigator.clipboard?.writeText(context.message.text);
});

function openContext(event) {
  const element = event.target.closest?.(".message");
  const message = state.messages.find((other) => String(other.id) === element?.dataset.id);
  if (!message?.text || event.target.closest("a, .keyboard")) return;
  event.preventDefault();
  context.message = message;
  $("context").querySelector("[data-do=edit]").hidden = message.author !== "person" || Boolean(message.via);
  $("context").querySelector("[data-do=why]").hidden = message.author !== "person" || !state.explains;
  context.openAt(event.clientX, event.clientY);
}

async function becomeNew() {
  composer.stop();
  await line.become();
  const answer = await line.state(-1);
  if (answer.ok) show(await answer.json());
}

startTheme($("theme"));
startEditors((text) => answers.toast(text));
new Popup($("commands"), $("menu"), (item) => say(item.dataset.command));
new Popup($("attachments"), $("attach"), (item) => { toEnd(); act("send", { kind: item.dataset.kind }); });
$("start").addEventListener("click", async () => { await start(payloadOfPage()); composer.input.focus(); });
$("new-person").addEventListener("click", becomeNew);
$("replay").addEventListener("click", () => replay.play());
$("to-bottom").addEventListener("click", () => log.scrollTo({ top: log.scrollHeight, behavior: "smooth" }));
log.addEventListener("contextmenu", openContext);
log.addEventListener("click", (event) => {
  const payload = payloadOf(event.target.closest("a")?.href ?? "", state.bot.username ?? "");
  if (!payload) return;
  event.preventDefault();
  start(payload);
});
log.addEventListener("scroll", () => {
  const left = log.scrollHeight - log.scrollTop - log.clientHeight;
  $("to-bottom").hidden = left < 2 * NEAR;
  atEnd = left < NEAR;
});
// The keyboard of a phone, or a taller input, must not hide the newest message.
new ResizeObserver(() => { if (atEnd) log.scrollTop = log.scrollHeight; }).observe(log);
let held;
log.addEventListener("touchstart", ({ target, touches: [{ clientX, clientY }] }) => {
  held = setTimeout(() => openContext({ target, clientX, clientY, preventDefault() {} }), LONG_PRESS);
}, { passive: true });
for (const end of ["touchend", "touchmove", "touchcancel"]) {
  log.addEventListener(end, () => clearTimeout(held), { passive: true });
}
line.watch(show, (lost) => { $("offline").hidden = !lost; });
