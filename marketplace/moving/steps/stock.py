"""Stock of each warehouse, including sold but unshipped items."""

from uuid import UUID

from marketplace.core.errors import TwizaError
from marketplace.moving.progress import Course
from marketplace.moving.sides import product_pages
from marketplace.moving.stocks import Held, stocks_of
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import StockInput

STEP = "stock"


def move(course: Course) -> None:
    """Set the stock of every variant that differs; allocations came with the orders."""
    wanted: dict[UUID, Held] = {}
    for page in product_pages(course.source.client):
        wanted |= stocks_of(course.source, page)
    there: dict[UUID, Held] = {}
    for page in product_pages(course.client):
        there |= stocks_of(course.target, page)
    moved, set_now = [], 0
    for variant_id, held in wanted.items():
        if (present := there.get(variant_id)) is None:
            continue
        different = {
            place: quantity
            for place, (quantity, _allocated) in held.items()
            if present.get(place, (None, 0))[0] != quantity
        }
        set_now += bool(different)
        if not different or _set(course, variant_id, different):
            moved.append((variant_id, ""))
    course.note(STEP, moved)
    course.tell(f"stock: {len(moved)} of {len(wanted)} variants, {set_now} counts set")


def _set(course: Course, variant_id: UUID, quantities: dict[UUID, int]) -> bool:
    places = ids.global_ids(ids.WAREHOUSE, quantities)
    stocks = [
        StockInput(warehouse=places[key], quantity=quantity)
        for key, quantity in quantities.items()
        if key in places
    ]
    gid = ids.global_id(ids.VARIANT, variant_id)
    try:
        accepted(course.client.update_variant_stocks(gid, stocks).product_variant_stocks_update)
    except TwizaError as error:
        course.refuse(STEP, variant_id, gid, str(error))
        return False
    return True
