// The line to the preview: who this tab is, what it does, and what comes back.

const KEY = "preview-person";
const NAMES = ["Sam", "Alex", "Robin", "Noor", "Kim", "Maria", "Jo", "Ines", "Ravi", "Lena"];
const RETRY = 1000;

export class Line {
  constructor() {
    this.key = sessionStorage.getItem(KEY);
    this.round = 0;
  }

  async become() {
    const count = Number(localStorage.getItem("preview-count") ?? 0);
    localStorage.setItem("preview-count", count + 1);
    const body = { first_name: NAMES[count % NAMES.length], language_code: new URLSearchParams(location.search).get("lang") || navigator.language };
    const answer = await this.post("people", body);
    this.key = (await answer.json()).key;
    sessionStorage.setItem(KEY, this.key);
    this.round++;
  }

  post(path, body) {
    const headers = { "Content-Type": "application/json", "X-Person": this.key ?? "" };
    return fetch(`/api/${path}`, { method: "POST", headers, body: JSON.stringify(body) });
  }

  state(after) {
    return fetch(`/api/state?after=${after}`, { headers: { "X-Person": this.key } });
  }

  why(text) {
    return read(`/why?text=${encodeURIComponent(text)}`);
  }

  get(path) {
    return read(`/api/${path}`);
  }

  // Calls `show` with every new state and `lost` with whether the preview is out of reach, for ever.
  async watch(show, lost) {
    let after = -1;
    let round = this.round;
    for (;;) {
      if (round !== this.round) { round = this.round; after = -1; }
      try {
        if (!this.key) await this.become();
        const asked = this.round;
        const answer = await this.state(after);
        if (answer.status === 401) { this.key = null; after = -1; continue; }
        if (!answer.ok) throw new Error(String(answer.status));
        const state = await answer.json();
        lost(false);
        if (asked !== this.round) continue;
        after = state.version;
        show(state);
      } catch {
        lost(true);
        await new Promise((resume) => setTimeout(resume, RETRY));
      }
    }
  }
}

async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
