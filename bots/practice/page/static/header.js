// The top of the page: the clock, the fault switch, the card of first steps.

import { dayOf, h, hourOf, patch } from "./dom.js";
import { clear } from "./wire.js";

const FAULTS = {
  slow: { delay_s: 5 }, before: { drop: "before" }, after: { drop: "after" }, 503: { status: 503 }, 429: { status: 429, retry_after: 5 },
};

/** Wires the header that stands in the page. `act` as in practice.js, `point(step)` shows a step. */
export function makeHeader({ act, point }) {
  const now = document.getElementById("now");
  const time = document.getElementById("now-time");
  const exact = document.getElementById("exact-form");
  const faults = document.getElementById("fault-form");
  const guide = document.getElementById("guide");
  let clock = null;
  let putAway = false;
  let whole = false;

  for (const button of document.querySelectorAll(".moves > button")) {
    button.addEventListener("click", () => move(button.dataset.next ? { at: nextDay(clock.at, button.dataset.next) } : { advance: button.dataset.advance }));
  }
  exact.addEventListener("submit", async (event) => {
    event.preventDefault();
    const asked = `${exact.elements.day.value}T${exact.elements.time.value}`;
    if (await move({ at: asked })) shut("exact");
  });
  faults.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { service, count, kind, operation } = faults.elements;
    const body = { service: service.value, count: Number(count.value), ...FAULTS[kind.value] };
    await act("faults", operation.value.trim() ? { ...body, operation: operation.value.trim() } : body);
  });
  document.getElementById("fault-clear").addEventListener("click", () => act("faults", null, clear));

  function shut(id) {
    const box = document.getElementById(id);
    box.open = false;
    box.querySelector("summary").focus();
  }

  async function move(body) {
    const buttons = [...document.querySelectorAll(".moves > button")];
    now.classList.add("moving");
    time.append(h("small", {}, "進めています…"));
    delete time.dataset.label;
    for (const button of buttons) button.setAttribute("aria-disabled", "true");
    const done = await act("clock", body);
    now.classList.remove("moving");
    for (const button of buttons) button.removeAttribute("aria-disabled");
    return done;
  }

  function drawClock(shown) {
    clock = shown.clock;
    time.dateTime = clock.at;
    if (!document.getElementById("exact").open) {
      exact.elements.day.value = nextDay(clock.at, "10:00").slice(0, 10);
      exact.elements.day.min = clock.at.slice(0, 10);
      exact.elements.time.value = "10:00";
    }
    const words = [h("span", {}, dayOf(clock.at)), " ", h("b", {}, hourOf(clock.at))];
    const label = clock.label + (shown.walking_to ?? "");
    if (time.dataset.label !== label) {
      time.dataset.label = label;
      time.replaceChildren(...words, shown.walking_to ? h("small", {}, `→ ${shown.walking_to} まで進めています`) : "");
    }
  }

  function drawFaults(planned) {
    const badge = document.getElementById("fault-count");
    const total = planned.reduce((sum, fault) => sum + fault.count, 0);
    badge.hidden = !total;
    badge.textContent = total ? ` (${total})` : "";
    document.getElementById("fault-clear").hidden = !total;
    patch(document.getElementById("planned"), planned, (fault) => h("li", {}, faultWords(fault)));
  }

  function drawGuide(steps) {
    guide.hidden = putAway || !steps.length;
    if (guide.hidden) return;
    const next = steps.find((step) => !step.done && (step.label || step.does)) ?? steps.find((step) => !step.done);
    const done = steps.filter((step) => step.done).length;
    const items = [{ next: next ?? null, done, all: steps.length, whole, steps: whole ? steps : [] }];
    patch(guide, items, drawCard);
  }

  function drawCard({ next, done, all, steps }) {
    const again = () => { whole = !whole; drawGuide(lastSteps); guide.querySelector("[data-key=steps]").focus(); };
    return h("div", { class: "card-line" },
      h("p", { class: "step" }, h("strong", {}, "はじめの一歩"), h("span", { class: "note" }, `${done} / ${all}`),
        h("span", {}, next ? next.text : "ひととおり試しました。あとは自由にどうぞ。")),
      next?.user || next?.phone || next?.does === "clock" ? h("button", { type: "button", class: "main", onclick: () => point(next) }, "そこへ案内する") : null,
      h("button", { type: "button", class: "quiet", key: "steps", "aria-expanded": String(whole), onclick: again }, whole ? "たたむ" : "ぜんぶ見る"),
      h("button", { type: "button", class: "quiet", onclick: () => { putAway = true; guide.hidden = true; document.getElementById("phone").focus(); } }, "しまう"),
      steps.length ? h("ol", {}, steps.map((step) => h("li", { class: step.done ? "done" : "" }, h("span", { "aria-hidden": "true" }, step.done ? "✓" : "・"),
        step.text, step.done ? h("span", { class: "unseen" }, "(できました)") : null))) : null);
  }

  let lastSteps = [];
  return {
    show(shown) {
      lastSteps = shown.guide;
      drawClock(shown);
      drawFaults(shown.planned);
      drawGuide(shown.guide);
    },
  };
}

/** The next day at `hour` after an ISO time that stands in Tokyo time. */
function nextDay(iso, hour) {
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number);
  // 「翌朝」 before dawn is still this morning.
  const ahead = iso.slice(11, 16) < "05:00" ? 0 : 1;
  return `${new Date(Date.UTC(year, month - 1, day + ahead)).toISOString().slice(0, 10)}T${hour}`;
}

function faultWords(fault) {
  const who = { line: "LINE", slack: "Slack" }[fault.service];
  const what = fault.drop === "before" ? "届く前に切れる" : fault.drop === "after" ? "届いた後に切れる"
    : fault.delay_s ? `${fault.delay_s}秒おくれる` : `${fault.status} を返す`;
  return `${who} ${fault.operation ?? "すべて"}: ${what} × ${fault.count}`;
}
