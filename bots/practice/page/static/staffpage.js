// The staff page that a colleague has open beside Slack, as something to read.

import { h, patch } from "./dom.js";

/** A sheet over the workspace, and the button that brings it out and puts it away. */
export function makeStaffPage(workspace, { changed }) {
  const name = h("h3", { tabindex: -1 });
  const about = h("p", { class: "note" }, "物語の中で開かれているページの写しです。読むだけで、ここからは操作できません。");
  const body = h("div", { class: "sheet-body", tabindex: 0 });
  const sheet = h("section", { class: "sheet", "aria-label": "職員のページ", hidden: true },
    h("header", {}, h("span", { class: "kind" }, "職員のページ"), name,
      h("button", { type: "button", class: "quiet", onclick: () => turn(false) }, "しまう")), about, body);
  const button = h("button", { type: "button", class: "page-button", hidden: true, "aria-pressed": "false", onclick: () => turn(sheet.hidden) }, "職員のページ");
  workspace.append(sheet);
  const seen = new Map(); // user -> what the page last was
  let page = null;
  let wanted = new Set(); // users whose sheet is out

  function turn(out) {
    const held = sheet.contains(document.activeElement);
    if (out) wanted.add(page.user);
    else wanted.delete(page.user);
    draw();
    changed();
    if (held && !out) button.focus();
    if (out) name.focus({ preventScroll: true });
  }

  function draw() {
    const open = Boolean(page?.open);
    button.hidden = !open;
    sheet.hidden = !open || !wanted.has(page.user);
    button.setAttribute("aria-pressed", String(!sheet.hidden));
    if (!open) return;
    name.textContent = page.title;
    const sent = page.sent && Object.keys(page.sent.values).length ? [{ sent: page.sent }] : [];
    patch(body, [...sent, ...(page.file ? [{ file: page.file }] : []), ...page.parts], drawPart);
  }

  return {
    button,
    get out() { return !sheet.hidden; },
    /** Show this user's page; one that changed comes out by itself. */
    show(shown) {
      page = shown;
      if (page?.open) {
        const now = `${page.address} ${page.text}`;
        if (seen.get(page.user) !== now) { wanted.add(page.user); body.scrollTop = 0; }
        seen.set(page.user, now);
      } else if (page) {
        seen.delete(page.user);
        wanted.delete(page.user);
      }
      draw();
    },
    /** Bring it out or put it away, where there is one. */
    bring(out) {
      if (page?.open) { (out ? wanted.add(page.user) : wanted.delete(page.user)); draw(); }
    },
    /** Bring the words into sight and mark where they stand. */
    reveal(texts) { revealIn(body, texts); },
  };
}

/** Scroll to the last place that holds one of the texts, and mark it. */
export function revealIn(root, texts) {
  for (const each of root.querySelectorAll(".found")) each.classList.remove("found");
  for (const text of texts) {
    const places = [...root.querySelectorAll("p, h2, h3, h4, li, dd, span, blockquote, header, button")].filter((each) => each.textContent.includes(text));
    const last = places.filter((each) => !places.some((other) => other !== each && each.contains(other))).at(-1);
    last?.classList.add("found");
  }
  root.querySelector(".found")?.scrollIntoView({ block: "center" });
}

function drawPart(part) {
  if (part.sent) {
    return h("div", { class: "sent" }, h("p", { class: "note" }, `「${part.sent.button}」で送った内容`),
      h("dl", {}, Object.entries(part.sent.values).map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value)))));
  }
  if (part.file) return h("p", { class: "b-alert" }, `ファイルを受け取りました: ${part.file}`);
  switch (part.kind) {
    case "heading": return h(part.level === 1 ? "h3" : "h4", { class: `p-h${Math.min(part.level, 3)}` }, part.text);
    case "item": return h("p", { class: "p-item" }, part.text);
    case "term": return h("p", { class: "p-term note" }, part.text);
    case "quote": return h("blockquote", {}, part.text);
    case "notice": return h("p", { class: "b-alert" }, part.text);
    case "link": return h("p", { class: "p-link" }, part.text);
    case "button": return h("p", {}, h("span", { class: "p-button" }, part.text));
    case "field": return drawField(part);
    default: return h("p", {}, part.text);
  }
}

function drawField({ label, text, choices }) {
  const chosen = text.split("、");
  const ticked = choices?.map((each) => h("span", { class: "p-tick" }, `${chosen.includes(each) ? "☑" : "☐"} ${each}`));
  return h("div", { class: "p-field" }, h("p", { class: "note" }, label),
    ticked ? h("p", {}, ticked) : h("p", { class: "p-value lines" }, text || "(空欄)"));
}
