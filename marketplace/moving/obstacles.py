"""Obstacles to a move: work that is not finished in the old engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from catalog.models import ListingRevision, RevisionState
from marketplace.core.models import EventDelivery
from marketplace.embedded.models import EventDelivery as EngineDelivery
from marketplace.moving.sides import Side
from marketplace.orders.models import (
    Basket,
    CheckoutAttempt,
    CheckoutState,
    Order,
    Parcel,
    ParcelState,
    RefusedLine,
    ReturnedGoods,
    ReturnState,
)
from marketplace.payments.models import Payment, PaymentState, Refund, RefundState
from marketplace.saleor.models import InboxMessage
from vendors.scoping import Crossing

ALL = Crossing.OPERATOR_COMMAND
# A checkout unchanged for so long counts as abandoned.
LEFT_AFTER = timedelta(hours=12)
IN_THE_ENGINE = (CheckoutState.STARTED, CheckoutState.OPEN, CheckoutState.DELIVERY_CHOSEN)
BEING_PAID = (CheckoutState.PAYING, CheckoutState.PAID, CheckoutState.COMPLETING)
# What failed so often is not waited for, as it may never succeed.
HOPELESS = 5


@dataclass(frozen=True)
class Obstacle:
    """Unfinished work: how much, and what to do. Only one that ``stops`` prevents the move."""

    count: int
    what: str
    stops: bool = True

    def __str__(self) -> str:
        return f"{self.count} {self.what}"


def obstacles(source: Side, target: Side) -> list[Obstacle]:
    """All unfinished work; kinds without any are left out."""
    return [found for found in _all(source, target) if found.count]


def _all(source: Side, target: Side) -> Iterator[Obstacle]:
    now = timezone.now()
    attempts = CheckoutAttempt.objects.filter(updated_at__gt=now - LEFT_AFTER)
    yield Obstacle(
        attempts.filter(state__in=BEING_PAID).count(),
        "checkouts are being paid or placed: let the worker finish them, at the old engine.",
    )
    yield Obstacle(
        attempts.filter(state__in=IN_THE_ENGINE).count(),
        "checkouts have begun: these buyers keep their baskets and begin the checkout again.",
        stops=False,
    )
    yield Obstacle(
        Basket.objects.filter(lines__isnull=False).distinct().count(),
        "baskets hold goods: they stay as they are.",
        stops=False,
    )
    yield from _money()
    yield from _listings()
    yield from _messages(source, target)


def _money() -> Iterator[Obstacle]:
    without = Payment.objects.exclude(order_id__in=Order.objects.values("pk"))
    yield Obstacle(
        without.filter(state__in=[PaymentState.CHARGED, PaymentState.AUTHORIZED]).count(),
        "payments have no order: within half an hour the worker has given them back.",
    )
    refunds = Refund.objects.crossing(ALL)
    yield Obstacle(
        refunds.filter(state__in=[RefundState.REQUESTED, RefundState.SENT]).count(),
        "refunds are under way: the worker finishes them.",
    )


def _listings() -> Iterator[Obstacle]:
    parcels = Parcel.objects.crossing(ALL).filter(state=ParcelState.PREPARING)
    yield Obstacle(parcels.count(), "parcels are being sent: the worker finishes them.")
    returns = ReturnedGoods.objects.crossing(ALL).filter(state=ReturnState.RECORDED)
    yield Obstacle(returns.count(), "returns are not told to the engine: the worker tells them.")
    refused = RefusedLine.objects.crossing(ALL).filter(engine_released_at=None)
    yield Obstacle(refused.count(), "refused goods are not told to the engine: the worker does it.")
    revisions = ListingRevision.objects.crossing(ALL).filter(state=RevisionState.APPROVED)
    yield Obstacle(
        revisions.count(),
        "approved proposals are not in the shop yet: the worker brings them, or send them back.",
    )


def _messages(source: Side, target: Side) -> Iterator[Obstacle]:
    inbox = InboxMessage.objects.filter(handled_at__isnull=True)
    if installed_at := target.instance.registered_at:
        # Later messages are the new engine's, and are handled once the shop is there.
        inbox = inbox.filter(received_at__lt=installed_at)
    yield Obstacle(
        inbox.filter(attempts__lt=HOPELESS).count(),
        "webhooks are not worked in yet: the worker does it.",
    )
    events = EventDelivery.objects.filter(delivered_at__isnull=True)
    yield Obstacle(
        events.filter(attempts__lt=HOPELESS).count(),
        "events are not delivered yet: the worker does it.",
    )
    failing = Q(attempts__gte=HOPELESS)
    yield Obstacle(
        inbox.filter(failing).count() + events.filter(failing).count(),
        "webhooks or events fail again and again (see `twiza doctor`): they are left as they are.",
        stops=False,
    )
    if urlsplit(source.instance.api_url).netloc == settings.EMBEDDED_ENGINE["DOMAIN"]:
        waiting = EngineDelivery.objects.filter(status="PENDING")
        yield Obstacle(waiting.count(), "webhooks of the engine wait: the worker sends them.")
