"""Another product for what a cooperative refuses: checked, then offered to that buyer alone.

It is a price offer (``services/price_offers``) that costs no more than was paid for the refused
units, and whose delivery to the country of the order is free for the buyer. What was paid goes back
with the refusal in any case; the buyer who takes the offer orders it through the checkout.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.markets import market_of
from catalog.queries import Offer, offers_for
from catalog.queries.shop import pages_in
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.core.formats import Format
from marketplace.orders.delivery_plans import PlannedLine, plan_parcels
from marketplace.orders.models import PriceOffer, Refusal, VendorOrder, VendorOrderLine
from marketplace.orders.refusal_errors import SubstituteWrong
from marketplace.orders.services.price_offers.making import agreed
from marketplace.orders.shipping_rates import Place
from marketplace.orders.substitute_deadlines import last_day_to_take

# So many of a cooperative's latest products can be chosen.
MOST_PRODUCTS = 200


@dataclass(frozen=True)
class Instead:
    """What a member offers instead; without ``unit_minor``, the usual price if it fits."""

    variant_id: UUID
    quantity: int
    unit_minor: int | None = None


@dataclass(frozen=True)
class Proposed:
    """An offer as it would be made: minor units of the order's currency.

    ``delivery_minor`` is the carrier's price, which the cooperative bears.
    """

    line: VendorOrderLine
    sold: Offer
    quantity: int
    unit_minor: int
    until: date
    delivery_minor: int

    @property
    def total_minor(self) -> int:
        """All pieces."""
        return self.quantity * self.unit_minor

    @property
    def name(self) -> str:
        """The product's name in the language of the page."""
        return self.sold.title(get_language() or "ar")


def offered_by(vendor_order: VendorOrder) -> list[Offer]:
    """What its cooperative has in stock in the buyer's market, the latest first."""
    market = market_of(vendor_order.order.market)
    rows = pages_in(market).filter(cooperative_id=vendor_order.cooperative_id)
    pages = rows.order_by("-published_at", "listing_id")[:MOST_PRODUCTS]
    ids = [each.variant_id for page in pages for each in page.market_offers]  # type: ignore[attr-defined]
    found = offers_for(ids, market.channel_slug)
    return [found[key] for key in ids if key in found and found[key].available > 0]


def propose(
    vendor_order: VendorOrder, wanted: Iterable[tuple[VendorOrderLine, int, Instead]]
) -> dict[UUID, Proposed]:
    """The offers, by the line whose refused units (worth so much) each replaces.

    Raises SubstituteWrong, with the line and what of it is wrong.
    """
    taken: Counter[UUID] = Counter()
    found: dict[UUID, Proposed] = {}
    for line, worth_minor, instead in wanted:
        sold = _sold(vendor_order, line, instead)
        taken[sold.variant_id] += instead.quantity
        if instead.quantity < 1 or taken[sold.variant_id] > sold.available:
            raise SubstituteWrong(
                line.pk,
                "quantity",
                _("Enter a quantity from 1 to %(most)s: so many are in stock.")
                % {"most": sold.available},
            )
        unit_minor = _unit_minor(vendor_order, line, instead, sold, worth_minor)
        found[line.pk] = Proposed(
            line=line,
            sold=sold,
            quantity=instead.quantity,
            unit_minor=unit_minor,
            until=last_day_to_take(vendor_order.order, timezone.now()),
            delivery_minor=_delivery_minor(vendor_order, line, sold, instead.quantity),
        )
    return found


def offer_instead(refusal: Refusal, proposed: Proposed, *, by: Actor) -> PriceOffer:
    """Make the offer, in the transaction of the refusal."""
    order = refusal.vendor_order.order
    made = agreed(
        proposed.sold,
        order.market,
        quantity=proposed.quantity,
        unit_minor=proposed.unit_minor,
        valid_until=proposed.until,
    )
    made.version, made.key = 1, f"{refusal.pk.hex}{proposed.line.pk.hex}"
    made.free_to = order.country_code
    made.made_by_id = int(by.id) if by.kind == "user" else None
    made.made_at = refusal.refused_at
    made.save(force_insert=True)
    audit.record("price_offer.made", made, by=by, instead_of=str(proposed.line.pk))
    return made


def _sold(vendor_order: VendorOrder, line: VendorOrderLine, instead: Instead) -> Offer:
    channel = market_of(vendor_order.order.market).channel_slug
    sold = offers_for([instead.variant_id], channel).get(instead.variant_id)
    is_own = sold is not None and sold.cooperative_id == vendor_order.cooperative_id
    is_other = instead.variant_id != line.variant_id
    if sold is None or not is_own or not is_other or sold.currency != vendor_order.currency:
        raise SubstituteWrong(
            line.pk,
            "variant",
            _("Choose another of your products that is sold in the buyer's shop."),
        )
    return sold


def _unit_minor(
    vendor_order: VendorOrder,
    line: VendorOrderLine,
    instead: Instead,
    sold: Offer,
    worth_minor: int,
) -> int:
    """The price of one piece, in minor units."""
    unit_minor = fitting_unit(
        instead.unit_minor,
        usual_minor=sold.amount_minor,
        worth_minor=worth_minor,
        quantity=instead.quantity,
    )
    if unit_minor is None:
        written = Format(get_language() or "ar", vendor_order.order.market)
        raise SubstituteWrong(
            line.pk,
            "price",
            _("At most %(unit)s for one piece: all together cost no more than the %(paid)s paid.")
            % {
                "unit": written.money(worth_minor // instead.quantity, vendor_order.currency),
                "paid": written.money(worth_minor, vendor_order.currency),
            },
        )
    return unit_minor


def fitting_unit(
    wanted_minor: int | None, *, usual_minor: int, worth_minor: int, quantity: int
) -> int | None:
    """What one piece may cost, so that all cost no more than ``worth_minor``; None if it does not.

    Without a price that is wanted it is the usual one, or what fits.
    """
    highest = worth_minor // quantity
    unit = min(usual_minor, highest) if wanted_minor is None else wanted_minor
    return unit if 0 < unit <= highest else None


def _delivery_minor(
    vendor_order: VendorOrder, line: VendorOrderLine, sold: Offer, quantity: int
) -> int:
    order = vendor_order.order
    plan = plan_parcels(
        [PlannedLine.of_offer(sold, quantity=quantity)],
        destination=Place(order.country_code, order.region_code),
        currency=order.currency,
        on=day_of(timezone.now(), order.zone),
    )[sold.cooperative_id]
    if plan is None:
        raise SubstituteWrong(
            line.pk, "variant", _("This cannot be sent to the buyer. Choose another product.")
        )
    return plan.amount_minor
