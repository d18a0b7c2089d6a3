"""Members who offer soap instead of the honey that they refuse."""

from uuid import UUID, uuid4

from marketplace.orders.models import Refusal, VendorOrder
from marketplace.orders.services.refuse import Refused
from marketplace.orders.services.substitutes import Instead
from marketplace.payments import services
from tests.orders.world import World, sell
from tests.payments.refusing import line_of
from vendors.models import User

SOAP = 6_000


def soap_of(world: World, quantity: int = 10) -> UUID:
    """The growers' soap, so many pieces of it."""
    return sell(
        world.growers, "Savon", "صابون", "soaps", {"ma-mad": SOAP, "eu-eur": 600}, quantity, 100
    )


def refuse_for(
    part: VendorOrder, quantity: int, by: User, instead: Instead, *, key: UUID | None = None
) -> Refusal:
    """Refuse so many of the one line, and offer something in its place."""
    return services.refuse_as_member(
        vendor_order=part,
        refused={line_of(part).pk: Refused(quantity, "sold_out", instead)},
        note="",
        key=key or uuid4(),
        seen=None,
        by=by.actor,
    )
