"""Orders with their history, 50 a call, and their completion."""

from collections.abc import Sequence
from typing import Any

from marketplace.core.errors import TwizaError
from marketplace.moving import order_rest
from marketplace.moving.order_inputs import Writer
from marketplace.moving.order_reading import Reader, WantedOrder
from marketplace.moving.progress import Course
from marketplace.moving.sides import order_pages
from marketplace.saleor import ids
from marketplace.saleor.client import OrderParts, OrderStatus
from marketplace.saleor.refusal_words import in_words

STEP = "orders"
# No orders at all.
NOT_ORDERS = {OrderStatus.DRAFT, OrderStatus.EXPIRED}
SECONDS = 180.0
# An address that the engine refuses is sent again with less; the whole one stays with us.
LESS_AND_LESS = (
    ("phone",),
    ("phone", "country_area"),
    ("phone", "country_area", "postal_code"),
)


def move(course: Course) -> None:
    """Create missing orders; one that is refused does not stop the others."""
    done, seen = course.moved(STEP), 0
    for page in order_pages(course.source.client):
        seen += len(page)
        reader = Reader(course.source, page)
        wanted = []
        for order in page:
            if order.status in NOT_ORDERS or reader.our_id(order) in done:
                continue
            found = reader.read(order)
            if isinstance(found, str):
                course.refuse(STEP, reader.our_id(order), order.number, found)
            else:
                wanted.append(found)
        if wanted:
            _bring(course, wanted)
        course.tell(f"orders: {seen}")


def _bring(course: Course, page: Sequence[WantedOrder]) -> None:
    writer = Writer(page)
    wanted = {}
    for order in page:
        if lack := writer.lacks(order):
            course.refuse(STEP, order.order_id, order.name, lack)
        else:
            wanted[order.order_id] = order
    made = _made(course, writer, list(wanted.values()))
    order_rest.link(made)
    finished = []
    for order, there in made:
        try:
            order_rest.finish(course, order, there)
            finished.append((order.order_id, order.name))
        except TwizaError as error:
            course.refuse(STEP, order.order_id, order.name, str(error))
    course.note(STEP, finished)


def _made(
    course: Course, writer: Writer, wanted: Sequence[WantedOrder]
) -> list[tuple[WantedOrder, OrderParts]]:
    """The new engine's orders: those just created, and those of an interrupted run."""
    known = ids.global_ids(ids.ORDER, [order.order_id for order in wanted])
    new = [order for order in wanted if order.order_id not in known]
    gids: dict[str, WantedOrder] = {known[o.order_id]: o for o in wanted if o.order_id in known}
    found: list[tuple[WantedOrder, OrderParts]] = []
    if new:
        inputs = [writer.order(order) for order in new]
        answer = course.client.bulk_create_orders(inputs, timeout=SECONDS).order_bulk_create
        for order, result in zip(new, answer.results if answer else [], strict=True):
            if result.order is not None:
                gids[result.order.id] = order
            elif before := course.client.order_by_reference(str(order.order_id)).order:
                found.append((order, before))
            else:
                gid, why = _with_less(course, writer, order, result.errors or [])
                if gid:
                    gids[gid] = order
                else:
                    course.refuse(STEP, order.order_id, order.name, why)
    if gids:
        page = course.client.orders_by_ids(list(gids), timeout=SECONDS).orders
        found += [(gids[edge.node.id], edge.node) for edge in (page.edges if page else [])]
    return found


def _with_less(
    course: Course, writer: Writer, order: WantedOrder, errors: Sequence[Any]
) -> tuple[str, str]:
    """The new engine's id of an order with a reduced address; or why it is refused."""
    for without in LESS_AND_LESS:
        if not all("address" in (error.path or "") for error in errors):
            break
        wanted = writer.order(order, without=without)
        answer = course.client.bulk_create_orders([wanted]).order_bulk_create
        for result in answer.results if answer else []:
            if result.order is not None:
                return result.order.id, ""
            errors = result.errors or []
    return "", in_words([{"field": error.path, "code": error.code} for error in errors])
