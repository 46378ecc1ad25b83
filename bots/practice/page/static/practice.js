// The practice page: one phone, one workspace, one clock. Everything goes through the driver.

import { h, patch, tendMenus } from "./dom.js";
import { makeHeader } from "./header.js";
import { makePhone } from "./phone.js";
import { makeSlack } from "./slack.js";
import { makeStory } from "./story.js";
import { Refusal, look, post } from "./wire.js";

const EVERY_MS = 2500;
const at = { phone: null, user: null };
const notice = document.getElementById("notice");
const strip = document.getElementById("last");
let noticeTimer = null;
let working = 0;

/** Send something to the driver, then show what came of it. True when it was done. */
async function act(path, body, send = post) {
  working += 1;
  document.body.setAttribute("aria-busy", "true");
  try {
    await send(path, body);
    say("");
    return true;
  } catch (error) {
    if (!(error instanceof Refusal)) say("練習のサーバーとつながりません。動いているか確かめてください。");
    else say(error.message, error.labels);
    return false;
  } finally {
    working -= 1;
    if (!working) document.body.removeAttribute("aria-busy");
    await refresh();
  }
}

/** A sentence for whoever tried something that does not work here. */
function say(sentence, labels = []) {
  clearTimeout(noticeTimer);
  notice.replaceChildren(...(sentence
    ? [h("p", {}, sentence, labels.length ? h("small", {}, `ここにあるもの: ${labels.slice(0, 8).join("、")}`) : null),
       h("button", { type: "button", class: "icon", "aria-label": "閉じる", onclick: () => say("") }, "×")]
    : []));
  if (sentence) noticeTimer = setTimeout(() => say(""), 12000);
}

/** Slack's confirm dialog; resolves to whether it was confirmed. */
function ask(confirm) {
  const dialog = document.getElementById("ask");
  const text = (given, otherwise) => given?.text ?? given ?? otherwise;
  dialog.replaceChildren(h("form", { method: "dialog" },
    h("h2", { id: "ask-title" }, text(confirm.title, "確認")), h("p", { class: "lines" }, text(confirm.text, "")),
    h("footer", {}, h("button", { value: "no" }, text(confirm.deny, "もどる")), h("button", { value: "yes", class: "main", autofocus: true }, text(confirm.confirm, "はい")))));
  return answerOf(dialog).then((value) => value === "yes");
}

/** Tell which address a press would open; the page itself goes nowhere. */
function openLink(url) {
  // Our own pages open at once, as a tap in the real thing would; others are shown first, and a
  // browser that blocks the new tab gets the dialog, too.
  if (new URL(url, location.href).origin === location.origin && open(url, "_blank")) return;
  const dialog = document.getElementById("ask");
  dialog.replaceChildren(h("form", { method: "dialog" },
    h("h2", { id: "ask-title" }, "リンクが開かれます"), h("p", { class: "address" }, url),
    h("footer", {}, h("button", { value: "no" }, "とじる"),
      /^https?:/.test(url) ? h("a", { class: "main", href: url, target: "_blank", rel: "noreferrer", onclick: () => dialog.close("no") }, "新しいタブで開く") : null)));
  return answerOf(dialog);
}

/** LINE's date picker; resolves to what was picked, or to nothing. */
function pick(label, { mode, initial, min, max }) {
  const type = { date: "date", time: "time" }[mode] ?? "datetime-local";
  const input = h("input", { type, required: true, "aria-label": label, value: initial ?? "", min, max });
  const dialog = document.getElementById("ask");
  dialog.replaceChildren(h("form", { method: "dialog" }, h("h2", { id: "ask-title" }, label), h("p", {}, input),
    h("footer", {}, h("button", { value: "no", formnovalidate: true }, "もどる"), h("button", { value: "yes", class: "main" }, "決定"))));
  return answerOf(dialog).then((value) => (value === "yes" ? input.value : null));
}

function answerOf(dialog) {
  const back = document.activeElement;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => {
    if (back?.isConnected) back.focus({ preventScroll: true });
    resolve(dialog.returnValue);
  }, { once: true }));
}

const phone = makePhone(document.getElementById("phone"), { act, openLink, pick, choose: (name) => turnTo({ phone: name }) });
const slack = makeSlack(document.getElementById("slack"), { act, openLink, ask, say, choose: (name) => turnTo({ user: name }) });
const header = makeHeader({ act, point });
const story = makeStory({ act, ask, reveal: (last) => slack.reveal(last),
  toFront: (next) => Object.assign(at, next.phone === null && next.user === null ? { phone: null, user: null } : { phone: next.phone ?? at.phone, user: next.user ?? at.user }) });

async function turnTo(next) {
  Object.assign(at, next);
  await refresh();
}

/** Bring a step of the guide before the eyes: the right screen, the focus on what to press. */
async function point(step) {
  await turnTo({ ...(step.user ? { user: step.user } : {}), ...(step.phone ? { phone: step.phone } : {}) });
  if (step.does === "clock") return void document.querySelector(".moves button").focus();
  const pane = step.phone ? phone : slack;
  if (!step.label || !pane.point(step.label)) document.getElementById(step.phone ? "phone" : "slack").focus();
}

let asked = 0;
/** Look at everything again; a later look wins over an earlier one that comes in late. */
async function refresh() {
  const turn = ++asked;
  let shown;
  try {
    shown = await look(at);
  } catch (error) {
    if (error instanceof Refusal) { at.phone = null; at.user = null; }
    else say("練習のサーバーとつながりません。動いているか確かめてください。");
    return;
  }
  if (!shown || turn !== asked) return;
  at.phone = shown.phone?.name ?? at.phone;
  at.user = shown.workspace?.user ?? at.user;
  header.show(shown);
  if (shown.phone) phone.show({ screen: shown.phone, phones: shown.phones, clock: shown.clock });
  if (shown.workspace) slack.show({ screen: shown.workspace, people: shown.people, verbs: shown.verbs, offers: shown.offers, page: shown.page });
  story.show(shown);
  drawStrip(shown.happened);
}

function drawStrip(happened) {
  const [latest] = happened;
  const words = latest ? [latest.said, ...latest.seen].filter(Boolean).join(" → ") : "まだ何も起きていません。";
  if (strip.textContent !== words) strip.textContent = strip.title = words;
  patch(document.getElementById("history-list"), happened, (each) => h("li", {}, h("time", { datetime: each.at }, each.label),
    h("div", {}, each.said ? h("p", {}, each.said) : null, each.seen.map((line) => h("p", { class: "seen" }, line)))));
}

tendMenus();
await refresh();
setInterval(() => { if (!document.hidden) refresh(); }, EVERY_MS);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
