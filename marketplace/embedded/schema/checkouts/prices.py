"""Valid prices of a checkout.

A price field calls the tax App when the stored prices have expired, once per operation; never while
a webhook's payload is being computed.
"""

from marketplace.embedded import models
from marketplace.embedded.checkouts.prices import refresh_prices
from marketplace.embedded.models.base import related_one
from marketplace.embedded.schema.base import Info, context_of


def priced(checkout: models.Checkout, info: Info) -> models.Checkout:
    """Return the checkout with valid prices."""
    context = context_of(info)
    if context.recipient is not None:
        return checkout
    key = ("priced", checkout.pk, checkout.version)
    if key not in context.cache:
        context.cache[key] = refresh_prices(checkout)
    found: models.Checkout = context.cache[key]
    return found


def priced_line(line: models.CheckoutLine, info: Info) -> models.CheckoutLine:
    """Return the line with valid prices."""
    context = context_of(info)
    if context.recipient is not None:
        return line
    checkout = priced(related_one(line, "checkout"), info)
    key = ("priced lines", checkout.pk, checkout.version)
    if key not in context.cache:
        context.cache[key] = {each.pk: each for each in checkout.lines.all()}
    found: models.CheckoutLine = context.cache[key].get(line.pk, line)
    return found
