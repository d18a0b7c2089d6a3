/* On every page of the portal: keeps it ready for a day without a network, sends what waits, says
   when a page is a copy, and clears the phone when its person signs out. */
(() => {
  const { dataset } = document.currentScript;
  const { cooperative, person, sync: address, worker: program, home, language } = dataset;
  if (!window.indexedDB) return;
  const own = window.twizaOffline.queue({ cooperative, person, address });
  window.twizaOffline.own = own;

  const OLD_MS = 15 * 60 * 1000;
  const READY_MS = 6 * 3600 * 1000;
  const READY = `twiza-ready:${cooperative}:${person}`;
  const remembered = (work) => {
    try {
      return work(localStorage);
    } catch {
      return null;
    }
  };

  const box = (kind, text, ...inside) => {
    const made = Object.assign(document.createElement("div"), { className: `alert ${kind}` });
    made.setAttribute("role", "status");
    const inner = Object.assign(document.createElement("div"), { className: "grow stack g2" });
    inner.append(Object.assign(document.createElement("p"), { textContent: text }), ...inside);
    made.append(inner);
    document.querySelector("main").prepend(made);
    return made;
  };
  const made = (tag, textContent, more) =>
    Object.assign(document.createElement(tag), { textContent, ...more });
  const moment = (at) =>
    new Date(at).toLocaleString(language === "ar" ? "ar-MA" : language, {
      dateStyle: "medium",
      timeStyle: "short",
      numberingSystem: "latn",
    });
  window.twizaOffline.moment = moment;

  // A page that the service worker kept.
  const { copyOf } = document.documentElement.dataset;
  const isOwnPage = document.querySelector("[data-offline-page]");
  if (copyOf && !isOwnPage)
    box(
      "warn",
      `${dataset.copy} ${moment(copyOf)}`,
      made("a", dataset.phone, { href: dataset.page, className: "btn alt small" }),
    );

  const tell = (message) =>
    new Promise((done) => {
      const { controller } = navigator.serviceWorker || {};
      if (!controller) return done();
      const channel = new MessageChannel();
      channel.port1.onmessage = done;
      controller.postMessage(message, [channel.port2]);
      setTimeout(done, 2000);
    });

  const ready = async () => {
    if (!navigator.serviceWorker) return;
    await navigator.serviceWorker.register(program, { scope: home });
    const { active } = await navigator.serviceWorker.ready;
    const [at, tongue] = (remembered((kept) => kept.getItem(READY)) || "").split(" ");
    if (tongue === language && Date.now() - Number(at) < READY_MS) return;
    active.postMessage("fill");
    remembered((kept) => kept.setItem(READY, `${Date.now()} ${language}`));
  };
  if (!copyOf) addEventListener("load", () => ready().catch(() => {}));

  const send = async () => {
    const { waiting, at } = await own.state();
    if (waiting.length || !(Date.now() - Date.parse(at) < OLD_MS)) await own.sync();
  };
  if (navigator.onLine && !isOwnPage) send().catch(() => {});
  addEventListener("online", () => own.sync());

  // Signing out clears the phone; it asks when that would lose something.
  const leave = async (form) => {
    await tell("empty");
    await own.empty().catch(() => {});
    remembered((kept) => kept.removeItem(READY));
    form.submit();
  };
  let asked;
  document.addEventListener("submit", async (event) => {
    const { target: form } = event;
    if (!form.getAttribute("action")?.endsWith("/logout/")) return;
    event.preventDefault();
    const { rows } = await own.state().catch(() => ({ rows: [] }));
    if (rows.every(({ state }) => state === "done")) return leave(form);
    asked?.remove();
    form.closest("details")?.removeAttribute("open");
    const stay = made("a", dataset.see, { href: dataset.page, className: "btn small" });
    const go = made("button", dataset.leave, { type: "button", className: "btn alt small" });
    go.addEventListener("click", () => leave(form));
    asked = box("warn", dataset.unsent, stay, go);
    asked.setAttribute("role", "alert");
    asked.scrollIntoView({ block: "center" });
    stay.focus();
  });
})();
