// The phone: one person's LINE, with its lock screen.

import { dayOf, drawSwitch, h, holdEnd, hourOf, keepingFocus, menu, patch, stayingAtEnd, svg } from "./dom.js";
import { STICKERS, inside, sticker } from "./bubbles.js";
import { phonePath } from "./wire.js";

const SIGNS = [
  ["path", { d: "M1 14v2M4.5 11.5v4.5M8 9v7", stroke: "currentColor", "stroke-width": 2, "stroke-linecap": "round" }],
  ["rect", { x: 12, y: 9.5, width: 10, height: 6.5, rx: 1.8, fill: "none", stroke: "currentColor", "stroke-width": 1.2 }],
  ["rect", { x: 13.4, y: 10.9, width: 5.6, height: 3.7, rx: .8, fill: "currentColor" }],
];

/** The phone pane. `act(path, body, after)` sends and redraws; `choose(name)` changes the phone. */
export function makePhone(root, { act, choose, openLink, pick }) {
  let face = "talk";
  let drawer = null; // "stickers" | "menu" | null
  let name = null;
  let shown = null;
  let knownLink = null;

  const send = (verb, body) => act(phonePath(name, verb), body);
  const names = h("div", { class: "switch", role: "group", "aria-label": "だれの電話か" });
  const time = h("span", { class: "time" });
  const faces = h("button", { type: "button", class: "quiet", onclick: () => { face = face === "talk" ? "lock" : "talk"; redraw(); } });
  const more = h("div", {});
  const account = h("h2", { id: "account" });
  const preview = h("button", { type: "button", class: "arrived", hidden: true, onclick: () => { log.focus(); send("open", {}); } });
  const log = h("div", { class: "talk", role: "log", "aria-live": "off", "aria-label": "トーク", tabindex: 0 });
  const state = h("div", { class: "state" });
  const quick = h("div", { class: "quick", role: "group", "aria-label": "返事の候補" });
  const drawerBox = h("div", { class: "drawer" });
  const words = h("input", { type: "text", name: "words", "aria-label": "メッセージ", placeholder: "メッセージ", autocomplete: "off", maxlength: 5000 });
  const file = h("input", { type: "file", accept: "image/*", class: "hidden-file", tabindex: -1, "aria-hidden": "true" });
  const pull = (what) => () => { drawer = drawer === what ? null : what; redraw(); };
  const menuButton = h("button", { type: "button", class: "icon", onclick: pull("menu") }, "☰");
  const stickerButton = h("button", { type: "button", class: "icon", "aria-label": "スタンプ", title: "スタンプ", onclick: pull("stickers") }, sticker("1988", { size: 22 }));
  const plus = menu("+", [
    { label: "見本の写真を送る", act: () => send("photo", {}) },
    { label: "写真を選んで送る…", act: () => file.click() },
  ], { title: "写真", align: "up" });
  const composer = h("form", { class: "composer", onsubmit: say }, menuButton, plus, stickerButton, words,
    h("button", { type: "submit", class: "send", "aria-label": "送信" }, "送信"), file);
  const talk = h("div", { class: "face" }, preview, h("div", { class: "talk-head" }, account, more), log, state, quick, drawerBox, composer);
  const lock = h("div", { class: "face lock", hidden: true });
  root.append(
    h("div", { class: "pane-head" }, h("h2", { class: "pane-name" }, "電話"), names, faces),
    h("div", { class: "handset" }, h("div", { class: "status" }, time, svg(SIGNS, { size: 34 })), talk, lock),
  );
  holdEnd(log);
  file.addEventListener("change", () => {
    if (file.files[0]) send("photo", file.files[0]);
    file.value = "";
  });

  function say(event) {
    event.preventDefault();
    const text = words.value.trim();
    if (!text) return;
    send("say", { text }).then((ok) => { if (ok) words.value = ""; });
  }

  /** Press what carries the label; a date picker asks for its date first. */
  async function tap(label, action = null, more = {}) {
    if (action?.type !== "datetimepicker") return send("tap", { label, ...more });
    const picked = await pick(label, action);
    return picked ? send("tap", { label, picked, ...more }) : false;
  }

  function unlock() {
    face = "talk";
    redraw();
    log.focus();
    send("open", {});
  }

  function redraw() {
    if (!shown) return;
    keepingFocus(root, () => log, drawAll);
  }

  function drawAll() {
    const { screen, phones, clock } = shown;
    drawSwitch(names, phones.map((each) => ({ ...each, here: each.name === name })), { kind: "phone", unit: "お知らせ", choose, space: 15 });
    names.hidden = phones.length < 2;
    time.textContent = hourOf(clock.at);
    const waiting = (screen.lock_screen ?? []).length;
    faces.textContent = face === "talk" ? `ロック画面${waiting ? ` (${waiting})` : ""}` : "トークに戻る";
    root.querySelector(".handset").classList.toggle("lit", waiting > 0);
    talk.hidden = face !== "talk";
    lock.hidden = face !== "lock";
    if (face === "lock") drawLock(screen, clock);
    else drawTalk(screen, waiting);
  }

  function drawLock(screen, clock) {
    const lines = screen.lock_screen ?? [];
    lock.replaceChildren(
      h("p", { class: "lock-day" }, dayOf(clock.at)), h("p", { class: "lock-time" }, hourOf(clock.at)),
      lines.length
        ? h("ul", { "aria-label": "ロック画面のお知らせ" }, lines.map((text) => h("li", {}, h("button", { type: "button", onclick: unlock }, h("strong", {}, screen.account), h("span", {}, text)))))
        : h("p", { class: "empty" }, "お知らせはありません。"),
      h("p", { class: "note" }, "となりの人にも見えるのは、ここに出ている言葉だけです。"),
    );
  }

  function drawTalk(screen, waiting) {
    account.textContent = screen.account;
    more.replaceChildren(menu("⋯", [
      screen.blocked
        ? { label: "ブロックを解除する", act: () => send("unblock", {}) }
        : { label: "このアカウントをブロックする", act: () => send("block", {}) },
      ...(screen.friend ? [] : [{ label: "友だちに追加する", act: () => send("follow", {}) }]),
    ], { title: "アカウントのメニュー", align: "right" }));
    preview.hidden = waiting === 0;
    preview.replaceChildren(h("small", {}, "お知らせ"), h("span", {}, screen.lock_screen?.at(-1) ?? ""));
    stayingAtEnd(log, () => patch(log, entries(screen), drawEntry));
    drawState(screen);
    drawQuick(screen);
    drawDrawer(screen);
    menuButton.hidden = !(screen.rich_menu ?? []).length;
    menuButton.setAttribute("aria-label", screen.rich_menu_bar || "メニュー");
    menuButton.setAttribute("aria-expanded", String(drawer === "menu"));
    stickerButton.setAttribute("aria-expanded", String(drawer === "stickers"));
  }

  function drawState(screen) {
    const cannot = !screen.friend || screen.blocked;
    state.replaceChildren(...(screen.blocked
      ? [h("p", {}, "このアカウントをブロックしています。"), h("button", { type: "button", key: "unblock", onclick: () => send("unblock", {}) }, "解除する")]
      : screen.friend ? [] : [h("p", {}, "まだ友だちではありません。"), h("button", { type: "button", class: "main", key: "follow", onclick: () => send("follow", {}) }, "友だちに追加")]));
    state.hidden = !cannot;
  }

  function drawQuick(screen) {
    const items = screen.messages?.at(-1)?.raw?.quickReply?.items ?? [];
    const actionOf = (label) => items.find((each) => each.action?.label === label)?.action;
    patch(quick, screen.quick_replies ?? [], (label) =>
      h("button", { type: "button", key: `tap:${label}`, onclick: () => tap(label, actionOf(label)) }, label));
    quick.hidden = !(screen.quick_replies ?? []).length;
  }

  function drawDrawer(screen) {
    if (drawer === "menu" && !(screen.rich_menu ?? []).length) drawer = null;
    const items = drawer === "stickers" ? STICKERS.map((each) => each.sticker_id) : drawer === "menu" ? richMenu(screen) : [];
    drawerBox.className = `drawer ${drawer ?? ""}`;
    drawerBox.hidden = !drawer;
    patch(drawerBox, items, (item) => drawer === "stickers" ? stickerChoice(item) : menuArea(item));
  }

  function stickerChoice(id) {
    const { label } = STICKERS.find((each) => each.sticker_id === id);
    const body = { package_id: "446", sticker_id: id, keywords: [label] };
    return h("button", { type: "button", key: `sticker:${id}`, "aria-label": `スタンプ ${label}`, title: label, onclick: () => send("sticker", body) }, sticker(id, { size: 44 }));
  }

  function menuArea({ label, place }) {
    const area = h("button", { type: "button", key: `tap:${label}`, onclick: () => send("tap", { label }) }, label);
    if (place) Object.assign(area.style, place);
    return area;
  }

  function drawEntry(entry) {
    if (entry.empty) return h("p", { class: "empty" }, entry.empty);
    if (entry.day) return h("p", { class: "day" }, entry.day);
    const { message, index, own } = entry;
    if (message.withdrawn) return h("p", { class: "day" }, own === null ? "メッセージが取り消されました" : "送信を取り消しました");
    const press = (label, action) => tap(label, action, entry.older ? { message: index } : {});
    const undo = own === null ? null : h("button", { type: "button", class: "undo", key: `undo:${index}`, onclick: () => send("unsend", { index: own }) }, "送信取消");
    return h("article", { class: `said ${message.from}`, "aria-label": message.from === "account" ? shown.screen.account : name },
      inside(message, press), h("footer", {}, undo, h("time", { datetime: message.at }, hourOf(message.at))));
  }

  return {
    /** Show this screen of this person. */
    show({ screen, phones, clock }) {
      if (screen.name !== name) { name = screen.name; face = "talk"; drawer = (screen.rich_menu ?? []).length ? "menu" : null; knownLink = screen.links_opened; words.value = ""; log.replaceChildren(); }
      shown = { screen, phones, clock };
      redraw();
      if (screen.opened_url && screen.links_opened !== knownLink) openLink(screen.opened_url);
      knownLink = screen.links_opened;
    },
    /** Put the focus on the control with this label; false when it is not on the screen. */
    point: (label) => pointAt(root, label),
    tick(clock) { time.textContent = hourOf(clock.at); },
  };
}

