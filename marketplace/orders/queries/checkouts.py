"""A checkout as its pages show it. Reads only our own rows."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise

from catalog.queries import Offer, offers_for
from marketplace.orders.attempt_data import AttemptLine, AttemptOption
from marketplace.orders.cash_on_delivery import cash_is_possible_for
from marketplace.orders.delivery_names import service_name
from marketplace.orders.models import CheckoutAttempt, PickupOffer
from marketplace.orders.pickup import offers_by_id
from marketplace.orders.queries.lines import BasketLineView, line_view
from vendors.queries import ShortProfile, profiles_by_id


@dataclass(frozen=True)
class OptionParcel:
    """What one cooperative's parcel costs to send within an option, and its days from today.

    ``waived_minor`` is the carrier's price of one that is free for the buyer; ``pickup`` where one
    is collected.
    """

    cooperative_id: UUID
    amount_minor: int
    days_min: int
    days_max: int
    zone: str = ""
    up_to_grams: int = 0
    waived_minor: int = 0
    pickup: PickupOffer | None = None


@dataclass(frozen=True)
class DeliveryOption:
    """How an order may be delivered; ``amount_minor`` of ``currency`` is the parcels' sum."""

    id: str
    name: str | Promise
    amount_minor: int
    currency: str
    from_on: date
    to_on: date
    parcels: list[OptionParcel]

    @property
    def is_free(self) -> bool:
        """Whether cooperatives pay all of it, or it is collected: the buyer pays nothing."""
        is_given = any(parcel.waived_minor or parcel.pickup for parcel in self.parcels)
        return not self.amount_minor and is_given

    @property
    def pickups(self) -> list[PickupOffer]:
        """Where it is collected."""
        return [parcel.pickup for parcel in self.parcels if parcel.pickup]

    @property
    def is_part_sent(self) -> bool:
        """Whether some of it is collected, and the rest is sent."""
        return 0 < len(self.pickups) < len(self.parcels)


@dataclass(frozen=True)
class CheckoutParcel:
    """What one cooperative sends with the chosen delivery."""

    cooperative_id: UUID
    cooperative: ShortProfile | None
    lines: list[BasketLineView]
    goods_minor: int
    shipping_minor: int
    from_on: date | None
    to_on: date | None
    zone: str = ""
    up_to_grams: int = 0
    waived_minor: int = 0
    pickup: PickupOffer | None = None


@dataclass(frozen=True)
class CheckoutView:
    """The checkout; amounts are minor units of ``currency`` with taxes (``tax_minor`` of them).

    ``goods_minor`` is before the voucher.
    """

    attempt: CheckoutAttempt
    options: list[DeliveryOption]
    chosen: str
    parcels: list[CheckoutParcel]
    goods_minor: int
    discount_minor: int
    voucher_code: str
    shipping_minor: int
    tax_minor: int
    total_minor: int
    currency: str
    reserved_until: datetime | None
    cash_possible: bool

    @property
    def off_minor(self) -> int:
        """What the voucher takes off, below zero."""
        return -self.discount_minor


def checkout_view(attempt: CheckoutAttempt, *, language: str) -> CheckoutView:
    """The checkout for its pages, in a language."""
    today = timezone.localdate()
    offers = _pickups(attempt)
    options = [_option(raw, attempt.currency, today, offers) for raw in attempt.options]
    chosen = next((o for o in options if o.id == attempt.delivery_option), None)
    parcels = _parcels(attempt, chosen, language, today)
    return CheckoutView(
        attempt=attempt,
        options=options,
        chosen=attempt.delivery_option,
        parcels=parcels,
        goods_minor=attempt.goods_minor + attempt.discount_minor,
        discount_minor=attempt.discount_minor,
        voucher_code=attempt.voucher_code,
        shipping_minor=attempt.shipping_minor,
        tax_minor=attempt.tax_minor,
        total_minor=attempt.total_minor,
        currency=attempt.currency,
        reserved_until=attempt.reserved_until,
        cash_possible=cash_is_possible_for(attempt),
    )


def _pickups(attempt: CheckoutAttempt) -> dict[int, PickupOffer]:
    """The offers to collect that its options name."""
    ids = {p["pickup"] for option in attempt.options for p in option["parcels"] if p.get("pickup")}
    return offers_by_id(ids) if ids else {}


def _option(
    option: AttemptOption, currency: str, today: date, offers: dict[int, PickupOffer]
) -> DeliveryOption:
    parcels = [
        OptionParcel(
            UUID(p["cooperative"]),
            p["amount_minor"],
            p["days_min"],
            p["days_max"],
            p.get("zone", ""),
            p.get("up_to_grams", 0),
            p.get("waived_minor", 0),
            offers.get(p.get("pickup", 0)),
        )
        for p in option["parcels"]
    ]
    return DeliveryOption(
        id=option["id"],
        name=service_name(option["id"]),
        amount_minor=option["amount_minor"],
        currency=currency,
        from_on=today + timedelta(days=min((p.days_min for p in parcels), default=0)),
        to_on=today + timedelta(days=max((p.days_max for p in parcels), default=0)),
        parcels=parcels,
    )


# long: one parcel, field by field
def _parcels(
    attempt: CheckoutAttempt, chosen: DeliveryOption | None, language: str, today: date
) -> list[CheckoutParcel]:
    offers = offers_for([UUID(line["variant_id"]) for line in attempt.lines], attempt.channel_slug)
    costs = {parcel.cooperative_id: parcel for parcel in chosen.parcels} if chosen else {}
    cooperative_ids = list(dict.fromkeys(UUID(line["cooperative_id"]) for line in attempt.lines))
    profiles = profiles_by_id(cooperative_ids, language)
    found = []
    for cooperative_id in cooperative_ids:
        lines = [
            _line(line, offers, language, is_agreed=attempt.price_offer_id is not None)
            for line in attempt.lines
            if line["cooperative_id"] == str(cooperative_id) and UUID(line["variant_id"]) in offers
        ]
        cost = costs.get(cooperative_id)
        found.append(
            CheckoutParcel(
                cooperative_id=cooperative_id,
                cooperative=profiles.get(cooperative_id),
                lines=lines,
                goods_minor=sum(line.total_minor for line in lines),
                shipping_minor=cost.amount_minor if cost else 0,
                from_on=today + timedelta(days=cost.days_min) if cost else None,
                to_on=today + timedelta(days=cost.days_max) if cost else None,
                zone=cost.zone if cost else "",
                up_to_grams=cost.up_to_grams if cost else 0,
                waived_minor=cost.waived_minor if cost else 0,
                pickup=cost.pickup if cost else None,
            )
        )
    return found


def _line(
    line: AttemptLine, offers: dict[UUID, Offer], language: str, *, is_agreed: bool
) -> BasketLineView:
    offer = offers[UUID(line["variant_id"])]
    if is_agreed:
        offer = replace(offer, amount_minor=line["unit_minor"])
    # The engine has reserved these: what the shop shows as available is without them.
    return line_view(offer, line["quantity"], language, is_reserved=True)
