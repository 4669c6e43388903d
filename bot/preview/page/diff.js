// Two texts, and which words are gone and which are new.

import { make } from "./make.js";

const AROUND = 8;  // words that are shown beside what is new; of the rest there is a sign
const MOST = 1200; // words of both texts, from which on finding the least difference takes too long to wait for

// The new text's nodes, with <del> and <ins> where the old one was another.
export function toDifference(before, after) {
  const [old, now] = [before, after].map((text) => text.match(/\S+\s*|\s+/g) ?? []);
  if (old.length + now.length > MOST) return [make("del", "", before), " ", make("ins", "", after)];
  const found = runs(old, now, lengths(old, now));
  return found.map(([tag, words], at) => (tag ? make(tag, "", told(tag, words)) : shortened(words, at > 0, at < found.length - 1)));
}

// The end of a line that is gone breaks none.
function told(tag, words) {
  const text = words.join("");
  return tag === "del" ? text.replace(/\s+$/, " ") : text;
}

// What stayed, as far as it stands beside a change.
function shortened(words, hasBefore, hasAfter) {
  if (words.length <= 2 * AROUND) return words.join("");
  const head = hasBefore ? words.slice(0, AROUND).join("").trimEnd() : "";
  const tail = hasAfter ? words.slice(-AROUND).join("").trimStart() : "";
  return [hasBefore ? `${head} ` : "", "…", hasAfter ? ` ${tail}` : ""].join("");
}

// By place in both, how long the longest sequence of words is that the rests have in common.
function lengths(old, now) {
  const table = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--) {
    for (let j = now.length - 1; j >= 0; j--) {
      table[i][j] = old[i] === now[j] ? table[i + 1][j + 1] + 1 : Math.max(table[i + 1][j], table[i][j + 1]);
    }
  }
  return table;
}

function runs(old, now, table) {
  const found = [];
  const add = (tag, word) => {
    if (found.at(-1)?.[0] === tag) found.at(-1)[1].push(word);
    else found.push([tag, [word]]);
  };
  let i = 0;
  let j = 0;
  while (i < old.length || j < now.length) {
    if (i < old.length && j < now.length && old[i] === now[j]) { add("", now[j]); i++; j++; }
    else if (i < old.length && (j === now.length || table[i + 1][j] >= table[i][j + 1])) add("del", old[i++]);
    else add("ins", now[j++]);
  }
  return found;
}
