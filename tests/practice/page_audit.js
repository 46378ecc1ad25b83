// Run inside the page: what WCAG would find that a script can find.
() => {
  const findings = [];
  const shown = (element) => element.checkVisibility({ checkOpacity: false, checkVisibilityCSS: true });
  const channel = (value) => { const v = value / 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const luminance = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const parse = (text) => { const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number); return [r, g, b, a]; };
  const over = (top, below) => top.slice(0, 3).map((value, i) => value * top[3] + below[i] * (1 - top[3])).concat(1);
  const ground = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      if (style.backgroundImage !== "none") return null; // a gradient: checked by eye
      const colour = parse(style.backgroundColor);
      layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const text = words.currentNode.textContent.trim();
    const element = words.currentNode.parentElement;
    if (!text || !shown(element) || ["SCRIPT", "STYLE", "OPTION", "NOSCRIPT"].includes(element.tagName)) continue;
    const below = ground(element);
    if (!below) continue;
    const style = getComputedStyle(element);
    const [light, dark] = [luminance(over(parse(style.color), below)), luminance(below)].sort((a, b) => b - a);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = (light + 0.05) / (dark + 0.05);
    if (ratio < (large ? 3 : 4.5)) findings.push(`contrast ${ratio.toFixed(2)}: ${text.slice(0, 30)}`);
  }
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  for (const id of new Set(ids.filter((each, i) => ids.indexOf(each) !== i))) findings.push(`id twice: ${id}`);
  for (const each of document.querySelectorAll("button, summary, a[href], [role=button]")) {
    if (!shown(each)) continue;
    const name = each.getAttribute("aria-label") || each.textContent.trim() || each.querySelector("[aria-label]")?.getAttribute("aria-label");
    if (!name) findings.push(`no name: ${each.outerHTML.slice(0, 80)}`);
    const box = each.getBoundingClientRect();
    if (box.width < 24 || box.height < 24) if (each.tagName !== "A") findings.push(`small target ${box.width}x${box.height}: ${name}`);
  }
  for (const each of document.querySelectorAll("input:not([aria-hidden]), select, textarea")) {
    if (shown(each) && !each.labels?.length && !each.getAttribute("aria-label")) findings.push(`no label: ${each.outerHTML.slice(0, 80)}`);
  }
  for (const each of document.querySelectorAll("[aria-describedby], [aria-labelledby]")) {
    if (!shown(each)) continue;
    for (const id of `${each.getAttribute("aria-describedby") ?? ""} ${each.getAttribute("aria-labelledby") ?? ""}`.split(" ").filter(Boolean)) {
      if (!document.getElementById(id)) findings.push(`points nowhere: ${id}`);
    }
  }
  const root = document.scrollingElement;
  if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) findings.push(`page scrolls: ${root.scrollWidth}x${root.scrollHeight}`);
  return findings;
}
