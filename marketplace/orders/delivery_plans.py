"""How a basket becomes parcels: one for each cooperative, with its price and days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from catalog.queries import Offer
from marketplace.orders.shipping_rates import STANDARD, Place, parcel_price, zone_of
from vendors.models import Cooperative
from vendors.scoping import Crossing


@dataclass(frozen=True)
class PlannedLine:
    """A quantity of a variant, its cooperative and the weight of one unit."""

    variant_id: UUID
    cooperative_id: UUID
    quantity: int
    weight_grams: int

    @classmethod
    def of_offer(cls, offer: Offer, *, quantity: int) -> "PlannedLine":
        """A quantity of an offer."""
        return cls(offer.variant_id, offer.cooperative_id, quantity, offer.weight_grams)


@dataclass(frozen=True)
class PlannedParcel:
    """A cooperative's parcel to a place: minor units of ``currency``, days from today.

    The tariff is that of a ``zone`` and of a parcel of ``up_to_grams``: ``spare_grams`` more cost
    nothing more to send. ``waived_minor`` is the carrier's price of a parcel that is free for the
    buyer, whose ``amount_minor`` is zero then.
    """

    cooperative_id: UUID
    amount_minor: int
    currency: str
    days_min: int
    days_max: int
    spare_grams: int
    zone: str
    up_to_grams: int
    waived_minor: int = 0
    # The offer by which the buyer collects it (``orders.pickup``); none where it is sent.
    pickup_id: int | None = None

    def from_on(self, today: date) -> date:
        """The first day on which it may arrive."""
        return today + timedelta(days=self.days_min)

    def to_on(self, today: date) -> date:
        """The last day on which it should arrive."""
        return today + timedelta(days=self.days_max)


def plan_parcels(
    lines: Iterable[PlannedLine],
    *,
    destination: Place,
    currency: str,
    on: date,
    service: str = STANDARD,
) -> dict[UUID, PlannedParcel | None]:
    """One parcel a cooperative, in the order of the lines; None where the service does not go."""
    grams: dict[UUID, int] = {}
    for line in lines:
        so_far = grams.get(line.cooperative_id, 0)
        grams[line.cooperative_id] = so_far + line.quantity * line.weight_grams
    origins = cooperatives_by_id(grams)
    return {
        cooperative_id: _parcel(origins[cooperative_id], weight, destination, currency, on, service)
        for cooperative_id, weight in grams.items()
    }


def cooperatives_by_id(ids: Iterable[UUID]) -> dict[UUID, Cooperative]:
    """The cooperatives of a basket: it may hold goods of several."""
    rows = Cooperative.objects.crossing(Crossing.CHECKOUT).filter(pk__in=list(ids))
    return {row.pk: row for row in rows}


def _parcel(
    origin: Cooperative, grams: int, destination: Place, currency: str, on: date, service: str
) -> PlannedParcel | None:
    place = Place(origin.country_code, origin.region_code)
    price = parcel_price(
        origin=place,
        destination=destination,
        grams=grams,
        service=service,
        currency=currency,
        on=on,
    )
    if price is None:
        return None
    return PlannedParcel(
        origin.pk,
        price.amount_minor,
        currency,
        origin.handling_days + price.days_min,
        origin.handling_days + price.days_max,
        price.up_to_grams - grams,
        zone_of(place, destination),
        price.up_to_grams,
    )
