// Block Kit as Slack shows it. What a block does is handed in as `does`:
//   press(label, where, element), choose(label, value, where), place(block, words) -> where,
//   inputs: what the surface's menus and fields hold now, offered(kind): people or channels

import { h, menu, svg } from "./dom.js";
import { textNodes, visible } from "./mrkdwn.js";

const PICTURE = [["rect", { x: 3, y: 5, width: 18, height: 14, rx: 2, fill: "none", stroke: "currentColor", "stroke-width": 1.5 }]];

/** The blocks of a message, a home tab or a modal. `input(block)` draws input blocks. */
export function drawBlocks(blocks, does, input = () => null) {
  let words = "";
  return blocks.map((block) => {
    if (["section", "header"].includes(block.type)) words = sectionWords(block, does) || words;
    const where = does.place(block, words);
    const held = (does.inputs ?? []).filter((each) => each.block_id === block.block_id);
    return drawBlock(block, { ...does, where, held }, input);
  });
}

function sectionWords(block, does) {
  const text = block.text ?? block.fields?.[0];
  return text ? visible(text, does.names).split("\n")[0].trim() : "";
}

function drawBlock(block, does, input) {
  switch (block.type) {
    case "header":
      return h("h3", { class: "b-header" }, textNodes(block.text, does.names));
    case "section":
      return section(block, does);
    case "context":
      return h("div", { class: "b-context" }, (block.elements ?? []).map((each) =>
        each.type === "image" ? picture(each, 18) : h("span", { class: "lines" }, textNodes(each, does.names))));
    case "actions":
      return h("div", { class: "b-actions" }, (block.elements ?? []).map((each) => element(each, does)));
    case "divider":
      return h("hr", {});
    case "image":
      return h("figure", { class: "b-image" }, picture(block, 46), h("figcaption", {}, block.title ? textNodes(block.title) : block.alt_text));
    case "input":
      return input(block);
    case "markdown":
      return h("p", { class: "lines" }, textNodes({ type: "mrkdwn", text: (block.text ?? "").replaceAll("**", "*") }, does.names));
    case "alert":
      return h("p", { class: "b-alert" }, textNodes(block.text, does.names));
    case "rich_text":
      return h("div", { class: "b-rich" }, (block.elements ?? []).map((each) => rich(each, does)));
    default:
      return h("p", { class: "note" }, `(この部品はここでは描けません: ${block.type})`);
  }
}

function section(block, does) {
  const text = block.text ? h("p", { class: "lines" }, textNodes(block.text, does.names)) : null;
  const fields = block.fields ? h("div", { class: "b-fields" }, block.fields.map((each) => h("p", { class: "lines" }, textNodes(each, does.names)))) : null;
  return h("div", { class: "b-section" }, h("div", {}, text, fields), block.accessory ? element(block.accessory, does) : null);
}

function picture(given, size) {
  return svg(PICTURE, { size, label: given.alt_text || "画像" });
}

/** A button, select, picker or menu inside a message, a section or a modal. */
function element(given, does) {
  const now = does.held.find((each) => each.action_id === given.action_id);
  const label = now?.label ?? (visible(given.text) || visible(given.placeholder) || given.accessibility_label || "");
  switch (given.type) {
    case "button":
      return h("button", { type: "button", class: `b-button ${given.style ?? ""}`, key: `${does.where}:${label}`,
        "aria-label": given.accessibility_label, onclick: () => does.press(label, does.where, given) }, textNodes(given.text));
    case "overflow":
      return menu("⋯", given.options.map((each) => ({ label: visible(each.text), act: () => does.press(visible(each.text), does.where, given) })),
        { title: given.accessibility_label || "ほかの操作", align: "right" });
    case "static_select":
    case "external_select":
    case "users_select":
    case "channels_select":
    case "conversations_select":
      return select(given, label, does, now);
    case "radio_buttons":
    case "checkboxes":
      return choices(given, label, does, now);
    case "datepicker":
    case "timepicker":
      return picker(given, label, does, now);
    case "image":
      return picture(given, 46);
    default:
      return h("span", { class: "note" }, `(この部品はここでは描けません: ${given.type})`);
  }
}

function select(given, label, does, now) {
  const own = [...(given.options ?? []), ...(given.option_groups ?? []).flatMap((group) => group.options)].map((each) => visible(each.text));
  const options = own.length ? own : now?.options?.length ? now.options : does.offered?.(given.type) ?? [];
  const chosen = now ? now.value : visible(given.initial_option?.text);
  return h("select", { "aria-label": label || "選ぶ", key: `${does.where}:${label}`,
    onchange: (event) => { if (event.target.value) does.press(event.target.value, does.where, given); } },
    h("option", { value: "" }, visible(given.placeholder) || "選んでください"),
    options.map((text) => h("option", { value: text, selected: text === chosen }, text)));
}

function choices(given, label, does, now) {
  const single = given.type === "radio_buttons";
  const first = [given.initial_option, ...(given.initial_options ?? [])].filter(Boolean).map((each) => visible(each.text));
  const initial = now ? [now.value ?? []].flat() : first;
  const box = h("div", { class: "choices", role: single ? "radiogroup" : "group", "aria-label": label || "選ぶ" });
  const changed = (text) => single
    ? does.press(text, does.where, given)
    : does.choose(label, [...box.querySelectorAll("input:checked")].map((each) => each.value), does.where);
  box.append(...given.options.map((each) => {
    const text = visible(each.text);
    return h("label", {}, h("input", { type: single ? "radio" : "checkbox", name: `${does.where}:${given.action_id}`, value: text,
      key: `${does.where}:${text}`, checked: initial.includes(text), onchange: () => changed(text) }), h("span", {}, textNodes(each.text)));
  }));
  return box;
}

function picker(given, label, does, now) {
  const type = given.type === "datepicker" ? "date" : "time";
  return h("input", { type, "aria-label": label || (type === "date" ? "日付" : "時刻"), value: now ? now.value ?? "" : given.initial_date ?? given.initial_time ?? "",
    key: `${does.where}:${given.action_id}`, onchange: (event) => { if (event.target.value) does.choose(label, event.target.value, does.where); } });
}

function rich(given, does) {
  const inner = () => (given.elements ?? []).map((each) => richInline(each, does));
  switch (given.type) {
    case "rich_text_section":
      return h("p", { class: "lines" }, inner());
    case "rich_text_list":
      return h(given.style === "ordered" ? "ol" : "ul", {}, (given.elements ?? []).map((each) => h("li", {}, rich(each, does))));
    case "rich_text_quote":
      return h("blockquote", {}, inner());
    case "rich_text_preformatted":
      return h("pre", {}, inner());
    default:
      return h("span", {});
  }
}

function richInline(given, does) {
  if (given.type === "link") return h("a", { href: given.url, target: "_blank", rel: "noreferrer" }, given.text || given.url);
  if (given.type === "user") return h("span", { class: "mention" }, `@${does.names?.[given.user_id] ?? given.user_id}`);
  if (given.type === "emoji") return textNodes({ type: "mrkdwn", text: `:${given.name}:` });
  const wrap = given.style?.bold ? "strong" : given.style?.italic ? "em" : given.style?.code ? "code" : given.style?.strike ? "s" : "span";
  return h(wrap, {}, given.text ?? "");
}
