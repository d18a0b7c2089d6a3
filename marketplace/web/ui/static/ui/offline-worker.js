/* Shows a member of this cooperative what they saw last when there is no network. It keeps only
   pages that the shop marks with the person whose they are, of one person at a time, and the files
   they name. What is recorded and sent is not here: see offline-store.js and offline-queue.js. */
const SCOPE = new URL(registration.scope).pathname;
const PHONE = `${SCOPE}offline/`;
const OURS = ["", "orders/", "listings/", "offline/", "offline/sale/", "offline/count/", "offline/draft/"];
const PAGES = `twiza-pages ${SCOPE} `;
const FILES = "twiza-files";
const MOST_FILES = 60;
const WEEK_MS = 7 * 24 * 3600 * 1000;
const PATIENCE_MS = 10_000;
// After signing out nothing is kept until a page comes that is somebody's again.
let isEmptied = false;

const ourCaches = async () => (await caches.keys()).filter((name) => name.startsWith(PAGES));

const keep = async (path, answer) => {
  const person = answer.headers.get("X-Offline-Person");
  if (!answer.ok || answer.redirected || !person) return "";
  const html = await answer.text();
  if (isEmptied) return "";
  const own = PAGES + person;
  // Nobody finds the pages of who used this phone before.
  for (const name of await ourCaches()) if (name !== own) await caches.delete(name);
  const headers = new Headers(answer.headers);
  headers.set("X-Kept-At", new Date().toISOString());
  await (await caches.open(own)).put(path, new Response(html, { headers }));
  return html;
};

const keepFiles = async (html) => {
  const box = await caches.open(FILES);
  for (const [, file] of html.matchAll(/(?:src|href)="(\/static\/[^"]+)"/g))
    if (!(await box.match(file))) await box.add(file).catch(() => {});
  const names = await box.keys();
  for (const old of names.slice(0, Math.max(names.length - MOST_FILES, 0))) await box.delete(old);
};

// Every page that works without a network, before there is none.
const fill = async () => {
  for (const path of OURS.map((one) => SCOPE + one)) {
    const answer = await fetch(path, { redirect: "manual", cache: "no-store" }).catch(() => null);
    if (answer) await keepFiles(await keep(path, answer));
  }
};

const copyOf = async (path) => {
  for (const name of await ourCaches()) {
    const kept = await (await caches.open(name)).match(path, { ignoreVary: true });
    const at = kept?.headers.get("X-Kept-At");
    if (!kept || (!path.startsWith(PHONE) && Date.now() - Date.parse(at) > WEEK_MS)) continue;
    // The page says itself that it is a copy.
    const html = (await kept.text()).replace("<html", `<html data-copy-of="${at}"`);
    return new Response(html, { headers: kept.headers });
  }
  return null;
};

const show = async (event, url) => {
  const isOurs = OURS.some((one) => SCOPE + one === url.pathname);
  const asked = fetch(event.request).then((answer) => {
    if (isOurs && answer.headers.get("X-Offline-Person")) {
      isEmptied = false;
      event.waitUntil(keep(url.pathname, answer.clone()).then(keepFiles));
    }
    return answer;
  });
  const waited = new Promise((done) => setTimeout(done, PATIENCE_MS));
  const first = await Promise.race([asked.catch(() => null), waited]);
  if (first) return first;
  const copy = (isOurs && (await copyOf(url.pathname))) || (await copyOf(PHONE));
  return copy || asked;
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));

addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  if (url.pathname.startsWith("/static/"))
    event.respondWith(
      caches.match(request, { cacheName: FILES, ignoreVary: true }).then((kept) => kept || fetch(request)),
    );
  else if (request.mode === "navigate" && url.pathname.startsWith(SCOPE))
    event.respondWith(show(event, url));
});

addEventListener("message", (event) => {
  const work = async () => {
    if (event.data === "fill") await fill();
    if (event.data === "empty") {
      isEmptied = true;
      for (const name of await ourCaches()) await caches.delete(name);
    }
    event.ports[0]?.postMessage(event.data);
  };
  event.waitUntil(work());
});
