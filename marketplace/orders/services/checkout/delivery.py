"""Choose how a checkout is delivered, among what the engine offers."""

import json
from collections.abc import Iterator
from typing import Any

from marketplace.core.word_lists import listed
from marketplace.orders.attempt_data import AttemptOption
from marketplace.orders.engine_metadata import PARCELS_KEY, SERVICE_KEY
from marketplace.orders.engine_money import minor_of
from marketplace.orders.errors import CannotBeSentThere, CheckoutExpired, DeliveryNotPriced
from marketplace.orders.locks import one_at_a_time
from marketplace.orders.models import PAYMENT_BEGUN, CheckoutAttempt, CheckoutState
from marketplace.orders.services.checkout.additions import Additions, keep_additions
from marketplace.orders.services.checkout.engine_checkout import set_delivery
from marketplace.orders.services.checkout.refusals import record_refusal
from marketplace.orders.shipping_rates import STANDARD
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import SaleorClient
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import storefront_client
from marketplace.saleor.versions import DELIVERY_OPTIONS, is_at_least


def choose_delivery(
    *, attempt: CheckoutAttempt, option_id: str, added: Additions | None = None
) -> CheckoutAttempt:
    """Choose one of ``attempt.options`` (``standard``, ``express``, ``pickup``): totals change.

    What the buyer has ``added`` is kept first. Raises AdditionsRefused, CannotBeSentThere for an
    option that is not offered, DeliveryNotPriced, CheckoutExpired, EngineUnavailable.
    """
    with one_at_a_time(attempt.pk):
        attempt.refresh_from_db()
        if attempt.state in PAYMENT_BEGUN or attempt.state == CheckoutState.COMPLETED:
            return attempt
        if added is not None:
            keep_additions(attempt, added)
        try:
            client = storefront_client()
            option = offer_deliveries(client, attempt, option_id)
            set_delivery(client, attempt, option)
        except EngineRefused as refused:
            raise record_refusal(refused, attempt) from refused
        return attempt


def offer_deliveries(
    client: SaleorClient, attempt: CheckoutAttempt, option_id: str
) -> AttemptOption:
    """Ask the engine for the options anew, and return the one wanted (``standard`` if it is gone).

    ``attempt.options`` keeps what the buyer is shown of them. Raises DeliveryNotPriced when there
    are none, CannotBeSentThere for an option that is not offered.
    """
    attempt.options = [
        {
            "id": facts[SERVICE_KEY],
            "delivery": key,
            "amount_minor": minor_of(method.price),
            "parcels": json.loads(facts.get(PARCELS_KEY, "[]")),
        }
        for key, method in _deliveries(client, _checkout_gid(attempt))
        if SERVICE_KEY in (facts := {item.key: item.value for item in method.metadata})
    ]
    attempt.save(update_fields=["options", "updated_at"])
    return _option(attempt, option_id)


def offered_before(attempt: CheckoutAttempt) -> AttemptOption | None:
    """The option that was chosen before, if it is still offered."""
    chosen = attempt.delivery_option
    found: AttemptOption | None = next((o for o in attempt.options if o["id"] == chosen), None)
    return found


def _option(attempt: CheckoutAttempt, option_id: str) -> AttemptOption:
    if not attempt.options:
        # That carriers go there was checked before the engine was asked.
        raise DeliveryNotPriced
    found: dict[str, AttemptOption] = {option["id"]: option for option in attempt.options}
    option = found.get(option_id) or found.get(STANDARD)
    if option is None or (option_id not in found and option_id != STANDARD and found):
        titles = listed(line["title"] for line in attempt.lines)
        raise CannotBeSentThere(titles=titles)
    return option


def _deliveries(client: SaleorClient, checkout_gid: str) -> Iterator[tuple[str, Any]]:
    """What the engine offers: the id to choose by, and the method behind it."""
    if is_at_least(DELIVERY_OPTIONS):
        answer = client.calculate_delivery_options(checkout_gid).delivery_options_calculate
        for delivery in accepted(answer).deliveries:
            if delivery.shipping_method:
                yield delivery.id, delivery.shipping_method
    elif checkout := client.checkout_shipping_methods(checkout_gid).checkout:
        for method in checkout.shipping_methods:
            yield method.id, method


def _checkout_gid(attempt: CheckoutAttempt) -> str:
    if attempt.checkout_id is None:
        raise CheckoutExpired
    return ids.global_id(ids.CHECKOUT, attempt.checkout_id)
