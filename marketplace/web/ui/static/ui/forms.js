/* Forms that are not lost in the browser: drafts, a warning on leaving, no sending without a
   connection. Every page works without this file: the server keeps what reached it. */
(() => {
  // The person, and what is said in the page's language.
  const { person, ...words } = document.currentScript.dataset;
  const WEEK = 7 * 24 * 3600 * 1000;
  const PREFIX = "twiza-draft:";
  const SECRET = /pass|secret|token|otp|code$|card|cvc|cvv|pin$|number$|iban|rib|bic/i;
  const forms = [...document.querySelectorAll("form[method=post]")].filter((form) =>
    form.querySelector("[name=form_mark]"),
  );
  const keyOf = (form) => `${PREFIX}${person}:${new URL(form.action, location.href).pathname}`;

  const store = (work) => {
    try {
      return work(localStorage);
    } catch {
      return null; // private windows and full storages: nothing is kept here
    }
  };
  const read = (key) => store((box) => JSON.parse(box.getItem(key) || "null"));
  const forget = (key) => store((box) => box.removeItem(key));
  const drafts = () => store((box) => Object.keys(box).filter((key) => key.startsWith(PREFIX))) || [];

  let leaving = false;
  drafts().forEach((key) => {
    const draft = read(key);
    if (!draft || Date.now() - draft.at > WEEK) forget(key);
  });
  document.addEventListener("submit", (event) => {
    if (!event.target.getAttribute("action")?.endsWith("/logout/")) return;
    leaving = true;
    drafts().forEach(forget);
  });

  // What somebody types in words; never a hidden field, a file, a password, a code or an account.
  const controls = (form) =>
    [...form.elements].filter(
      (control) =>
        control.name &&
        !["hidden", "file", "password", "submit", "button"].includes(control.type) &&
        control.autocomplete !== "off" &&
        !SECRET.test(control.name),
    );
  const valueOf = (control) =>
    ["checkbox", "radio"].includes(control.type) ? control.checked : control.value;
  const valuesOf = (form) => controls(form).map((control) => [control.name, control.value, valueOf(control)]);
  const putBack = (form, values) => {
    // In another language fields and choices stand in another order.
    const seen = {};
    values.forEach(([name, value, state]) => {
      const named = controls(form).filter((control) => control.name === name);
      seen[name] = (seen[name] ?? -1) + 1;
      const same = typeof state === "boolean" ? named.find((c) => c.value === value) : named[seen[name]];
      if (!same) return;
      if (typeof state === "boolean") same.checked = state;
      else same.value = state;
    });
    form.querySelectorAll("details").forEach((details) => (details.open = true));
  };

  const note = (form, text, actions) => {
    const box = Object.assign(document.createElement("div"), { className: "alert warn" });
    box.setAttribute("role", "status");
    const inner = Object.assign(document.createElement("div"), { className: "grow stack g2" });
    inner.append(Object.assign(document.createElement("p"), { textContent: text }));
    actions.forEach(([label, act]) => {
      const button = Object.assign(document.createElement("button"), {
        type: "button",
        className: "btn alt small",
        textContent: label,
      });
      button.addEventListener("click", () => {
        act();
        box.remove();
      });
      inner.append(button);
    });
    box.append(inner);
    form.before(box);
    return box;
  };

  forms.forEach((form) => {
    const key = keyOf(form);
    const isLong = form.querySelector("textarea") || controls(form).length > 3;
    const before = JSON.stringify(valuesOf(form));
    const isKept = form.querySelector("[name=kept_form]") || form.querySelector("[aria-invalid]");
    const draft = isLong ? read(key) : null;
    if (isKept) forget(key);
    else if (draft?.sent) forget(key);
    else if (draft && JSON.stringify(draft.values) !== before) {
      if (draft.goesOn) putBack(form, draft.values);
      else
        note(form, words.earlier, [
          [words.putBack, () => putBack(form, draft.values)],
          [words.forget, () => forget(key)],
        ]);
    }

    let waiting;
    let changed = false;
    const save = (more) => {
      clearTimeout(waiting); // an earlier pause would write over what is said now
      if (!isLong) return;
      const written = JSON.stringify({ at: Date.now(), values: valuesOf(form), ...more });
      store((box) => box.setItem(key, written));
    };
    form.addEventListener("input", () => {
      changed = true;
      clearTimeout(waiting);
      waiting = setTimeout(save, 400);
    });
    // Another language is another address of the same page: what was typed goes with it.
    document.querySelectorAll("a[hreflang]").forEach((link) =>
      link.addEventListener("click", () => {
        if (!changed || !isLong) return;
        save({ goesOn: true });
        leaving = true;
      }),
    );
    addEventListener("beforeunload", (event) => {
      if (!changed || leaving) return;
      save(); // the last words may be younger than the pause
      event.preventDefault();
    });

    let reached = false;
    let told;
    form.addEventListener("submit", async (event) => {
      if (event.defaultPrevented) return;
      if (reached) {
        leaving = true;
        save({ sent: true });
        return;
      }
      event.preventDefault();
      const { submitter } = event;
      told?.remove();
      try {
        await fetch("/health/live", { cache: "no-store", signal: AbortSignal.timeout(8000) });
      } catch {
        told = note(form, words.offline, [[words.again, () => form.requestSubmit(submitter)]]);
        told.scrollIntoView({ block: "center" });
        return;
      }
      reached = true;
      form.requestSubmit(submitter);
      reached = false;
    });
  });

  // A button that htmx sends leaves its page as it is; say so when nothing was reached.
  document.addEventListener("htmx:sendError", (event) => {
    const form = event.target.closest("form") || event.target;
    note(form, words.offline, [[words.again, () => form.requestSubmit?.()]]);
  });
})();
