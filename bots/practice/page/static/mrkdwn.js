// Slack's mrkdwn as nodes: bold, italic, strike, code, quotes, links, mentions, dates.

import { dayOf, h, hourOf } from "./dom.js";

const TOKEN = /```([\s\S]+?)```|`([^`\n]+)`|<([^<>\n]+)>|\*([^*\n]+)\*|(?<![\p{L}\p{N}])_([^_\n]+)_(?![\p{L}\p{N}])|~([^~\n]+)~/gu;
const EMOJI = {
  white_check_mark: "✅", heavy_check_mark: "✔️", calendar: "📅", date: "📅", clock3: "🕒", hourglass: "⏳", hourglass_flowing_sand: "⏳",
  envelope: "✉️", incoming_envelope: "📨", email: "✉️", memo: "📝", pencil: "📝", seedling: "🌱", herb: "🌿", bell: "🔔", no_bell: "🔕",
  warning: "⚠️", information_source: "ℹ️", speech_balloon: "💬", house: "🏠", handshake: "🤝", wave: "👋", pray: "🙏", tea: "🍵",
};

const unescape = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
const emoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI[name] ?? whole);
const plain = (text) => emoji(unescape(text));

/** Nodes for a text object `{type: plain_text | mrkdwn, text}`. */
export function textNodes(given, names = {}) {
  if (!given) return [];
  if (typeof given === "string") return lines(given, names);
  if (given.type === "mrkdwn") return lines(given.text ?? "", names);
  return [given.emoji === false ? given.text : emoji(given.text ?? "")];
}

/** The visible words of a text object, without its markup. */
export function visible(given, names = {}) {
  return h("span", {}, textNodes(given, names)).textContent;
}

function lines(text, names) {
  const parts = [];
  let quoted = null;
  for (const line of text.split("\n")) {
    const quote = /^(?:&gt;|>) ?(.*)$/.exec(line);
    if (quote) {
      if (!quoted) parts.push(quoted = h("blockquote", {}));
      else quoted.append("\n");
      quoted.append(...inline(quote[1], names));
      continue;
    }
    if (parts.length && !quoted) parts.push("\n");
    quoted = null;
    parts.push(...inline(line, names));
  }
  return parts;
}

function inline(text, names) {
  const parts = [];
  let from = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(plain(text.slice(from, match.index)));
    const [whole, block, code, angle, bold, italic, strike] = match;
    if (block ?? code) parts.push(h("code", {}, unescape(block ?? code)));
    else if (angle) parts.push(reference(angle, names));
    else if (bold) parts.push(h("strong", {}, inline(bold, names)));
    else if (italic) parts.push(h("em", {}, inline(italic, names)));
    else if (strike) parts.push(h("s", {}, inline(strike, names)));
    from = match.index + whole.length;
  }
  parts.push(plain(text.slice(from)));
  return parts.filter((part) => part !== "");
}

function reference(inner, names) {
  const [target, ...rest] = inner.split("|");
  const label = rest.join("|");
  if (target.startsWith("!date^")) return dateWords(target, label);
  if (/^[@#]/.test(target)) {
    const name = names[target.slice(1)] ?? label ?? target.slice(1);
    return h("span", { class: "mention" }, name.startsWith("#") ? name : target[0] + (name || target.slice(1)));
  }
  if (target.startsWith("!")) return h("span", { class: "mention" }, `@${label || target.slice(1).split("^")[0]}`);
  if (!/^(https?|mailto|tel|slack):/.test(target)) return unescape(`<${inner}>`);
  return h("a", { href: unescape(target), target: "_blank", rel: "noreferrer" }, plain(label || target));
}

/** `<!date^unix^format^link|fallback>` in Tokyo time. */
function dateWords(target, fallback) {
  const [, unix, format] = target.split("^");
  if (!/^\d+$/.test(unix ?? "")) return plain(fallback);
  const iso = new Date((Number(unix) + 9 * 3600) * 1000).toISOString();
  return (format ?? "").replace(/\{date[a-z_]*\}/g, dayOf(iso)).replace(/\{time(_secs)?\}/g, hourOf(iso)) || plain(fallback);
}
