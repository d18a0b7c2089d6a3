"""Every address outside the portal and the staff's, by who may see it and what fills it.

A new one has no place here until it is decided whose it is.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import connections
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from marketplace.favourites.following import stop_token
from marketplace.orders.models import Parcel
from tests.rules.access_addresses import Place, legal_text, places
from tests.rules.access_walk import INNOCENT, WRITES
from tests.rules.access_world import AccessWorld
from vendors.accounts import User

ABSENT, NOT_SO, UNKNOWN_PERSON = 404, 405, 401
SHOP = {"market": "ma", "language": "fr"}

# What a page's script tells and nobody looks at.
ONLY_TOLD = {"storefront:search-chosen"}
# Everybody's pages, with what their addresses are filled with.
OPEN: dict[str, Callable[[AccessWorld], dict[str, object]]] = {
    "storefront:enter": lambda _world: {},
    "storefront:home": lambda _world: SHOP,
    "storefront:change-market": lambda _world: SHOP,
    "storefront:search": lambda _world: SHOP,
    "storefront:suggest": lambda _world: SHOP,
    "storefront:search-chosen": lambda _world: SHOP,
    "storefront:category": lambda _world: SHOP | {"slug": "rugs"},
    "storefront:listing": lambda w: SHOP | {"slug": w.listing(w.shop.weavers).slug},
    "storefront:cooperatives": lambda _world: SHOP,
    "storefront:cooperative": lambda w: SHOP | {"slug": w.shop.weavers.slug},
    "storefront:ask-listing": lambda w: SHOP | {"slug": w.listing(w.shop.weavers).slug},
    "storefront:ask-cooperative": lambda w: SHOP | {"slug": w.shop.weavers.slug},
    "storefront:listing-reviews": lambda w: SHOP | {"slug": w.listing(w.shop.weavers).slug},
    "storefront:cooperative-reviews": lambda w: SHOP | {"slug": w.shop.weavers.slug},
    "storefront:review-report": lambda w: SHOP | {"review_id": w.review_of(w.mine).pk},
    "storefront:info": lambda _world: SHOP | {"slug": "delivery"},
    "storefront:contact": lambda _world: SHOP,
    "storefront:data-ask": lambda _world: SHOP,
    "storefront:data-phone": lambda _world: SHOP,
    "storefront:data-phone-code": lambda _world: SHOP | {"lookup_id": UUID(int=0)},
    "storefront:news-stop": lambda _world: (
        SHOP | {"token": stop_token(User.objects.earliest("pk").pk)}
    ),
    "storefront:apply": lambda _world: SHOP,
    "storefront:legal": lambda _world: SHOP | {"slug": "terms"},
    "storefront:legal-version": lambda w: (
        SHOP | {"text_id": legal_text(w.shop.weavers.programme).pk}
    ),
    "storefront:order-lookup": lambda _world: SHOP,
    "storefront:order-lookup-code": lambda _world: SHOP | {"lookup_id": UUID(int=0)},
    "storefront:picture": lambda _world: SHOP | {"digest": "x"},
    "storefront:category-picture": lambda _world: SHOP | {"slug": "rugs", "digest": "x"},
    "storefront:cooperative-picture": lambda w: SHOP | {"slug": w.shop.weavers.slug, "digest": "x"},
    "storefront:listing-picture": lambda w: (
        SHOP | {"slug": w.listing(w.shop.weavers).slug, "digest": "x"}
    ),
    "storefront:manifest": lambda _world: SHOP,
    "storefront:feed": lambda _world: SHOP | {"reader": "google"},
    "sitemaps:robots": lambda _world: {},
    "sitemaps:index": lambda _world: {},
    "sitemaps:pages": lambda _world: {"market": "ma"},
    "sitemaps:cooperatives": lambda _world: {"market": "ma", "first": UUID(int=0)},
    "sitemaps:listings": lambda _world: {"market": "ma", "first": UUID(int=0)},
    "ui:favicon": lambda _world: {},
    "ui:illustration": lambda _world: {"category": "rug", "name": "1"},
    "ui:language": lambda _world: {"language": "fr"},
    "ui:amount-reading": lambda _world: {},
    "saleor:manifest": lambda _world: {},
    "dashboard:overview": lambda _world: {},
    "dashboard:order": lambda _world: {},
    "dashboard:product": lambda _world: {},
    "api:graphql": lambda _world: {},
    "health-live": lambda _world: {},
    "health-ready": lambda _world: {},
}
# What a browser's own basket fills; without one there is nothing to see.
OF_THE_BASKET = {
    "storefront:basket", "storefront:basket-add", "storefront:basket-change",
    "storefront:basket-voucher",
    "storefront:checkout", "storefront:checkout-offer",
}  # fmt: skip
OF_THE_ATTEMPT = {
    "storefront:checkout-delivery", "storefront:checkout-payment", "storefront:checkout-cash-code",
    "storefront:payment-test-card",
    "storefront:payment-test-card-code", "storefront:payment-provider", "storefront:payment-back",
}  # fmt: skip
AT_A_PROVIDER = {"storefront:payment-provider", "storefront:payment-back"}
BEHIND_A_LINK = {
    "storefront:tracking", "storefront:tracking-document",
    "storefront:tracking-received", "storefront:tracking-missing", "storefront:tracking-cancel",
    "storefront:tracking-complaint", "storefront:tracking-complaint-new",
    "storefront:tracking-complaint-choose", "storefront:tracking-complaint-photo",
    "storefront:tracking-substitute", "storefront:tracking-substitute-decline",
    "storefront:ask-order",
    "storefront:tracking-reviews", "storefront:tracking-review",
    "storefront:tracking-review-withdraw", "storefront:tracking-review-mails",
}  # fmt: skip
BEHIND_A_DATA_LINK = {"storefront:data", "storefront:data-file", "storefront:data-erase"}
# What was typed stands in the link itself, signed; nothing is kept before it is confirmed.
BEHIND_AN_APPLICATIONS_LINK = {"storefront:apply-confirm"}
BEHIND_A_CONVERSATIONS_LINK = {
    "storefront:conversation", "storefront:conversation-report",
    "storefront:conversation-offer", "storefront:conversation-offer-decline",
}  # fmt: skip
# The orders of who is signed in, by the addresses that they have proven.
OF_THE_BUYER = {
    "storefront:account", "storefront:account-order", "storefront:account-buy-again",
    "storefront:account-favourites", "storefront:account-favourite", "storefront:account-notice",
    "storefront:account-data", "storefront:account-following", "storefront:account-follow",
    "storefront:account-news", "storefront:account-claim", "storefront:account-claim-code",
    "storefront:account-addresses", "storefront:account-address-new", "storefront:account-address",
    "storefront:account-address-default", "storefront:account-address-delete",
}  # fmt: skip
# These exist in a demo only.
OF_A_DEMO = {"demo:progress", "demo:outbox", "demo:mail", "ui:kit"}
PHOTOS = {"photos:photo", "photos:in-width", "photos:review", "photos:person"}
# The engine signs what it sends here.
OF_THE_ENGINE = {"saleor:register", "saleor:webhooks", "saleor:sync"}
# A payment provider proves itself here.
DOORS = {
    "saleor:sync": {"event": "checkout-calculate-taxes"},
    "payments:cmi-back": {"oid": "0" * 32},
}
OF_A_PROVIDER = {"payments:stripe-webhook", "payments:cmi-callback", "payments:cmi-back"}
# What Saleor's Dashboard shows, to a token of Saleor alone: no account of ours opens it.
OF_THE_DASHBOARD = {
    "dashboard:overview-content", "dashboard:order-content", "dashboard:product-content",
}  # fmt: skip
# Open to whoever brings the operator's token, which no person has.
OF_THE_OPERATOR = {"health-metrics"}
# A person's own account; nothing in these addresses names anybody else's.
ACCOUNTS = ("account", "mfa", "usersessions")
# A form that was not saved, of whoever filled it in; `tests/web/kept` tries them for others.
OF_WHO_TYPED = {"kept:discard", "kept:file"}

BUYERS = (
    "Zineb Tazi", "7 impasse des Figuiers", "zineb@example.org",
    "Driss Alami", "3 rue du Puits", "driss@example.org",
    "Salma Bennani", "12 rue des Orangers", "salma@example.org", "+212661223344",
)  # fmt: skip


SENT_BEHIND_A_LINK = {
    "storefront:tracking-received", "storefront:tracking-missing", "storefront:tracking-cancel",
    "storefront:tracking-complaint-choose",
    "storefront:tracking-substitute", "storefront:tracking-substitute-decline",
    "storefront:tracking-review-withdraw", "storefront:tracking-review-mails",
}  # fmt: skip


def other_places() -> list[Place]:
    return [place for place in places() if place.audience not in {"portal", "staff"}]


def shop_url(name: str, **filling: object) -> str:
    return reverse(name, kwargs=SHOP | filling)


def read(client: Client, path: str) -> str:
    response = client.get(path)
    return "" if response.streaming else response.content.decode()


def looked_at(client: Client, path: str) -> tuple[HttpResponse, set[str]]:
    """A page, and the tables that looking at it wrote."""
    with CaptureQueriesContext(connections["default"]) as queries:
        response = client.get(path)
    return response, {m[2] for q in queries if (m := WRITES.match(q["sql"]))} - INNOCENT


def link_path(place: str, token: str, world: AccessWorld, parcel: Parcel) -> str:
    """A page behind a link, with objects of the first order or this parcel in its address."""
    own: dict[str, object] = {
        "document_id": world.document_of(world.shop.weavers).pk,
        "parcel_id": parcel.pk,
        "vendor_order_id": world.mine.pk,
        "complaint_id": world.complaint_of(world.mine).pk,
        "position": 0,
        # None of them is offered anything instead.
        "offer_id": world.mine.pk,
        "line_id": world.mine.lines.first().pk,
        "cooperative": world.shop.weavers.slug,
    }
    wanted = next(p.parameters for p in other_places() if p.name == place)
    return shop_url(place, token=token, **{n: own[n] for n in wanted if n in own})
