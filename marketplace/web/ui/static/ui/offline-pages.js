/* The forms that work without a network: they are read here, and kept on the phone. */
(() => {
  const root = document.querySelector("[data-offline-page]");
  if (!root) return;
  const own = window.twizaOffline?.own;
  const at = (selector, within = root) => within.querySelector(selector);
  const unable = () => (at("[data-unable]").hidden = false);
  if (!own) {
    unable();
    return;
  }
  const { offlinePage: kind, language, exponent, decimal } = root.dataset;
  const form = at("form[data-record]");
  if (!form) return;

  // Digits of every script, without marks of direction and spaces between thousands.
  const plain = (text) =>
    text
      .replace(/[٠-٩۰-۹]/g, (digit) => digit.charCodeAt(0) & 15)
      .replace(/[\u200e\u200f\u061c]/g, "")
      .trim()
      .replace(/(?<=\d)[ \u00a0\u202f](?=\d{3}(\D|$))/g, "");
  const whole = (text) => (/^\d{1,7}$/.test(plain(text)) ? Number(plain(text)) : null);
  // Only what can be read in one way; three digits behind a sign may be thousands.
  const minor = (text) => {
    const found = /^(\d{1,9})(?:([.,٫])(\d{1,3}))?$/.exec(plain(text));
    if (!found) return null;
    const [, units, sign, parts = ""] = found;
    if (parts.length > Number(exponent)) return null;
    if (parts.length === 3 && sign !== decimal && sign !== "٫") return null;
    return Number(units + parts.padEnd(Number(exponent), "0"));
  };
  const typed = (amount) => {
    if (!amount) return "";
    const digits = String(amount).padStart(Number(exponent) + 1, "0");
    const units = digits.slice(0, digits.length - exponent);
    const parts = digits.slice(digits.length - exponent);
    return Number(parts) ? `${units}${decimal}${parts}` : units;
  };
  Object.assign(window.twizaOffline, { whole, minor, typed });

  const control = (name) => form.elements[name];
  const wrong = (name, text) => {
    const field = control(name);
    const error = at("[data-error]").content.firstElementChild.cloneNode(true);
    error.id = `${field.id}_error`;
    at("span", error).textContent = text;
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", error.id);
    field.closest(".field").append(error);
    return null;
  };
  const clear = () => {
    form.querySelectorAll(".err").forEach((error) => error.remove());
    form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  };
  const { needed, whole: notWhole, amount: notAmount } = form.dataset;
  const number = (name, least) => {
    const found = whole(control(name).value);
    return found === null || found < least ? wrong(name, notWhole) : found;
  };
  const price = (name) => {
    const found = minor(control(name).value);
    return found === null ? wrong(name, notAmount) : found;
  };
  const optional = (name, read) => (control(name).value.trim() ? read(name, 0) : 0);

  let chosen = null; // a product, or a draft that is changed
  let shown = 0; // what the page said should be there
  const READ = {
    sale: () => ({
      variant: chosen.variant,
      quantity: number("quantity", 1),
      unit_price_minor: price("unit_price"),
      paid_by: control("paid_by").value,
      place: control("place").value,
      sold_at: new Date().toISOString(),
    }),
    count: () => ({
      variant: chosen.variant,
      quantity: number("quantity", 0),
      seen: shown,
      counted_at: new Date().toISOString(),
    }),
    draft: () => ({
      language: chosen?.language || language,
      name: control("name").value.trim() || wrong("name", needed),
      description: control("description").value.trim(),
      price_minor: optional("price", price),
      weight_grams: optional("weight_grams", number),
      quantity: optional("quantity", number),
      ...(chosen && { listing: chosen.listing, seen: chosen.seen }),
    }),
  };
  const LABELS = {
    sale: ({ quantity }) => `${chosen.name} × ${quantity}`,
    count: ({ quantity }) => `${chosen.name} = ${quantity}`,
    draft: ({ name }) => name,
  };

  // Made with the form, so that two taps on the button record it once.
  let key = crypto.randomUUID();
  const begin = () => {
    form.reset();
    clear();
    key = crypto.randomUUID();
    chosen = null;
  };

  const choice = at("[data-choice]");
  const show = (isForm) => {
    if (!choice) return;
    choice.hidden = isForm;
    form.hidden = !isForm;
  };
  const fill = (item, name, note, act) => {
    const button = item.content.firstElementChild.cloneNode(true);
    at("[data-name]", button).textContent = name;
    const beside = at("[data-note]", button);
    if (beside) beside.textContent = note;
    button.addEventListener("click", act);
    return button;
  };

  const choose = (product) => {
    begin();
    chosen = product;
    shown = product.expected;
    at("[data-chosen]").textContent = product.name;
    at("[data-expected]").textContent = shown;
    if (kind === "sale") control("unit_price").value = product.price_typed;
    at("[data-recorded]").hidden = true;
    show(true);
    control("quantity").focus();
  };
  const change = (draft) => {
    begin();
    chosen = draft;
    for (const name of ["name", "description", "weight_grams", "quantity"])
      control(name).value = draft[name] || "";
    control("price").value = typed(draft.price_minor);
    control("name").focus();
  };

  const list = async () => {
    const { products, drafts } = await own.state();
    if (kind === "draft") {
      const place = at("[data-drafts]");
      place.hidden = !drafts.length;
      const items = drafts.map((one) => fill(at("[data-item]", place), one.name || "…", "", () => change(one)));
      at("[data-list]", place).replaceChildren(...items);
      return;
    }
    const find = at("[data-find]").value.trim().toLowerCase();
    const found = products.filter(({ name }) => name.toLowerCase().includes(find));
    const note = (one) => (kind === "sale" ? one.price : one.expected);
    const items = found.map((one) => fill(at("[data-item]"), one.name, note(one), () => choose(one)));
    at("[data-list]").replaceChildren(...items);
    at("[data-none]").hidden = !products.length || found.length > 0;
    at("[data-nothing]").hidden = products.length > 0;
    // From the page of what is on the phone: that product again.
    const wanted = products.find(({ variant }) => `#${variant}` === location.hash);
    if (wanted) {
      history.replaceState(null, "", location.pathname);
      choose(wanted);
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clear();
    const said = READ[kind]();
    if (Object.values(said).includes(null)) {
      at("[aria-invalid]", form).focus();
      return;
    }
    const label = LABELS[kind](said);
    const what = kind === "draft" && chosen ? "edit" : kind;
    try {
      await own.record({ key, kind: what, ...said }, label);
    } catch {
      unable();
      return;
    }
    navigator.storage?.persist?.();
    begin();
    show(false);
    at("[data-what]").textContent = label;
    at("[data-recorded]").hidden = false;
    at("[data-recorded]").scrollIntoView({ block: "center" });
    await list();
    if (navigator.onLine) own.sync().then(list);
  });
  at("[data-other]")?.addEventListener("click", () => show(false));
  at("[data-find]")?.addEventListener("input", list);

  list().catch(unable);
  if (navigator.onLine) own.sync().then(list, () => {});
})();
