// Small hands for the document. Text is always set as text, never parsed as HTML.

/** An element with attributes and children; `on…` keys are listeners, null children are skipped. */
export function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "value") element.value = value;
    else if (key === "key") element.dataset.key = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(4).filter((child) => child !== null && child !== undefined));
  return element;
}

/** An SVG element; purely decorative unless a label is given. */
export function svg(paths, { label = null, size = 20 } = {}) {
  const space = "http://www.w3.org/2000/svg";
  const root = document.createElementNS(space, "svg");
  root.setAttribute("viewBox", "0 0 24 24");
  root.setAttribute("width", size);
  root.setAttribute("height", size);
  if (label) {
    root.setAttribute("role", "img");
    root.setAttribute("aria-label", label);
  } else {
    root.setAttribute("aria-hidden", "true");
  }
  for (const [name, attributes] of paths) {
    const shape = document.createElementNS(space, name);
    for (const [key, value] of Object.entries(attributes)) shape.setAttribute(key, value);
    root.append(shape);
  }
  return root;
}

/**
 * Make the container's children fit `items`, keeping the nodes of items that did not change: so
 * that focus, scroll and what a screen reader has read stay where they are.
 */
export function patch(container, items, make) {
  const kept = new Map();
  for (const node of container.children) kept.set(node.shownAs, node);
  let cursor = container.firstElementChild;
  for (const [position, item] of items.entries()) {
    const shownAs = `${position}:${JSON.stringify(item)}`;
    let node = kept.get(shownAs);
    if (node) {
      kept.delete(shownAs);
    } else {
      node = make(item, position);
      node.shownAs = shownAs;
    }
    if (node === cursor) cursor = cursor.nextElementSibling;
    else container.insertBefore(node, cursor);
  }
  for (const node of kept.values()) node.remove();
}

/** Run `change`, then give the focus back to the element of the same key, or to `otherwise`. */
export function keepingFocus(root, otherwise, change) {
  const held = document.activeElement;
  const inside = held && root.contains(held) && held !== root;
  const key = inside ? held.dataset.key : null;
  change();
  if (!inside || (held.isConnected && !held.closest("[inert]"))) return;
  const now = document.activeElement;
  if (now && now !== held && now !== document.body) return; // the change itself chose where to go
  const again = key ? [...root.querySelectorAll("[data-key]")].find((e) => e.dataset.key === key) : null;
  (again ?? otherwise()).focus({ preventScroll: true });
}

/** Scroll to the end after `change` if the end was in sight before. */
export function stayingAtEnd(log, change) {
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  const before = log.childElementCount;
  change();
  if (atEnd || log.childElementCount > before) log.scrollTop = log.scrollHeight;
}

/** Keep a log at its end while its box changes its height. */
export function holdEnd(log, wanted = () => true) {
  let height = log.clientHeight;
  new ResizeObserver(() => {
    if (wanted() && log.scrollHeight - log.scrollTop - height < 60) log.scrollTop = log.scrollHeight;
    height = log.clientHeight;
  }).observe(log);
}

/** The names one can switch between: buttons, or a list when there are many. */
export function drawSwitch(box, entries, { kind, unit, choose, space }) {
  // A name takes its letters and the room around them; counted in full-width letters.
  const many = entries.reduce((sum, each) => sum + each.name.length + 2, 0) > space;
  const news = (each) => (each.unseen && !each.here ? each.unseen : 0);
  patch(box, many ? [entries] : entries, (item) => many
    ? h("select", { key: `${kind}:select`, "aria-label": box.getAttribute("aria-label"), onchange: (event) => choose(event.target.value) },
        item.map((each) => h("option", { value: each.name, selected: each.here }, each.name + (news(each) ? ` (${unit}${each.unseen}件)` : ""))))
    : h("button", { type: "button", key: `${kind}:${item.name}`, "aria-pressed": String(item.here), onclick: () => choose(item.name) }, item.name,
        news(item) ? h("span", { class: "count", "aria-label": `${unit}${item.unseen}件` }, String(item.unseen)) : null));
}

/** 10:30 out of an ISO time that already stands in Tokyo time. */
export function hourOf(iso) {
  return (iso ?? "").slice(11, 16);
}

/** 11月23日(月) out of an ISO time that already stands in Tokyo time. */
export function dayOf(iso) {
  const [year, month, day] = (iso ?? "").slice(0, 10).split("-").map(Number);
  if (!day) return "";
  const weekday = "日月火水木金土"[new Date(Date.UTC(year, month - 1, day)).getUTCDay()];
  return `${month}月${day}日(${weekday})`;
}

/** A menu that opens below its button; Escape and a choice close it. */
export function menu(label, entries, { title = null, align = "" } = {}) {
  const box = h("details", { class: `menu ${align}` });
  const shut = () => {
    box.open = false;
    box.querySelector("summary").focus();
  };
  box.append(
    h("summary", { "aria-label": title, title, key: title ? `menu:${title}` : null }, label),
    h("div", { class: "panel list" }, entries.map((entry) =>
      h("button", { type: "button", onclick: () => { shut(); entry.act(); } }, entry.label,
        entry.note ? h("small", {}, entry.note) : null))),
  );
  return box;
}

/** Escape closes an open menu, a click elsewhere too. Once for the whole page. */
export function tendMenus() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = event.target.closest?.("details.menu[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
    event.stopPropagation();
  }, true);
  document.addEventListener("click", (event) => {
    for (const box of document.querySelectorAll("details.menu[open]")) {
      if (!box.contains(event.target)) box.open = false;
    }
  });
}