/** Messages with the day between them, and which of the person's own each one is. */
function entries(screen) {
  const list = [];
  let day = null;
  let own = -1;
  const messages = screen.messages ?? [];
  if (!messages.length) return [{ empty: "おたよりが届くと、ここに並びます。何も届かない日があっても大丈夫です。" }];
  const last = new Map();
  messages.forEach((message, index) => (message.buttons ?? []).forEach((label) => last.set(label, index)));
  messages.forEach((message, index) => {
    if (dayOf(message.at) !== day) { day = dayOf(message.at); list.push({ day }); }
    const mine = message.from === "person";
    if (mine && !message.withdrawn) own += 1;
    // A button whose label appears again further down is named by its message, the last one is not.
    const older = (message.buttons ?? []).some((label) => last.get(label) !== index);
    list.push({ message, index, own: mine ? own : null, older: older && message.id });
  });
  return list;
}

/** The areas of the rich menu, placed as its maker placed them. */
function richMenu(screen) {
  const raw = screen.rich_menu_raw;
  const areas = raw?.areas ?? [];
  return (screen.rich_menu ?? []).map((label) => {
    const bounds = areas.find((area) => (area.action?.label ?? area.action?.text) === label)?.bounds;
    if (!bounds || !raw.size) return { label };
    const twelfths = (part, whole) => Math.max(1, Math.round((part / whole) * 12));
    return { label, place: { gridColumn: `${Math.round((bounds.x / raw.size.width) * 12) + 1} / span ${twelfths(bounds.width, raw.size.width)}` } };
  });
}

/** Focus the button that carries this label. */
export function pointAt(root, label) {
  const found = [...root.querySelectorAll("button, [role=button]")].filter((each) => each.textContent.trim() === label && each.offsetParent).at(-1);
  if (!found) return false;
  found.scrollIntoView({ block: "nearest" });
  found.focus({ focusVisible: true });
  return true;
}
