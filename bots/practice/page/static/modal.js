// A Slack modal: its form, with what has been typed kept across redraws.

import { h } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { visible } from "./mrkdwn.js";

let serial = 0;

/**
 * The modal as a form. `hands` are {submit(values), close(), does, suggest(label, query)}.
 * `typed` is a Map label -> value that outlives a redraw of the same modal.
 */
export function drawModal(modal, typed, hands) {
  const inputs = [...(modal.inputs ?? [])];
  const readers = new Map();
  const title = `modal-title-${++serial}`;
  const written = () => changedOnly(readers, modal.inputs ?? []);
  const take = (block) => {
    const label = visible(block.label);
    const exact = inputs.findIndex((each) => each.block_id && each.block_id === block.block_id);
    const found = exact >= 0 ? exact : inputs.findIndex((each) => each.label === label);
    return found < 0 ? null : field(inputs.splice(found, 1)[0], block, typed, readers, hands);
  };
  const body = modal.blocks
    ? drawBlocks(modal.blocks, { ...hands.does, ...withTyped(hands.does, typed), inputs: modal.inputs }, take)
    : [...(modal.texts ?? []).map((text) => h("p", { class: "lines" }, text))];
  const rest = modal.blocks ? [] : inputs.map((each) => field(each, null, typed, readers, hands));
  const buttons = modal.blocks ? [] : (modal.buttons ?? []).map((label) =>
    h("button", { type: "button", class: "b-button", key: `modal:${label}`, onclick: () => hands.does.press(label, null, {}, typedValues(typed)) }, label));
  const form = h("form", {
    class: "modal", role: "dialog", "aria-modal": "true", "aria-labelledby": title, novalidate: true,
    onsubmit: (event) => { event.preventDefault(); if (modal.submit) hands.submit(written()); },
    onkeydown: (event) => keys(event, modal, hands, written),
  },
    h("header", {}, h("h2", { id: title }, modal.title), modal.depth > 1 ? h("span", { class: "note" }, `${modal.depth}枚目`) : null,
      h("button", { type: "button", class: "icon", "aria-label": "この画面を閉じる", title: "閉じる (Esc)", key: "modal:×", onclick: hands.close }, "×")),
    modal.error ? h("p", { class: "banner", role: "alert" }, modal.error) : null,
    h("div", { class: "modal-body", tabindex: -1 }, body, rest, buttons),
    h("footer", {},
      modal.close || !modal.submit ? h("button", { type: "button", key: "modal:close", onclick: hands.close }, modal.close || "閉じる") : null,
      modal.submit ? h("button", { type: "submit", class: "main", key: "modal:submit" }, modal.submit) : null),
  );
  return form;
}

/** Put the focus where writing begins: the first field with an error, or the first field. */
export function focusModal(form) {
  const wrong = form.querySelector("[aria-invalid=true]");
  const first = form.querySelector(".modal-body :is(input, textarea, select, button):not([type=hidden])");
  (wrong ?? first ?? form.querySelector("footer button") ?? form).focus();
}

function keys(event, modal, hands, values) {
  if (event.key === "Escape" && !event.isComposing) {
    event.preventDefault();
    hands.close();
  } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && modal.submit) {
    event.preventDefault();
    hands.submit(values());
  }
}

function withTyped(does, typed) {
  return { press: (label, where, element) => does.press(label, where, element, typedValues(typed)) };
}

const typedValues = (typed) => Object.fromEntries(typed);

/** Only what differs from what Slack already holds: filling in a field again would act again. */
function changedOnly(readers, inputs) {
  const plain = (value) => JSON.stringify(value === "" || (Array.isArray(value) && !value.length) ? null : value ?? null);
  const held = new Map(inputs.map((each) => [each.label, inControl(each)]));
  return Object.fromEntries([...readers].map(([label, read]) => [label, read()]).filter(([label, value]) => plain(value) !== plain(held.get(label))));
}

/** The held value as its control writes it. */
function inControl(input) {
  return input.kind === "datetimepicker" ? (input.value ?? "").slice(0, 16) : input.value;
}

