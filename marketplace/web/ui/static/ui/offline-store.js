/* What a phone keeps for one member of one cooperative: what was recorded without a network, and
   the shop's numbers as its last answer gave them. Each owner has a database of their own. */
(() => {
  const FINAL = ["done", "conflict", "refused", "other"];
  const MOST = 50;
  const LARGEST = 200_000;

  const ask = (asked) =>
    new Promise((done, fail) => {
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => fail(asked.error);
    });

  const opened = (name) => {
    const asked = indexedDB.open(name, 1);
    asked.onupgradeneeded = () => {
      const made = { keyPath: "number", autoIncrement: true };
      asked.result.createObjectStore("commands", made).createIndex("key", "said.key", { unique: true });
      asked.result.createObjectStore("shop");
    };
    return ask(asked);
  };

  // Of two commands about one thing the first must be done first.
  const subject = (said) => said.variant || said.listing || said.key;

  // The shop's number, and what this phone has not sent yet. The shop sells no piece twice: what
  // was sold beyond its stock leaves it at zero.
  const expected = (product, waiting) =>
    waiting
      .filter(({ said }) => said.variant === product.variant)
      .reduce(
        (left, { said }) =>
          said.kind === "sale" ? Math.max(left - said.quantity, 0) : said.quantity,
        product.on_hand,
      );

  // Drafts as the shop has them, with the changes that wait; ``seen`` is what the next one names.
  const drafted = (known, rows, waiting) => {
    const made = new Map(
      rows
        .filter(({ said, state }) => said.kind === "draft" && state === "done")
        .map(({ said, facts }) => [said.key, facts.listing]),
    );
    const drafts = known.map((draft) => ({ ...draft, seen: draft.version }));
    waiting.forEach(({ said }) => {
      if (said.kind === "draft") drafts.push({ ...said, listing: said.key, seen: said.key });
      if (said.kind !== "edit") return;
      const ids = [said.listing, made.get(said.listing)];
      const draft = drafts.find(({ listing }) => ids.includes(listing));
      if (draft) Object.assign(draft, said, { listing: draft.listing, seen: said.key });
    });
    return drafts;
  };

  const mayGo = (row) => row.state !== "waiting" || !row.tried || row.held === "forbidden";

  const store = (owner) => {
    const name = `twiza-offline ${owner}`;
    // What waited for its turn to send must not make the database anew.
    let isEmptied = false;

    const within = async (mode, work) => {
      if (isEmptied) throw new Error("emptied");
      const database = await opened(name);
      try {
        const stores = ["commands", "shop"];
        const transaction = database.transaction(stores, mode, { durability: "strict" });
        const ended = new Promise((done, fail) => {
          transaction.oncomplete = done;
          transaction.onabort = () => fail(transaction.error || new Error("not written"));
        });
        ended.catch(() => {});
        try {
          const result = await work(...stores.map((one) => transaction.objectStore(one)));
          await ended;
          return result;
        } catch (error) {
          if (!transaction.error) {
            try {
              transaction.abort();
            } catch {
              // It has ended already.
            }
          }
          throw error;
        }
      } finally {
        database.close();
      }
    };

    return {
      mayGo,

      // Marks this filling of the store: an answer that comes after it was emptied finds another.
      life: () =>
        within("readwrite", async (_commands, shop) => {
          const known = await ask(shop.get("life"));
          if (known) return known;
          const life = crypto.randomUUID();
          shop.put(life, "life");
          return life;
        }),

      // Keep a command; its key was made with its form, so that two taps record it once.
      record: (said, label) =>
        within("readwrite", async (commands) => {
          if (await ask(commands.index("key").getKey(said.key))) return false;
          const at = new Date().toISOString();
          commands.add({ said, label, at, state: "waiting", tried: false, held: "", words: [], facts: {} });
          return true;
        }),

      state: () =>
        within("readonly", async (commands, shop) => {
          const rows = await ask(commands.getAll());
          const known = (await ask(shop.get("snapshot"))) || { at: "", products: [], drafts: [] };
          const waiting = rows.filter(({ state }) => state === "waiting");
          const products = known.products.map((product) => ({
            ...product,
            expected: expected(product, waiting),
          }));
          return { at: known.at, rows, waiting, products, drafts: drafted(known.drafts, rows, waiting) };
        }),

      // The next commands to send, marked as tried: from now on the shop may know them.
      batch: (held) =>
        within("readwrite", async (commands) => {
          const batch = [];
          let size = 0;
          for (const row of await ask(commands.getAll())) {
            if (row.state !== "waiting" || held.has(subject(row.said))) continue;
            size += new Blob([JSON.stringify(row.said)]).size + 2;
            if (batch.length === MOST || (batch.length && size > LARGEST)) break;
            batch.push(row.said);
            if (!row.tried) commands.put({ ...row, tried: true });
          }
          return batch;
        }),

      // The answers and the shop's numbers are written together or not at all: so the numbers hold
      // exactly what is marked as answered. An older answer that comes late brings no numbers.
      answered: (life, { at, answers, products, drafts }) =>
        within("readwrite", async (commands, shop) => {
          if ((await ask(shop.get("life"))) !== life) throw new Error("emptied meanwhile");
          for (const { key, state, words, facts } of answers) {
            const row = await ask(commands.index("key").get(key));
            if (row?.state !== "waiting") continue;
            const isFinal = FINAL.includes(state);
            commands.put({
              ...row,
              state: isFinal ? state : "waiting",
              held: isFinal ? "" : state,
              words,
              facts,
            });
          }
          const known = await ask(shop.get("snapshot"));
          if (known && Date.parse(known.at) > Date.parse(at)) return;
          shop.put({ at, products, drafts }, "snapshot");
        }),

      // Forget a command; never one that the shop may have done without its answer arriving.
      discard: (key) =>
        within("readwrite", async (commands) => {
          const row = await ask(commands.index("key").get(key));
          if (!row || !mayGo(row)) return false;
          commands.delete(row.number);
          return true;
        }),

      // For good: this page keeps nothing more.
      empty: () => {
        isEmptied = true;
        return ask(indexedDB.deleteDatabase(name));
      },
    };
  };

  window.twizaOffline = { store, subject };
})();
