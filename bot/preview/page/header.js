// The bot as the header, the menu and the empty chat show it.

import { $, make } from "./make.js";

export function showBot({ name, commands }, empty) {
  document.title = name;
  $("bot-name").textContent = name;
  $("avatar").textContent = name.split(/\s+/).slice(0, 2).map((word) => [...word][0]).join("");
  $("menu").hidden = !commands.length;
  $("start").hidden = !empty;
  $("bar").hidden = empty;
  const print = JSON.stringify(commands);
  if ($("commands").dataset.print === print) return;
  $("commands").dataset.print = print;
  $("commands").replaceChildren(...commands.map(toCommand));
}

function toCommand({ command, description }) {
  const button = make("button", "");
  button.type = "button";
  button.setAttribute("role", "menuitem");
  button.dataset.command = `/${command}`;
  button.append(make("span", "command", `/${command}`), make("span", "about", description));
  return button;
}

export function toCard(description) {
  return make("div", "card", make("strong", "", "What can this bot do?"), description);
}

export function showBusy(busy) {
  if ($("subtitle").classList.contains("busy") === busy) return;
  $("subtitle").classList.toggle("busy", busy);
  const dots = make("span", "dots", make("i", ""), make("i", ""), make("i", ""));
  $("subtitle").replaceChildren(make("span", "status", busy ? "typing" : "bot"), ...(busy ? [dots] : []));
}
