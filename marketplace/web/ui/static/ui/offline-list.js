/* What is on the phone: what waits, what its person has to decide, what is done. */
(() => {
  const root = document.querySelector("[data-offline-page=phone]");
  const own = window.twizaOffline?.own;
  if (!root || !own) return;
  const { moment } = window.twizaOffline;
  const at = (selector, within = root) => within.querySelector(selector);
  const said = at("[data-state]").dataset;
  const words = at("[data-words-of]").dataset;

  const outcome = (what) => {
    at("[data-outcome]").textContent = said[what] || "";
    at("[data-sign-in]").hidden = !["signedOut", "another"].includes(what);
  };

  const button = (text, act, kind = "alt") => {
    const made = Object.assign(document.createElement("button"), {
      type: "button",
      className: `btn small ${kind}`,
      textContent: text,
    });
    made.addEventListener("click", () => act(made));
    return made;
  };
  const line = (text) => Object.assign(document.createElement("p"), { className: "small", textContent: text });

  // Asks once more: what is removed is nowhere.
  const removing = (row) =>
    button(words.discard, async (made) => {
      if (made.textContent !== words.sure) {
        made.textContent = words.sure;
        return;
      }
      await own.discard(row.said.key);
      await draw();
    });

  const instead = async (row, command, label) => {
    await own.record({ ...command, key: crypto.randomUUID() }, label);
    await own.discard(row.said.key);
    await draw();
    send();
  };

  const aboutCount = (row, { rows, products }) => {
    const { said: counted, number } = row;
    const product = products.find(({ variant }) => variant === counted.variant);
    if (!product) return [removing(row)];
    const again = Object.assign(document.createElement("a"), {
      className: "btn small alt",
      textContent: words.again,
      href: `${words.countPage}#${counted.variant}`,
    });
    const theirs = button(`${words.theirs} (${product.expected})`, async () => {
      await own.discard(counted.key);
      await draw();
    });
    // What was sold on this phone after the count is no longer in it.
    const isOld = rows.some(
      (one) => one.number > number && one.said.kind === "sale" && one.said.variant === counted.variant,
    );
    if (isOld) return [again, theirs];
    const mine = { ...counted, seen: product.expected, counted_at: new Date().toISOString() };
    const keep = button(`${words.mine} ${counted.quantity}`, () => instead(row, mine, row.label), "");
    return [keep, theirs, again];
  };

  const aboutEdit = (row) => {
    const { listing, version } = row.facts;
    if (!listing) return [removing(row)];
    const mine = { ...row.said, listing, seen: version };
    const theirs = button(`${words.theirs} (${row.facts.name})`, async () => {
      await own.discard(row.said.key);
      await draw();
    });
    return [button(`${words.mine} ${row.said.name}`, () => instead(row, mine, row.label), ""), theirs];
  };

  const acts = (row, state) => {
    if (row.state === "done") return [];
    if (row.state === "conflict" && row.said.kind === "count") return aboutCount(row, state);
    if (row.state === "conflict" && row.said.kind === "edit") return aboutEdit(row);
    return own.mayGo(row) ? [removing(row)] : [];
  };

  const drawn = (row, state) => {
    const made = at("[data-row]").content.firstElementChild.cloneNode(true);
    at("[data-kind]", made).textContent = words[row.said.kind];
    at("[data-label]", made).textContent = row.label;
    at("[data-when]", made).textContent = moment(row.at);
    at("[data-words]", made).replaceChildren(...row.words.map(line));
    if (row.state === "waiting" && !own.mayGo(row) && !row.words.length)
      at("[data-words]", made).append(line(words.tried));
    at("[data-acts]", made).replaceChildren(...acts(row, state));
    return made;
  };

  const GROUPS = {
    settle: ({ state }) => !["waiting", "done"].includes(state),
    waiting: ({ state }) => state === "waiting",
    done: ({ state }) => state === "done",
  };
  const draw = async () => {
    const state = await own.state();
    for (const [name, isIn] of Object.entries(GROUPS)) {
      const place = at(`[data-rows=${name}]`);
      const rows = state.rows.filter(isIn).reverse();
      place.hidden = !rows.length;
      at("[data-count]", place).textContent = rows.length;
      at("[data-list]", place).replaceChildren(...rows.map((row) => drawn(row, state)));
    }
    at("[data-heard]").hidden = !state.at;
    if (state.at) at("[data-at]").textContent = moment(state.at);
    return state;
  };

  const send = async () => {
    const what = await own.sync();
    outcome(what);
    await draw();
  };
  at("[data-send]").addEventListener("click", send);
  at("[data-clear]").addEventListener("click", async () => {
    const { rows } = await own.state();
    for (const row of rows.filter(GROUPS.done)) await own.discard(row.said.key);
    await draw();
  });
  if (own.told) own.told.onmessage = ({ data }) => draw().then(() => outcome(data));
  addEventListener("online", send);
  addEventListener("offline", () => outcome("noNetwork"));
  draw().then(send, () => (at("[data-unable]").hidden = false));
})();
