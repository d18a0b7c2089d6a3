/* Sends what a phone recorded, one batch at a time, and brings the shop's numbers: see
   docs/developer/offline.md. What becomes of it is one of these words: sent, waiting, noNetwork,
   signedOut, another, notMember, tooOften, failed. */
(() => {
  const { store, subject } = window.twizaOffline;
  const PATIENCE_MS = 30_000;
  const OUTCOMES = { 403: "failed", 404: "notMember", 409: "another", 429: "tooOften" };

  // What the shop said, or what became of asking it.
  const reach = async (address, options = {}) => {
    let answer;
    try {
      answer = await fetch(address, {
        redirect: "manual",
        cache: "no-store",
        credentials: "same-origin",
        signal: AbortSignal.timeout(PATIENCE_MS),
        ...options,
      });
      if (answer.type === "opaqueredirect") return "signedOut";
      const isOurs = answer.headers.get("Content-Type")?.startsWith("application/json");
      if (answer.ok) return isOurs ? await answer.json() : "signedOut";
    } catch {
      return "noNetwork";
    }
    return OUTCOMES[answer.status] || "failed";
  };

  // An answer of the shop's to this person, with what it must hold.
  const isAnswer = (said, person) =>
    said?.person === person &&
    !Number.isNaN(Date.parse(said.at)) &&
    [said.answers, said.products, said.drafts].every(Array.isArray);

  let running = Promise.resolve();
  const alone = (name, work) => {
    if (navigator.locks) return navigator.locks.request(name, work);
    running = running.catch(() => {}).then(work);
    return running;
  };

  const queue = ({ cooperative, person, address }) => {
    const owner = `${cooperative} ${person}`;
    const box = store(owner);
    const told = window.BroadcastChannel && new BroadcastChannel(`twiza-offline ${owner}`);

    const send = async () => {
      const life = await box.life();
      const hello = await reach(address);
      if (typeof hello === "string") return hello;
      if (hello.person !== person) return "another";
      const held = new Set();
      for (let first = true; ; first = false) {
        const commands = await box.batch(held);
        if (!commands.length && !first) return held.size ? "waiting" : "sent";
        const answer = await reach(address, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": hello.token },
          body: JSON.stringify({ person, commands }),
        });
        if (typeof answer === "string") return answer;
        if (!isAnswer(answer, person)) return "failed";
        await box.answered(life, answer);
        // What was not answered for good waits, and what comes after it about the same thing.
        const rows = (await box.state()).waiting.map(({ said }) => said.key);
        commands.filter(({ key }) => rows.includes(key)).forEach((said) => held.add(subject(said)));
      }
    };

    return {
      ...box,
      told,
      sync: async () => {
        let outcome;
        try {
          outcome = await alone(`twiza-offline ${owner}`, send);
        } catch {
          outcome = "failed";
        }
        told?.postMessage(outcome);
        return outcome;
      },
    };
  };

  window.twizaOffline.queue = queue;
})();
