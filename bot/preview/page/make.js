// Elements in one line. Text goes in as text: nothing that comes from content or chat is ever read as HTML.

const $ = (id) => document.getElementById(id);

export { $ };

export function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

export function button(className, act, ...content) {
  const element = make("button", className, ...content);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
}

export function percent(share) {
  if (share > 0 && share < 0.01) return "< 1 %";
  return `${Math.round(100 * share)} %`;
}
