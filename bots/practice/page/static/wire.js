// The page's only way to the outside: the same JSON driver that scripts use.

export class Refusal extends Error {
  constructor(sentence, labels) {
    super(sentence);
    this.labels = labels;
  }
}

/** POST a JSON body (or a file) and give the answer; a refusal carries the driver's sentence. */
export async function post(path, body = {}) {
  const file = body instanceof Blob;
  const answer = await fetch(`/practice/${path}`, {
    method: "POST",
    headers: { "content-type": file ? body.type || "image/jpeg" : "application/json" },
    body: file ? body : JSON.stringify(body),
  });
  return answered(answer);
}

/** DELETE a driver resource. */
export async function clear(path) {
  return answered(await fetch(`/practice/${path}`, { method: "DELETE" }));
}

async function answered(answer) {
  const said = await answer.json().catch(() => ({}));
  if (answer.ok) return said;
  throw new Refusal(said.error ?? `うまくいきませんでした (${answer.status})`, said.labels ?? []);
}

let tag = null;
let lastQuery = null;

/** All that the page shows, or null when nothing has changed since the last look. */
export async function look({ phone, user }) {
  const query = new URLSearchParams();
  if (phone) query.set("phone", phone);
  if (user) query.set("user", user);
  const same = lastQuery === query.toString();
  lastQuery = query.toString();
  const answer = await fetch(`/practice/stage?${query}`, {
    headers: same && tag ? { "if-none-match": tag } : {},
    cache: "no-store",
  });
  if (answer.status === 304) return null;
  const shown = await answered(answer);
  tag = answer.headers.get("etag");
  return shown;
}

export const phonePath = (name, verb) => `phones/${encodeURIComponent(name)}/${verb}`;
export const slackPath = (user, verb) => `slack/${encodeURIComponent(user)}/${verb}`;
