"""The five flows that the project keeps short, each as requests and jobs over a small world.

Every flow is run twice, and traced the second time: what a process reads once (vocabulary, keys,
templates) is no part of the way of a usual request.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import time_machine
from django.http import HttpResponse
from django.test import Client

from catalog.jobs import apply_waiting
from catalog.models import ListingRevision, ListingVariant
from marketplace.embedded.models import EventDelivery
from marketplace.embedded.webhooks.sending import headers_for
from marketplace.orders.models import Order
from marketplace.saleor.inbox import handle_inbox
from search.indexing.index import reindex
from tests.factories.listings import listing_page
from tests.orders.world import World, make_world
from tests.payouts import world as payouts
from tests.rules.flows.tracing import Step, traced
from tests.rules.flows.world import browser_of
from vendors.scoping import Crossing

# What a flow is told: a block in which a named request or job runs.
Steps = Callable[[str], AbstractContextManager[object]]
ADDRESS = {
    "name": "Salma Bennani",
    "phone": "0661223344",
    "email": "salma@example.org",
    "country_code": "MA",
    "region_code": "MA-06",
    "city": "Casablanca",
    "line1": "12 rue des Orangers",
}


@dataclass
class Shop:
    """The cooperatives' world, and the listing whose price is changed."""

    world: World
    price: int = 1500


def trace_flow(flow: Callable[[Shop, Steps], None], shop: Shop) -> list[Step]:
    """Run a flow twice; the steps of the second time."""
    found: list[Step] = []

    @contextmanager
    def unnoted(name: str) -> Iterator[None]:
        yield

    @contextmanager
    def noted(name: str) -> Iterator[None]:
        with traced(name) as step:
            yield
        found.append(step)

    flow(shop, unnoted)
    flow(shop, noted)
    return found


def open_shop() -> Shop:
    """Two cooperatives that sell, and a honey to search for."""
    shop = Shop(make_world())
    listing_page("honey-thyme")
    reindex()
    return shop


def search(shop: Shop, steps: Steps) -> None:
    """A buyer searches with words and a price."""
    del shop
    with steps("GET /ma/fr/search/"):
        answer = Client().get("/ma/fr/search/", {"q": "miel de thym moins de 100 dh"})
    expect(answer, 200)


def checkout(shop: Shop, steps: Steps) -> None:
    """A buyer orders from two cooperatives, to be paid on delivery."""
    buyer = Client()
    for variant in (shop.world.rug, shop.world.honey):
        with steps("POST /ma/fr/basket/add/"):
            answer = buyer.post("/ma/fr/basket/add/", {"variant": str(variant), "quantity": 1})
        expect(answer, 302)
    with steps("POST /ma/fr/checkout/"):
        answer = buyer.post("/ma/fr/checkout/", ADDRESS)
    with steps("POST /ma/fr/checkout/<attempt>/delivery/"):
        answer = buyer.post(expect(answer, 302), {"option": "standard"})
    with steps("POST /ma/fr/checkout/<attempt>/payment/"):
        answer = buyer.post(expect(answer, 302), {"method": "cod"})
    assert "/orders/" in expect(answer, 302)


def webhook(shop: Shop, steps: Steps) -> None:
    """Saleor says that an order changed."""
    EventDelivery.objects.all().delete()
    order = shop.world.placed(rug=1)
    delivery = EventDelivery.objects.filter(event_type__iexact="order_updated").last()
    assert delivery is not None, "the engine has told of no order"
    body = bytes(delivery.payload)
    assert "order" in json.loads(body)
    headers = headers_for("order_updated", body)
    with steps("POST /saleor/webhooks/"):
        answer = Client().post(
            "/saleor/webhooks/", body, content_type="application/json", headers=headers
        )
    expect(answer, 200)
    with steps("job marketplace.saleor.inbox.handle_inbox"):
        handled = handle_inbox()
    assert handled == 1
    assert Order.objects.filter(pk=order.pk).exists()


def payout_run(shop: Shop, steps: Steps) -> None:
    """Staff prepare, approve, file, send and settle a payout run."""
    programme = payouts.make_programme(f"programme-{payouts.Programme.objects.count()}")
    payouts.sold_and_delivered(payouts.make_cooperative(programme, f"of-{programme.slug}"))
    people = {
        role: browser_of(payouts.make_user(f"{role}-{programme.slug}", programme, role))
        for role in ("finance_preparer", "finance_approver")
    }
    base = f"/staff/{programme.slug}/payouts/"
    acts = [
        ("finance_approver", "approve/", {"total": "88"}),
        ("finance_approver", "file/", {}),
        ("finance_preparer", "sent/", {}),
        ("finance_preparer", "settled/", {"confirmed": "on"}),
    ]
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        with steps("POST /staff/<programme>/payouts/prepare/"):
            answer = people["finance_preparer"].post(f"{base}prepare/", {"currency": "MAD"})
        run = expect(answer, 302)
        for role, act, data in acts:
            with steps(f"POST /staff/<programme>/payouts/<run>/{act}"):
                answer = people[role].post(f"{run}{act}", data)
            expect(answer, 302)


def change_of_a_listing(shop: Shop, steps: Steps) -> None:
    """A manager proposes another price, staff approve it, the shop shows it."""
    variants = ListingVariant.objects.crossing(Crossing.POLICY)
    listing = variants.get(pk=shop.world.rug).listing
    shop.price += 10
    data = {
        "category": "rugs", "name_fr": "Tapis", "name_ar": "زربية", "price_ma": str(shop.price),
        "price_eu": "140", "weight_grams": "4000", "then": "submit",
    }  # fmt: skip
    manager = browser_of(shop.world.manager)
    with steps("POST /portal/<cooperative>/listings/<listing>/edit/"):
        answer = manager.post(f"/portal/tiznit-weavers/listings/{listing.pk}/edit/", data)
    expect(answer, 302)
    rows = ListingRevision.objects.crossing(Crossing.POLICY).filter(listing=listing)
    revision = rows.order_by("number").last()
    assert revision is not None
    staff = browser_of(shop.world.coordinator)
    with steps("POST /staff/<programme>/moderation/<revision>/approve/"):
        answer = staff.post(f"/staff/mourafaka/moderation/{revision.pk}/approve/")
    expect(answer, 302)
    with steps("job catalog.jobs.apply_waiting"):
        apply_waiting()
    revision.refresh_from_db()
    assert revision.state == "applied", revision.state


def expect(answer: HttpResponse, status: int) -> str:
    """The address to go on with; fails unless the answer has the status."""
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.headers.get("Location", "")


FLOWS = {
    "a search": search,
    "a checkout": checkout,
    "a webhook of Saleor's": webhook,
    "a payout run": payout_run,
    "a change of a listing": change_of_a_listing,
}
