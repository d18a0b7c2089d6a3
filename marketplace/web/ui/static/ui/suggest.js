/* The search box as a combobox (ARIA 1.2). Fetched when somebody goes to it. */
(() => {
  document.querySelectorAll("[data-suggest]").forEach((input) => {
    const list = Object.assign(document.createElement("ul"), { className: "suggest", hidden: true });
    list.id = "suggest-list";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.suggestLabel);
    const told = Object.assign(document.createElement("span"), { className: "sr" });
    told.setAttribute("role", "status");
    input.form.append(list, told);
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    let timer, asked, typed = 0, at = -1;
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
    // The first letter after a pause is asked for at once, those of a quick hand together.
    input.addEventListener("input", () => {
      const quick = performance.now() - typed < 120;
      typed = performance.now();
      clearTimeout(timer);
      timer = setTimeout(ask, quick ? 60 : 0);
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
    // What was typed before this came.
    if (input.value !== input.defaultValue) ask();
  });
})();
