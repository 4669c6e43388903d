// Links that Telegram opens by itself: those that start this bot, with a payload.

const HOSTS = new Set(["t.me", "telegram.me", "telegram.dog", "www.t.me", "www.telegram.me"]);
const PAYLOAD = /^[A-Za-z0-9_-]{1,64}$/;

// What follows /start when a link to this bot is opened; null for every other link.
export function payloadOf(address, username) {
  let url;
  try {
    url = new URL(/^[a-z]+:/i.test(address) ? address : `https://${address}`);
  } catch {
    return null;
  }
  const start = url.searchParams.get("start") ?? "";
  return nameIn(url)?.toLowerCase() === username.toLowerCase() && PAYLOAD.test(start) ? start : null;
}

function nameIn(url) {
  if (url.protocol === "tg:") return url.href.startsWith("tg:resolve") || url.host === "resolve" ? url.searchParams.get("domain") : null;
  if (!["http:", "https:"].includes(url.protocol) || !HOSTS.has(url.hostname)) return null;
  return url.pathname.replace(/^\/|\/$/g, "");
}

// The page itself can be opened as such a link: Start then brings the payload.
export function payloadOfPage() {
  const start = new URLSearchParams(location.search).get("start") ?? "";
  return PAYLOAD.test(start) ? start : "";
}
