// The stories: a menu to choose from, and a card that plays one step by step.

import { h, patch } from "./dom.js";
import { clear, post } from "./wire.js";

const PAUSE_MS = 1500;
const PLACES = { phone: "電話", slack: "Slack", page: "職員のページ" };

/** Wires the menu and the card. `turnTo(answer)` says whose screens come to the front. */
export function makeStory({ act, ask, toFront, reveal }) {
  const menu = document.getElementById("stories");
  const list = document.getElementById("story-list");
  const card = document.getElementById("story");
  const title = h("strong", {});
  const count = h("span", { class: "note" });
  const onward = h("button", { type: "button", class: "main", onclick: () => next() }, "次へ");
  const through = h("button", { type: "button", class: "quiet", onclick: () => playOn() }, "最後まで");
  const again = h("button", { type: "button", class: "main", onclick: () => begin(story) }, "はじめから");
  const leave = h("button", { type: "button", class: "quiet", onclick: () => stop() }, "やめる");
  const told = h("div", { class: "told", "aria-live": "polite" });
  card.append(h("div", { class: "card-line" }, h("p", { class: "step" }, title, count), onward, through, again, leave, told));
  let story = null;
  let playing = false;
  let busy = false;
  let begun = false;

  async function choose(name) {
    menu.open = false;
    const sure = await ask({ title: name ? "物語をはじめますか" : "練習の町をはじめから始めますか", text: "町は新しくなり、いまの町で試したことは消えます。", confirm: "はじめる", deny: "もどる" });
    if (sure) await begin(name);
  }

  async function begin(named) {
    playing = false;
    const done = await act(named ? `stories/${encodeURIComponent(named.name)}` : "stories", {}, async (path, body) => {
      await (named ? post(path, body) : clear(path));
      toFront({ phone: null, user: null });
    });
    // The card may be drawn only with the next look at the stage; what is hidden takes no focus.
    if (done && named && card.hidden) begun = true;
    else if (done) (named ? onward : menu.querySelector("summary")).focus();
  }

  /** Play one step and bring its screens to the front. True when there was one. */
  async function next() {
    if (busy || !story || story.ended) return false;
    busy = true;
    draw();
    const here = card.contains(document.activeElement);
    let answer = null;
    await act("story/next", {}, async (path, body) => {
      answer = await post(path, body);
      toFront(answer.last);
    });
    busy = false;
    draw();
    if (answer) reveal(answer.last);
    // A window that opens in Slack takes the focus; whoever plays the story goes on from here.
    if (here && story && !card.contains(document.activeElement)) (story.ended ? again : onward).focus({ preventScroll: true });
    return Boolean(answer);
  }

  async function playOn() {
    playing = !playing;
    draw();
    while (playing && (await next()) && !story?.ended) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    playing = false;
    draw();
  }

  async function stop() {
    playing = false;
    if (await act("story", null, clear)) document.getElementById("slack").focus();
  }

  function draw() {
    card.hidden = !story;
    if (!story) return;
    if (begun) queueMicrotask(() => onward.focus());
    begun = false;
    title.textContent = story.title;
    count.textContent = `${story.played} / ${story.total}`;
    const held = document.activeElement;
    onward.hidden = through.hidden = story.ended;
    again.hidden = !story.ended;
    if (held?.hidden) again.focus();
    onward.setAttribute("aria-disabled", String(busy));
    through.textContent = playing ? "とめる" : "最後まで";
    patch(told, [{ summary: story.played ? null : story.summary, last: story.last, end: story.ended ? story.held : null, next: story.next }], drawTold);
  }

  function drawTold({ summary, last, end, next: ahead }) {
    return h("div", {},
      summary ? h("p", { class: "narration" }, summary) : null,
      last?.note ? h("p", { class: "narration" }, last.note) : null,
      last ? h("p", { class: "did" }, h("time", {}, last.at), " ", last.said) : null,
      last?.refused ? h("p", { class: "check missed" }, h("span", { "aria-hidden": "true" }, "!"), `できませんでした。${last.refused}`) : null,
      last?.checks.length ? h("ul", { class: "checks" }, last.checks.map((each) =>
        h("li", { class: `check ${each.held ? "" : "missed"}` }, h("span", { "aria-hidden": "true" }, each.held ? "✓" : "!"),
          each.said, each.held ? null : h("small", {}, "(物語とちがいます)")))) : null,
      end === null ? null : h("p", { class: "narration" }, end ? "おわりです。すべて、物語のとおりになりました。このまま町を自由に試せます。" : "おわりです。物語とちがうところがありました。"),
      ahead ? h("p", { class: "note" }, `つぎ: ${aheadWords(ahead)}`) : null);
  }

  return {
    /** Show where the story is, and what can be chosen. */
    show(shown) {
      story = shown.story;
      menu.hidden = !shown.stories.length;
      patch(list, [...shown.stories, null], (each) => h("button", { type: "button", onclick: () => choose(each) },
        each ? [h("span", {}, each.title), h("small", {}, `${each.summary} ${each.steps}場面`.trim())] : [h("span", {}, "練習の町をはじめから"), h("small", {}, "物語なしで、自由に試します")]));
      draw();
    },
  };
}

function aheadWords({ who, on, at }) {
  const walks = at ? "時計が進みます" : "";
  const acts = who && on ? `${who}さん(${PLACES[on]})` : "";
  return [walks, acts].filter(Boolean).join("、") || "画面を見ます";
}
