"""Why a buyer's data cannot be erased yet."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.conversations import personal_data as conversations
from marketplace.orders import personal_data as orders
from marketplace.orders.personal_data import Obstacle
from marketplace.payments import personal_data as payments
from marketplace.personal_data.buyers import Buyer


def obstacles(buyer: Buyer) -> list[Obstacle]:
    """What is under way and needs the data, each with the day it depends on where one is known."""
    numbers = dict(orders.orders_of(buyer.proof).values_list("pk", "number"))
    return [
        *orders.obstacles(buyer.proof),
        *_named(
            payments.open_refunds(list(numbers)),
            numbers,
            _("Money of order %(number)s is on its way back to you."),
        ),
        *_named(
            payments.open_disputes(list(numbers)),
            numbers,
            _("A bank is looking into the payment of order %(number)s."),
        ),
        *(
            Obstacle(
                _("A conversation was reported, and the programme has not looked at it yet."),
                report.reported_at.date(),
            )
            for report in conversations.reported(buyer.proof)
        ),
    ]


def _named(order_ids: Iterable[UUID], numbers: dict[UUID, str], text: str) -> list[Obstacle]:
    return [Obstacle(text % {"number": numbers[each]}) for each in dict.fromkeys(order_ids)]
