// LINE messages as LINE shows them: text, sticker, picture, template, flex.

import { h, svg } from "./dom.js";

const line = { fill: "none", stroke: "currentColor", "stroke-width": 1.6, "stroke-linecap": "round", "stroke-linejoin": "round" };
const face = ["circle", { cx: 12, cy: 12, r: 8.6, fill: "var(--sticker)", stroke: "currentColor", "stroke-width": 1.4 }];

/** The stickers one can send here: our own drawings under LINE's ids. */
export const STICKERS = [
  { sticker_id: "1988", label: "にっこり", paths: [face, ["path", { ...line, d: "M8.5 10.5h.01M15.5 10.500h.01M8.5 14c1.8 2.2 5.2 2.2 7 0" }]] },
  { sticker_id: "1989", label: "おだやか", paths: [face, ["path", { ...line, d: "M7.5 10.500c.8-.8 1.7-.8 2.5 0M14 10.500c.8-.8 1.7-.8 2.5 0M9.5 14.500c1.5 1.2 3.5 1.2 5 0" }]] },
  { sticker_id: "1990", label: "まる", paths: [["circle", { ...line, cx: 12, cy: 12, r: 7.5, "stroke-width": 2.4 }]] },
  { sticker_id: "1991", label: "お茶", paths: [["path", { ...line, fill: "var(--sticker)", d: "M5 10h11v4.500a4.5 4.5 0 0 1-4.5 4.500h-2A4.5 4.5 0 0 1 5 14.500zM16 11.500h1.500a2 2 0 0 1 0 4H16M8.5 7c-.8-1 .8-1.6 0-2.800M12 7c-.8-1 .8-1.6 0-2.8" }]] },
  { sticker_id: "1992", label: "はっぱ", paths: [["path", { ...line, fill: "var(--sticker)", d: "M5.5 18.500C4 10 10 5 19 5c.5 9-4.5 14.5-13 13.500zM5 19.500c2.5-4.5 5.5-7 9-9" }]] },
  { sticker_id: "1993", label: "おやすみ", paths: [["path", { ...line, fill: "var(--sticker)", d: "M19 14.500A7.5 7.5 0 0 1 9.5 5a7.5 7.5 0 1 0 9.5 9.500z" }]] },
];

/** The picture of a sticker; one we have not drawn is a plain smile with its name. */
export function sticker(id, { size = 84, label = null } = {}) {
  const known = STICKERS.find((each) => each.sticker_id === id) ?? STICKERS[0];
  return svg(known.paths, { size, label });
}

/** The inside of one message. `press(label, action)` presses a button in it. */
export function inside(message, press) {
  const raw = message.raw ?? {};
  if (message.kind === "sticker") {
    const words = (raw.keywords ?? []).join("、");
    return h("div", { class: "sticker" }, sticker(raw.stickerId, { label: words ? `スタンプ ${words}` : "スタンプ" }));
  }
  if (message.kind === "image") return picture(raw.altText ?? "写真");
  if (message.kind === "template" && raw.template) return template(raw.template, press);
  if (message.kind === "flex" && raw.contents) return flex(raw.contents, press);
  return h("div", { class: "bubble" },
    h("p", { class: "words" }, message.text || message.kind),
    (message.buttons ?? []).map((label) => pressable(label, press, {})));
}

function picture(label) {
  const shapes = [
    ["rect", { x: 3, y: 5, width: 18, height: 14, rx: 2, ...line }],
    ["path", { ...line, d: "M4 17l5-5 3.5 3.500L15.5 12l4.5 5M15.8 8.800h.01" }],
  ];
  return h("div", { class: "picture" }, svg(shapes, { size: 46 }), h("span", {}, label));
}

function pressable(label, press, { extra = "", action = null } = {}) {
  return h("button", { type: "button", class: `tap ${extra}`, key: `tap:${label}`, onclick: () => press(label, action) }, label);
}

function actions(list, press) {
  return (list ?? []).filter((action) => action.label).map((action) => pressable(action.label, press, { action }));
}

function template(given, press) {
  if (given.type === "carousel") {
    return h("div", { class: "carousel" }, given.columns.map((column) => card(column, press)));
  }
  if (given.type === "image_carousel") {
    return h("div", { class: "carousel" }, given.columns.map((column) =>
      h("div", { class: "bubble card" }, picture(""), actions([column.action], press))));
  }
  return card(given, press);
}

function card(given, press) {
  const picked = given.thumbnailImageUrl ? picture("写真") : null;
  return h("div", { class: "bubble card" }, picked,
    given.title ? h("p", { class: "title" }, given.title) : null,
    h("p", { class: "words" }, given.text), actions(given.actions, press));
}

function flex(given, press) {
  if (given.type === "carousel") {
    return h("div", { class: "carousel" }, (given.contents ?? []).map((each) => flex(each, press)));
  }
  const parts = ["header", "hero", "body", "footer"].filter((name) => given[name]);
  return h("div", { class: `bubble card flex-bubble ${given.size ?? ""}` },
    parts.map((name) => h("div", { class: `flex-${name}` }, component(given[name], press))));
}

function component(given, press) {
  const tapped = given.action?.label && given.type !== "button"
    ? { role: "button", tabindex: 0, key: `tap:${given.action.label}`, onclick: () => press(given.action.label),
        onkeydown: (event) => { if (event.key === "Enter" || event.key === " ") { event.preventDefault(); press(given.action.label); } } }
    : {};
  switch (given.type) {
    case "box":
      return h("div", { class: `flex-box ${given.layout}`, ...tapped },
        (given.contents ?? []).map((each) => component(each, press)));
    case "text":
      return h("p", { class: `flex-text ${given.weight ?? ""} size-${given.size ?? "md"}`, ...tapped },
        given.contents?.length ? given.contents.map((span) => span.text ?? "") : given.text ?? "");
    case "button":
      return given.action?.label ? pressable(given.action.label, press, { extra: given.style ?? "", action: given.action }) : null;
    case "separator":
      return h("hr", {});
    case "image":
    case "video":
      return picture("写真");
    case "span":
      return h("span", {}, given.text ?? "");
    default:
      return null;
  }
}
