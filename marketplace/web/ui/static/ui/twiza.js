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
    const value = (parseInt(input.value, 10) || 0) + Number(button.dataset.by);
    input.value = Math.min(Math.max(value, least), most);
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });

  on("change", "[data-autosubmit]", (control) => control.form.requestSubmit());
  on("click", "[data-dismiss]", (button) => button.parentElement.remove());
  on("click", "[data-print]", () => window.print());

  // htmx weighs more than a page's words: it is fetched when somebody comes near a form that it
  // would spare a reload. A click before it has come reloads the page, as without scripts.
  const { htmx } = document.currentScript.dataset;
  let fetched = !htmx;
  const fetchHtmx = () => {
    if (fetched) return;
    fetched = true;
    document.head.append(Object.assign(document.createElement("script"), { src: htmx }));
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

  // The search box as a combobox (ARIA 1.2). Without this it is a plain field that searches.
  const suggest = (input) => {
    const list = Object.assign(document.createElement("ul"), { className: "suggest", hidden: true });
    list.id = "suggest-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel);
    const told = Object.assign(document.createElement("span"), { className: "sr" });
    told.setAttribute("role", "status");
    input.form.append(list, told);
    for (const [name, value] of Object.entries({
      role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id,
    })) input.setAttribute(name, value);
    let timer, asked, at = -1;
    const show = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) choose(-1);
    };
    const choose = (n) => {
      list.children[at]?.setAttribute("aria-selected", "false");
      at = n;
      const option = list.children[at];
      option?.setAttribute("aria-selected", "true");
      option?.scrollIntoView({ block: "nearest" });
      if (option) input.setAttribute("aria-activedescendant", option.id);
      else input.removeAttribute("aria-activedescendant");
    };
    const ask = async () => {
      asked?.abort();
      asked = new AbortController();
      const text = input.value.trim();
      if (text.length < 2) return show(false);
      try {
        const url = `${input.dataset.suggest}?q=${encodeURIComponent(text)}`;
        const answer = await fetch(url, { signal: asked.signal });
        if (!answer.ok) return;
        list.innerHTML = await answer.text();
        at = -1;
        show(list.children.length > 0 && document.activeElement === input);
        told.textContent = list.hidden ? "" : `${list.children.length} ${input.dataset.suggestCount}`;
      } catch { /* another letter was typed, or there is no network */ }
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(ask, 60);
    });
    input.addEventListener("keydown", (event) => {
      const count = list.children.length;
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && count) {
        event.preventDefault();
        if (list.hidden) show(true);
        // From the field through the options and back to the field.
        choose(((at + step + count + 2) % (count + 1)) - 1);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        show(false);
      } else if (event.key === "Enter" && !list.hidden && at >= 0) {
        event.preventDefault();
        location.assign(list.children[at].dataset.href);
      }
    });
    input.addEventListener("blur", () => setTimeout(() => show(false), 150));
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[data-href]");
      if (option) location.assign(option.dataset.href);
    });
    show(false);
  };
  document.querySelectorAll("[data-suggest]").forEach(suggest);
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
