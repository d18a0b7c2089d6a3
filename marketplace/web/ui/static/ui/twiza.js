/* Small comforts. Every page works without this file: it only spares a step. */
(() => {
  const on = (type, selector, act) =>
    document.addEventListener(type, (event) => {
      const found = event.target.closest?.(selector);
      if (found) act(found, event);
    });

  document.documentElement.classList.add("js");

  on("click", "[data-step] [data-by]", (button) => {
    const input = button.parentElement.querySelector("input");
    const least = Number(input.dataset.min || 0);
    const most = Number(input.dataset.max || 9999);
    // Arabic and Persian digits end in the bits of their value.
    const typed = input.value.replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15);
    const value = (parseInt(typed, 10) || 0) + Number(button.dataset.by);
    input.value = Math.min(Math.max(value, least), most);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  on("change", "[data-autosubmit]", (control) => control.form.requestSubmit());
  on("click", "[data-dismiss]", (button) => button.parentElement.remove());
  // Whoever signs out leaves no copies of the portal's pages behind (offline-worker.js).
  on("submit", "form[action$='/logout/']", async () => {
    for (const name of (await window.caches?.keys()) || [])
      if (name.startsWith("twiza-pages")) caches.delete(name);
  });
  on("click", "[data-print]", () => window.print());
  on("click", "[data-copy]", ({ dataset, lastChild }) =>
    navigator.clipboard.writeText(dataset.copy).then(() => (lastChild.textContent = dataset.done))
  );
  document.querySelectorAll("[data-copy]").forEach((button) => {
    button.hidden = !navigator.clipboard;
  });

  // htmx weighs more than a page's words: it comes when somebody is near a form that it would
  // spare a reload.
  const { htmx, box } = document.currentScript.dataset;
  const bring = (src) =>
    document.head.appendChild(Object.assign(document.createElement("script"), { src }));
  let fetched = !htmx;
  const fetchHtmx = () => {
    if (fetched) return;
    fetched = true;
    bring(htmx).addEventListener("load", () => {
      // What was typed before this came.
      const { activeElement: at } = document;
      if (at.matches("input[hx-get]") && at.value !== at.defaultValue)
        at.dispatchEvent(new Event("input", { bubbles: true }));
    });
  };
  on("pointerover", "[hx-post], [hx-get]", fetchHtmx);
  on("focusin", "[hx-post], [hx-get]", fetchHtmx);

  let voice;
  on("click", "[data-listen]", (button) => {
    const again = voice?.dataset?.from === button.dataset.listen && !voice.paused;
    voice?.pause();
    if (again) return;
    voice = new Audio(button.dataset.listen);
    voice.dataset.from = button.dataset.listen;
    voice.play().catch(() => {});
  });

  const closeMenus = (except) =>
    document.querySelectorAll("details.menu[open]").forEach((menu) => {
      if (!menu.contains(except)) menu.open = false;
    });
  document.addEventListener("click", (event) => closeMenus(event.target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.menu[open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });

  // Suggestions come to who goes to the box.
  document.querySelectorAll("[data-suggest]").forEach((input) => {
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    if (document.activeElement === input) bring(box);
    else input.addEventListener("focus", () => bring(box), { once: true });
  });
  on("click", "[data-chosen] a", (link) => {
    const { chosen, query } = link.closest("[data-chosen]").dataset;
    navigator.sendBeacon?.(chosen, new URLSearchParams({ q: query }));
  });

  // On a narrow screen the menu is longer than the line: show where one is, moving that line only.
  document.querySelectorAll(".nav.always [aria-current]").forEach((link) => {
    const line = link.parentElement;
    const away = link.getBoundingClientRect().left - line.getBoundingClientRect().left;
    line.scrollLeft += away - (line.clientWidth - link.offsetWidth) / 2;
  });

  const focusErrors = (within) => within.querySelector?.("[data-focus]")?.focus();
  document.addEventListener("htmx:afterSwap", (event) => focusErrors(event.target));
  // The browser itself focuses what asks for it in the page; a second hand would be in its way.
  if (!document.querySelector("[autofocus]")) focusErrors(document);
})();
