// A picture of the bot's, as wide as its bubble.

import { make } from "./make.js";

export function toPhoto({ id, width, height }, caption) {
  const image = make("img", "");
  Object.assign(image, { src: `/pictures/${id}`, alt: caption || "Photo", width, height });
  const element = make("div", "photo", image);
  element.dataset.id = id;
  return element;
}

// The bubble takes the picture's shape; a picture that is already shown is not loaded again.
export function showPhoto(element, bubble, { photo, text, caption_above: above }) {
  const shown = element.querySelector(`.photo[data-id="${photo.id}"]`);
  const picture = shown ?? toPhoto(photo, text);
  picture.firstChild.alt = text || "Photo";
  element.classList.add("pictured");
  element.style.setProperty("--ratio", photo.width / photo.height);
  bubble.classList.toggle("bare", !text);
  bubble.classList.toggle("below", Boolean(text && above));
  if (text && above) bubble.querySelector(".text").after(picture);
  else bubble.querySelector(".text").before(picture);
}
