// The Slack workspace of one staff member: home, messages, channels, modals, commands.

import { dayOf, drawSwitch, h, holdEnd, hourOf, keepingFocus, menu, patch, stayingAtEnd, svg } from "./dom.js";
import { drawBlocks } from "./blocks.js";
import { drawModal, focusModal } from "./modal.js";
import { pointAt } from "./phone.js";
import { makeStaffPage, revealIn } from "./staffpage.js";
import { post, slackPath } from "./wire.js";

/** The Slack pane. `act(path, body)` sends and redraws; `choose(name)` changes the user. */
export function makeSlack(root, { act, choose, openLink, ask, say }) {
  let user = null;
  let shown = null;
  let room = "home";
  let typed = new Map();
  let openModal = null;
  let opener = null;
  let knownLink = null;
  const rooms = new Map(); // user -> the room last looked at
  const read = new Map(); // user/room -> how many messages have been seen
  const dismissed = new Map(); // user -> how many notifications were put away
  const visited = new Set();

  const send = (verb, body) => act(slackPath(user, verb), body);
  const users = h("div", { class: "switch", role: "group", "aria-label": "だれとして見るか" });
  const toast = h("div", { class: "toast", hidden: true });
  const side = h("nav", { class: "side", "aria-label": "Slack の場所" });
  const title = h("h3", { class: "room", tabindex: -1 });
  const banner = h("p", { class: "banner", role: "alert", hidden: true });
  const log = h("div", { class: "room-log", tabindex: 0 });
  const words = h("input", { type: "text", name: "command", autocomplete: "off", "aria-label": "メッセージかコマンド", list: "commands" });
  const commands = h("datalist", { id: "commands" });
  const tools = h("div", {});
  const composer = h("form", { class: "composer", onsubmit: write }, tools, words, commands, h("button", { type: "submit", class: "send" }, "送信"));
  const main = h("div", { class: "desk-main" }, title, banner, log, composer);
  const desk = h("div", { class: "desk" }, side, main);
  const layer = h("div", { class: "layer", hidden: true });
  const workspace = h("div", { class: "workspace" }, desk, layer);
  const sheet = makeStaffPage(workspace, { changed: () => redraw() });
  root.append(h("div", { class: "pane-head" }, h("h2", { class: "pane-name" }, "Slack"), users, sheet.button, toast), workspace);

  holdEnd(log, () => room !== "home");
  const does = {
    offered,
    get names() { return namesOf(shown); },
    press, choose: (label, value, where) => send("choose", clean({ label, value, where })),
  };

  async function press(label, where, element, values) {
    if (element?.confirm && !(await ask(element.confirm))) return;
    opener = document.activeElement?.dataset.key ?? null;
    await send("click", clean({ label, where, values: values && Object.keys(values).length ? values : undefined }));
  }

  async function write(event) {
    event.preventDefault();
    const text = words.value.trim();
    if (!text) return;
    const before = ephemeralRooms(shown.screen);
    let done = false;
    if (text.startsWith("/")) {
      const [command, ...rest] = text.split(/\s+/);
      done = await send("command", { command, text: rest.join(" ") });
    } else if (shown.verbs.includes("say") && room !== "home") {
      done = await send("say", { text, where: room.startsWith("dm:") ? "dm" : room });
    } else {
      say("ここでは / で始まるコマンドを使えます。「+」から選べます。");
    }
    if (!done) return;
    words.value = "";
    const grown = [...ephemeralRooms(shown.screen)].find(([key, count]) => count > (before.get(key) ?? 0));
    if (grown) go(grown[0], { tell: false });
  }

  function go(next, { tell = true } = {}) {
    room = next;
    rooms.set(user, room);
    log.replaceChildren();
    if (tell) send("open", { what: room.startsWith("dm:") ? "dm" : room });
    redraw();
  }

  function redraw() {
    if (shown) keepingFocus(root, landing, drawAll);
  }

  const landing = () => (layer.hidden ? title : layer.querySelector(".modal-body") ?? title);

  function drawAll() {
    const { screen, people } = shown;
    drawSwitch(users, people.map((each) => ({ ...each, unseen: Math.max(0, each.unseen - (dismissed.get(each.name) ?? 0)), here: each.name === user })), { kind: "user", unit: "通知", choose, space: 30 });
    patch(side, places(screen), placeButton);
    title.textContent = places(screen).find((each) => each.key === room)?.label ?? "ホーム";
    banner.textContent = screen.banner ?? "";
    banner.hidden = !screen.banner || Boolean(screen.modal);
    if (room === "home") patch(log, roomItems(screen), drawItem);
    else stayingAtEnd(log, () => patch(log, roomItems(screen), drawItem));
    drawToast(screen);
    drawComposer(screen);
    drawLayer(screen);
  }

  function places(screen) {
    const unread = (key, messages) => key === room ? 0 : Math.max(0, messages.length - (read.get(`${user}/${key}`) ?? 0));
    return [
      { key: "home", label: "ホーム", group: "Yorisoi" },
      ...(screen.dms ?? []).map((dm) => ({ key: `dm:${dm.with}`, label: dm.with, group: "ダイレクトメッセージ", unread: unread(`dm:${dm.with}`, dm.messages ?? []) })),
      ...(screen.channels ?? []).map((channel) => ({ key: channel.name, label: channel.name, group: "チャンネル", locked: channel.private, unread: unread(channel.name, channel.messages ?? []) })),
    ].map((each, index, all) => ({ ...each, here: each.key === room, first: all[index - 1]?.group !== each.group }));
  }

  function placeButton(each) {
    return h("div", {}, each.first ? h("p", { class: "group" }, each.group) : null,
      h("button", { type: "button", key: `room:${each.key}`, "aria-current": each.here ? "page" : null, onclick: () => go(each.key) },
        h("span", {}, each.label), each.locked ? svg(LOCK, { size: 13, label: "非公開" }) : null,
        each.unread ? h("span", { class: "count", "aria-label": `新着${each.unread}件` }, String(each.unread)) : null));
  }

  function roomOf(screen) {
    return room.startsWith("dm:")
      ? (screen.dms ?? []).find((each) => `dm:${each.with}` === room)
      : (screen.channels ?? []).find((each) => each.name === room);
  }

  function contentOf(key) {
    const { home, dms, channels } = shown.screen;
    if (key === "home") return home;
    return (key.startsWith("dm:") ? dms.find((each) => `dm:${each.with}` === key) : channels.find((each) => each.name === key))?.messages;
  }

  function roomItems(screen) {
    log.className = `room-log ${room === "home" ? "home" : ""}`;
    if (room === "home") return [{ home: screen.home }];
    const messages = roomOf(screen)?.messages ?? [];
    read.set(`${user}/${room}`, messages.length);
    if (!messages.length) return [{ empty: "ここにはまだ投稿がありません。動きがあると、ここに並びます。" }];
    const list = [];
    messages.forEach((message, index) => {
      const day = dayOf(message.at);
      if (index === 0 || day !== dayOf(messages[index - 1].at)) list.push({ day });
      list.push({ message });
    });
    return list;
  }

  function drawItem(item) {
    if (item.empty) return h("p", { class: "empty" }, item.empty);
    if (item.day) return h("p", { class: "day" }, item.day);
    if (item.message) return drawMessage(item.message);
    if (!item.home) return h("p", { class: "empty" }, "ホームはまだ開かれていません。開くと、今日の予定や承認待ちがここに並びます。");
    return h("div", { class: "home-view" }, item.home.blocks ? drawBlocks(item.home.blocks, { ...does, inputs: item.home.inputs, place: placed("home") }) : fallback(item.home, null));
  }

  function drawMessage(message, inThread = false) {
    const shortcuts = shown.offers.shortcuts.filter((each) => each.type === "message");
    const entries = shortcuts.map((each) => ({ label: each.name, act: () => send("shortcut", { name: each.callback_id ?? each.name, message: shown.screen.places && message.ts ? message.ts : message.text }) }));
    const content = message.blocks?.length ? drawBlocks(message.blocks, { ...does, inputs: message.inputs, place: placed(message.ts, message.texts?.join(" ")) }) : fallback(message, message.text);
    return h("article", { class: `post ${message.ephemeral ? "only-you" : ""} ${inThread ? "reply" : ""}` },
      h("span", { class: "avatar", "aria-hidden": "true" }, (message.from ?? "?").slice(0, 1)),
      h("div", { class: "post-body" },
        h("header", {}, h("strong", {}, message.from), h("time", { datetime: message.at }, hourOf(message.at)),
          message.edited ? h("small", {}, "(編集済み)") : null, message.ephemeral ? h("small", {}, "あなただけに表示されています") : null),
        content,
        message.thread?.length ? h("div", { class: "thread" }, message.thread.map((each) => drawMessage(each, true))) : null),
      entries.length && !message.ephemeral ? menu("⋯", entries, { title: "この投稿への操作", align: "right" }) : null);
  }

  function fallback(part, text) {
    const texts = part.texts?.length ? part.texts : text ? [text] : [];
    const where = texts[0] ?? null;
    return [texts.map((each) => h("p", { class: "lines" }, each)), part.buttons?.length
      ? h("div", { class: "b-actions" }, part.buttons.map((label) => h("button", { type: "button", class: "b-button", key: `${where}:${label}`, onclick: () => press(label, where) }, label)))
      : null];
  }

  /** Where a block stands: its exact place, or else words that stand around it. */
  function placed(where, around = null) {
    return (block, nearby) => shown.screen.places && where && block.block_id ? `@${where}/${block.block_id}` : nearby || around || null;
  }

  function drawToast(screen) {
    const all = screen.notifications ?? [];
    const put = Math.min(dismissed.get(user) ?? 0, all.length);
    const fresh = all.slice(put);
    toast.hidden = fresh.length === 0;
    patch(toast, fresh.slice(-1), (text) => h("p", {}, h("small", {}, "通知"), h("span", {}, text),
      h("button", { type: "button", class: "icon", "aria-label": "通知をしまう", key: "toast", onclick: () => { dismissed.set(user, (shown.screen.notifications ?? []).length); redraw(); } }, "×")));
  }

  function drawComposer(screen) {
    const declared = shown.offers.commands;
    const shortcuts = shown.offers.shortcuts.filter((each) => each.type !== "message");
    const hint = declared.length ? `${declared[0]} などのコマンド` : "/ で始まるコマンド";
    words.placeholder = shown.verbs.includes("say") && room !== "home" ? `メッセージ、または ${hint}` : hint;
    patch(commands, declared, (each) => h("option", { value: each }));
    patch(tools, [{ declared, shortcuts }], () => menu("+", [
      ...shortcuts.map((each) => ({ label: each.name, act: () => send("shortcut", { name: each.callback_id ?? each.name }) })),
      ...declared.map((each) => ({ label: each, note: "コマンド", act: () => { words.value = `${each} `; words.focus(); } })),
    ], { title: "ショートカットとコマンド", align: "up" }));
    tools.hidden = !declared.length && !shortcuts.length;
  }

  function drawLayer(screen) {
    const modal = screen.modal ? { ...screen.modal, error: screen.banner } : null;
    const identity = modal ? `${modal.view_id ?? modal.title}/${modal.depth}` : null;
    const changed = identity !== openModal;
    if (changed) typed = new Map();
    layer.hidden = !modal;
    desk.inert = Boolean(modal) || sheet.out;
    layer.inert = sheet.out;
    const before = layer.querySelector(".modal-body")?.scrollTop ?? 0;
    const held = layer.firstElementChild;
    patch(layer, modal ? [modal] : [], (each) => drawModal(each, typed, {
      does: { ...does, place: placed("modal") }, suggest, offered,
      submit: (values) => send("submit", { values }), close: () => send("close", {}),
    }));
    const form = layer.firstElementChild;
    const hadFocus = held !== form && !changed && document.activeElement === document.body;
    openModal = identity;
    if (form && changed) focusModal(form);
    else if (form && held !== form) {
      form.querySelector(".modal-body").scrollTop = before;
      if (hadFocus || form.querySelector("[aria-invalid=true]")) focusModal(form);
    } else if (!form && changed) returnFocus();
  }

  function returnFocus() {
    const back = opener ? [...root.querySelectorAll("[data-key]")].find((each) => each.dataset.key === opener) : null;
    (back ?? title).focus({ preventScroll: true });
    opener = null;
  }

  /** What a menu of people or channels offers. */
  function offered(kind) {
    if (kind.includes("users")) return shown.people.map((each) => each.name);
    if (kind.includes("channels") || kind.includes("conversations")) return (shown.screen.channels ?? []).map((each) => each.name);
    return [];
  }

  async function suggest(label, query) {
    const answer = await post(slackPath(user, "options"), { label, query }).catch(() => ({ options: [] }));
    return answer.options;
  }

  return {
    /** Show this user's screen. */
    show({ screen, people, verbs, offers, page }) {
      const other = screen.user !== user;
      if (other) {
        user = screen.user;
        room = rooms.get(user) ?? "home";
        openModal = null;
        opener = null;
        typed = new Map();
        knownLink = screen.links_opened;
        words.value = "";
        log.replaceChildren();
        layer.replaceChildren();
      }
      shown = { screen, people, verbs, offers };
      if (room !== "home" && !roomOf(screen)) room = "home";
      sheet.show(page);
      redraw();
      if (screen.opened_url && screen.links_opened !== knownLink && screen.opened_url !== page?.link) openLink(screen.opened_url);
      knownLink = screen.links_opened;
      // Opening the app's home is what makes Slack ask the app for it.
      if (room === "home" && !screen.home && !visited.has(user)) {
        visited.add(user);
        send("open", { what: "home" });
      }
    },
    /** Bring to the front where a step of a story was done, and what it brought about. */
    reveal({ on, look }) {
      sheet.bring(on === "page" || (sheet.out && on !== "slack"));
      redraw();
      if (sheet.out) return sheet.reveal(look);
      if (shown.screen.modal) return revealIn(layer, look);
      const held = (each) => (text) => JSON.stringify(contentOf(each.key) ?? null).includes(JSON.stringify(text).slice(1, -1));
      const place = places(shown.screen).find((each) => look.some(held(each)));
      if (place && place.key !== room && !look.some(held({ key: room }))) go(place.key, { tell: false });
      if (place) revealIn(log, look);
    },
    /** Put the focus on the control with this label; false when it is not on the screen. */
    point(label) {
      if (pointAt(root, label)) return true;
      for (const each of places(shown.screen)) {
        const texts = JSON.stringify(each.key === "home" ? shown.screen.home?.buttons : contentOf(each.key));
        if (texts?.includes(JSON.stringify(label))) { go(each.key); return pointAt(root, label); }
      }
      return false;
    },
  };
}

/** Whom an id in a text means: people, the app, channels. */
function namesOf({ screen, offers }) {
  const channels = (screen.channels ?? []).map((each) => [each.id, each.name]);
  return { ...offers.names, [offers.bot]: screen.dms?.[0]?.with ?? "App", ...Object.fromEntries(channels) };
}

const LOCK = [
  ["rect", { x: 5, y: 11, width: 14, height: 9, rx: 2, fill: "currentColor" }],
  ["path", { d: "M8 11V8a4 4 0 0 1 8 0v3", fill: "none", stroke: "currentColor", "stroke-width": 2 }],
];

const clean = (body) => Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null && value !== undefined));

/** How many messages that only this user sees stand in each room. */
function ephemeralRooms(screen) {
  const count = (messages) => (messages ?? []).filter((each) => each.ephemeral).length;
  return new Map([
    ...(screen.dms ?? []).map((dm) => [`dm:${dm.with}`, count(dm.messages)]),
    ...(screen.channels ?? []).map((channel) => [channel.name, count(channel.messages)]),
  ]);
}
