/* Stripe's own fields in our page. Without this file, or without Stripe's, the buyer pays on
   Stripe's page: the form's button leads there. */
(() => {
  const form = document.querySelector("[data-stripe-fields]");
  if (!form || !window.Stripe) return;
  const { key, amount, currency, language, back } = form.dataset;
  const places = {
    fields: form.querySelector("[data-fields]"),
    problem: form.querySelector("[data-problem]"),
    button: form.querySelector("[data-pay]"),
  };
  const style = getComputedStyle(document.documentElement);
  const stripe = window.Stripe(key, { locale: language });
  const elements = stripe.elements({
    mode: "payment",
    amount: Number(amount),
    currency,
    paymentMethodTypes: ["card"],
    appearance: { variables: { colorPrimary: style.getPropertyValue("--brand").trim() || "#2f3d80" } },
  });
  elements.create("payment").mount(places.fields);
  form.querySelector("[data-with-script]").hidden = false;

  const say = (text) => {
    places.problem.textContent = text;
    places.problem.hidden = !text;
    places.button.disabled = false;
    if (text) places.problem.focus();
  };

  places.button.addEventListener("click", async (event) => {
    event.preventDefault();
    places.button.disabled = true;
    say("");
    places.button.disabled = true;
    const { error: incomplete } = await elements.submit();
    if (incomplete) return say(incomplete.message);
    const body = new FormData(form);
    body.set("way", "fields");
    let begun;
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
      });
      begun = await answer.json();
    } catch {
      return say(form.dataset.silent);
    }
    if (begun.goto) return location.assign(begun.goto);
    if (!begun.client_secret) return say(begun.problem || form.dataset.silent);
    const { error } = await stripe.confirmPayment({
      elements,
      clientSecret: begun.client_secret,
      confirmParams: { return_url: back },
    });
    if (error) say(error.message);
  });
})();
