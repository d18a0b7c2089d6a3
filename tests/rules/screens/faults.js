// What of a page cannot be read or pressed at the size the window has now: a list of sentences.
() => {
  const SLACK = 1.5;
  const root = document.documentElement;
  const wide = root.clientWidth;
  const found = [];
  const said = (e) => {
    const text = (e.innerText || e.value || "").trim().replace(/\s+/g, " ").slice(0, 40);
    const marks = typeof e.className === "string" ? e.className.trim().replace(/\s+/g, ".") : "";
    const above = e.parentElement && String(e.parentElement.className.baseVal ?? e.parentElement.className);
    return `<${e.tagName.toLowerCase()}${marks && "."}${marks}> "${text}" in <${e.parentElement?.tagName.toLowerCase()} ${above}>`;
  };

  // Nothing of the page changes while it is looked at, but for what is opened at the end: each
  // element is asked once.
  const once = (ask) => {
    const known = new Map();
    return (e) => {
      if (!known.has(e)) known.set(e, ask(e));
      return known.get(e);
    };
  };

  // Only for screen readers, a link that comes when it has the focus, or turned off.
  const isUnseen = (e) =>
    !e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) ||
    e.closest(".sr, .skip, [aria-hidden=true], svg, caption.sr, .table.cards thead:not(:hover)") &&
    (e.closest(".sr, .skip, svg") || getComputedStyle(e.closest("thead, .sr, [aria-hidden]")).position === "absolute");
  let unseen = once(isUnseen);

  // Where what stands in an element ends to be visible; null where it scrolls.
  const EVERYWHERE = { left: 0, right: wide, top: -Infinity, bottom: Infinity, cut: null };
  const within = (box) => {
    if (!box || box === document.body) return EVERYWHERE;
    const style = getComputedStyle(box);
    const around = style.position === "fixed" ? EVERYWHERE : inside(box.parentElement);
    return around && { ...around, ...narrowed(around, box, style) };
  };
  const isPartOfALine = (style) => style.display === "inline" || style.display === "contents";
  const narrowed = (around, box, style) => {
    const found = {};
    if (isPartOfALine(style)) return found;
    const r = box.getBoundingClientRect();
    if (/hidden|clip/.test(style.overflowX)) {
      if (r.left > around.left || r.right < around.right) found.cut = box;
      found.left = Math.max(around.left, r.left);
      found.right = Math.min(around.right, r.right);
    }
    if (/hidden|clip/.test(style.overflowY)) {
      found.top = Math.max(around.top, r.top);
      found.bottom = Math.min(around.bottom, r.bottom);
    }
    return found;
  };
  const scrolls = (box) => {
    if (!box || box === document.body) return false;
    const style = getComputedStyle(box);
    return !isPartOfALine(style) && /auto|scroll/.test(style.overflowX + style.overflowY);
  };
  let inside = once((box) => (scrolls(box) ? null : within(box)));
  // What scrolls shows all of it in the end; an element itself may scroll.
  let bounds = once(within);
  const told = once((box) => {
    if (!box || box === document.body) return false;
    const style = getComputedStyle(box);
    return style.textOverflow === "ellipsis" || style.webkitLineClamp !== "none" || Boolean(box.title) ||
      told(box.parentElement);
  });
  const outside = (rect, e, what) => {
    if (rect.width < 1 || rect.height < 1) return;
    const b = bounds(e);
    if (!b) return;
    if (rect.left < b.left - SLACK || rect.right > b.right + SLACK) {
      if (b.cut && told(e)) return;
      const by = Math.round(Math.max(b.left - rect.left, rect.right - b.right));
      found.push(`${what} ${b.cut ? "is cut off" : "leaves the screen"} by ${by} px: ${said(e)}`);
    } else if ((rect.top < b.top - SLACK || rect.bottom > b.bottom + SLACK) && !told(e)) {
      found.push(`${what} is cut off below: ${said(e)}`);
    }
  };

  if (root.scrollWidth > wide) found.push(`scrolls sideways by ${root.scrollWidth - wide} px`);

  // All texts that are shown, line by line.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || !e || unseen(e) || /^(SCRIPT|STYLE|OPTION|TEXTAREA)$/.test(e.tagName)) continue;
    range.selectNodeContents(node);
    const box = e.closest(".btn, .chip, .badge, .tile, .panel, .choice, td, th, .input, .tabbar a, .bigcount");
    const edge = box && box.getBoundingClientRect();
    for (const rect of range.getClientRects()) {
      outside(rect, e, "text");
      if (edge && (rect.left < edge.left - SLACK || rect.right > edge.right + SLACK)) {
        if (bounds(e) && !told(e)) found.push(`text sticks out of <${box.className}>: ${said(e)}`);
      }
      if (rect.width > 2 && rect.height > 4) lines.push({ rect, e });
    }
  }

  // Texts that lie on each other.
  lines.sort((a, b) => a.rect.top - b.rect.top);
  for (let i = 0; i < lines.length; i++) {
    for (let j = i + 1; j < lines.length; j++) {
      const a = lines[i], b = lines[j];
      const high = Math.min(a.rect.bottom, b.rect.bottom) - b.rect.top;
      if (b.rect.top >= a.rect.bottom) break;
      const over = Math.min(a.rect.right, b.rect.right) - Math.max(a.rect.left, b.rect.left);
      const small = Math.min(a.rect.height, b.rect.height);
      if (over > 3 && high > small * 0.4 && !above(a.e) && !above(b.e) && bounds(a.e) && bounds(b.e))
        found.push(`text lies on text: ${said(a.e)} and ${said(b.e)}`);
    }
  }
  // What floats over the page on purpose covers what is below it.
  function above(e) {
    return e.closest(".menu > :not(summary), .toasts, .dock, .tabbar, .top, .sheet > *, dialog");
  }

  const pressed = [...document.querySelectorAll(
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button]")];
  for (const e of pressed) if (!unseen(e)) outside(e.getBoundingClientRect(), e, "control");

  // At each end of the page nothing that stays on the screen covers what can be pressed.
  const covered = (half) => {
    for (const e of pressed) {
      if (unseen(e)) continue;
      const r = e.getBoundingClientRect();
      const x = r.left + r.width / 2, y = r.top + r.height / 2;
      if (r.width < 2 || y < 0 || y > innerHeight || x < 0 || x > wide || !half(y)) continue;
      const top = document.elementFromPoint(x, y);
      const over = top?.closest(".toasts, .dock, .tabbar, .top");
      if (over && !over.contains(e)) found.push(`<${over.className}> covers ${said(e)}`);
    }
  };
  scrollTo(0, 0);
  covered((y) => y < innerHeight / 2);
  scrollTo(0, root.scrollHeight);
  covered((y) => y >= innerHeight / 2);
  // What stays on the screen leaves most of it to the page.
  let taken = 0;
  for (const e of document.querySelectorAll(".toast, .dock, .tabbar, .top")) {
    const style = getComputedStyle(e.closest(".toasts") ?? e);
    if (/sticky|fixed/.test(style.position) && !unseen(e)) taken += e.getBoundingClientRect().height;
  }
  if (taken > innerHeight / 2) found.push(`what stays takes ${Math.round(100 * taken / innerHeight)} % of the screen`);
  scrollTo(0, 0);

  // What opens over the page: menus, and the sheet of filters of a phone.
  const looked = (box) => {
    unseen = once(isUnseen);
    inside = once((inner) => (scrolls(inner) ? null : within(inner)));
    bounds = once(within);
    for (const e of box.querySelectorAll("*")) {
      const style = getComputedStyle(e);
      if (!unseen(e) && style.display !== "contents") outside(e.getBoundingClientRect(), e, "in a menu");
    }
  };
  for (const menu of document.querySelectorAll("details.menu")) {
    if (!menu.checkVisibility()) continue;
    menu.open = true;
    menu.querySelectorAll(":scope > :not(summary)").forEach(looked);
    menu.open = false;
  }
  for (const sheet of document.querySelectorAll(".sheet[id]")) {
    location.hash = sheet.id;
    looked(sheet);
    location.hash = "";
  }
  return [...new Set(found)];
}
