"""A Stripe in this process: what stripe-mock cannot do, because it remembers nothing.

``FakeStripe`` is an HTTP client for ``stripe.StripeClient(key, http_client=fake)``. It keeps
objects, money and idempotency keys as Stripe does:

* a key seen before gives the first answer again (``Idempotent-Replayed: true``); with other
  parameters it is refused (``idempotency_error``);
* payment intents and Checkout sessions wait for their buyer: ``fake.pay(intent_id, card=...)`` and
  ``fake.pay_session(session_id, card=...)`` act as the buyer's browser would, with Stripe's own
  test cards (``VISA``, ``DECLINED``, ``SECURE``: asks for 3-D Secure, ``fake.authenticate``);
* a charge pays into the balance less its fee; refunds, transfers, disputes and payouts move it.
  ``fake.fund(amount, currency)`` gives to it. A transfer beyond what is available is refused with
  ``balance_insufficient``; reversals cannot exceed their transfer;
* every change is an event in ``fake.events``; ``fake.deliver(event)`` gives the body and the signed
  header of its webhook, in whatever order a test likes;
* ``fake.fail(...)`` breaks the next matching call before or after it was done: what is left of a
  connection that dies.

Served: payment_intents, charges, checkout/sessions, refunds, balance, balance_transactions,
transfers and their reversals, accounts (``fake.add_account``), country_specs, payouts, disputes.
Lists page by ``starting_after`` and filter by equality. The objects are checked against Stripe's
own specification in ``tests/payments/stripe/test_fake_against_specification.py``.
"""

from tests.fakes.stripe.buyers import DECLINED, SECURE, VISA
from tests.fakes.stripe.service import SECRET, FakeStripe, use

__all__ = ["DECLINED", "SECRET", "SECURE", "VISA", "FakeStripe", "use"]