function field(input, block, typed, readers, hands) {
  const id = `field-${++serial}`;
  const hintText = input.hint ?? visible(block?.hint);
  const described = [input.error ? `${id}-error` : null, hintText ? `${id}-hint` : null].filter(Boolean).join(" ") || null;
  const value = typed.has(input.label) ? typed.get(input.label) : inControl(input);
  const shared = { id, key: `modal:${input.label}`, "aria-describedby": described, "aria-invalid": input.error ? "true" : null };
  const changed = () => {
    typed.set(input.label, readers.get(input.label)());
    if (input.dispatch) hands.does.choose(input.label, typed.get(input.label), null);
  };
  const offered = { ...input, options: input.options?.length ? input.options : hands.offered(input.kind ?? "") };
  const { control, read, group } = controlFor(offered, block, value, shared, changed, hands);
  readers.set(input.label, read);
  const optional = input.optional ?? block?.optional;
  const label = [input.label, optional ? h("small", {}, " (任意)") : null];
  const notes = [
    hintText ? h("p", { class: "note", id: `${id}-hint` }, hintText) : null,
    input.error ? h("p", { class: "wrong", id: `${id}-error` }, input.error) : null,
  ];
  return group
    ? h("fieldset", { class: "field", "aria-describedby": described }, h("legend", {}, label), control, notes)
    : h("div", { class: "field" }, h("label", { for: id }, label), control, notes);
}

function controlFor(input, block, value, shared, changed, hands) {
  const kind = input.kind;
  const placeholder = input.placeholder ?? (visible(block?.element?.placeholder) || null);
  if (kind === "file_input") return { control: h("p", { class: "note" }, "練習ではファイルは使えません。"), read: () => input.value ?? null };
  if (kind === "multi_external_select") return severalTyped(input, value, { ...shared, placeholder }, changed, hands);
  if (kind === "checkboxes" || kind?.startsWith("multi_")) return manyOf(input, value, shared, changed);
  if (kind === "radio_buttons") return oneOf(input, value, shared, changed);
  if (kind === "external_select") return typedSelect(input, value, { ...shared, placeholder }, changed, hands);
  if (kind?.endsWith("_select")) {
    const control = h("select", { ...shared, onchange: changed }, h("option", { value: "" }, placeholder || "選んでください"),
      (input.options ?? []).map((text) => h("option", { value: text, selected: text === value }, text)));
    return { control, read: () => control.value || null };
  }
  const multiline = input.multiline || block?.element?.multiline || kind === "rich_text_input";
  const limits = { placeholder, maxlength: input.max_length ?? block?.element?.max_length };
  const control = multiline
    ? h("textarea", { ...shared, ...limits, rows: 5, oninput: keep, onchange: changed })
    : h("input", { ...shared, ...limits, type: TYPES[kind] ?? "text", autocomplete: "off", oninput: keep, onchange: changed });
  control.value = value ?? "";
  const read = () => control.value || null;
  function keep() { if (!input.dispatch) changed(); }
  return { control, read };
}

const TYPES = { datepicker: "date", timepicker: "time", datetimepicker: "datetime-local", number_input: "number", email_text_input: "email", url_text_input: "url" };

function manyOf(input, value, shared, changed) {
  const chosen = new Set(Array.isArray(value) ? value : value ? [value] : []);
  const boxes = (input.options ?? []).map((text) =>
    h("input", { type: "checkbox", value: text, key: `${shared.key}:${text}`, checked: chosen.has(text), "aria-invalid": shared["aria-invalid"], onchange: changed }));
  const control = h("div", { class: "choices" }, boxes.map((box) => h("label", {}, box, h("span", {}, box.value))));
  return { control, group: true, read: () => boxes.filter((box) => box.checked).map((box) => box.value) };
}

function oneOf(input, value, shared, changed) {
  const boxes = (input.options ?? []).map((text) =>
    h("input", { type: "radio", name: shared.id, value: text, key: `${shared.key}:${text}`, checked: text === value, "aria-invalid": shared["aria-invalid"], onchange: changed }));
  const control = h("div", { class: "choices" }, boxes.map((box) => h("label", {}, box, h("span", {}, box.value))));
  return { control, group: true, read: () => boxes.find((box) => box.checked)?.value ?? null };
}

/** A select whose options come from the app while one types. */
function typedSelect(input, value, shared, changed, hands) {
  const list = h("datalist", { id: `${shared.id}-options` }, (input.options ?? []).map((text) => h("option", { value: text })));
  const control = h("input", { ...shared, type: "text", list: list.id, autocomplete: "off", onchange: changed, oninput: ask });
  control.value = value ?? "";
  async function ask() {
    const options = await hands.suggest(input.label, control.value);
    list.replaceChildren(...options.map((text) => h("option", { value: text })));
  }
  return { control: h("div", {}, control, list), read: () => control.value || null };
}

/** The first of several; the others stay as they are. */
function severalTyped(input, value, shared, changed, hands) {
  const { control, read } = typedSelect(input, value?.[0] ?? "", shared, changed, hands);
  return { control, read: () => (read() ? [read(), ...(value ?? []).slice(1)] : []) };
}
