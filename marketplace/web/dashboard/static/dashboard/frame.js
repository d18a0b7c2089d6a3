// In the Dashboard's frame: say that we are ready, take the person's token from the Dashboard alone,
// and show what our server answers to it. The token stays in this page's memory.
(() => {
  "use strict";
  const frame = document.querySelector("[data-frame]");
  const origin = frame.dataset.origin;
  const part = (name) => frame.querySelector(`[data-${name}]`);
  let token = "";
  let isShown = false;

  if (!origin || window.parent === window) return;
  part("outside").hidden = true;
  part("waiting").hidden = false;

  const fail = () => {
    const failed = part("failed");
    if (!failed) return;
    part("waiting").hidden = true;
    failed.hidden = false;
  };

  const show = async () => {
    isShown = true;
    try {
      const answer = await fetch(frame.dataset.content + window.location.search, {
        headers: { Authorization: `Bearer ${token}` },
        credentials: "omit",
        cache: "no-store",
      });
      frame.innerHTML = await answer.text();
    } catch {
      isShown = false;
      fail();
    }
  };

  window.addEventListener("message", (event) => {
    if (event.source !== window.parent || event.origin !== origin) return;
    const { type, payload } = event.data || {};
    const carries = type === "handshake" || type === "tokenRefresh";
    if (!carries || !payload || typeof payload.token !== "string") return;
    token = payload.token;
    if (!isShown) show();
  });

  const actionId = `twiza-${Date.now()}-${Math.random().toString(36).slice(2)}`;
  window.parent.postMessage({ type: "notifyReady", payload: { actionId } }, origin);
  window.setTimeout(() => { if (!token) fail(); }, 15000);
})();
