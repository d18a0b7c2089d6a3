"""Everything that is held about a buyer, as one structure: shown on a page, taken away as JSON."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from marketplace.conversations import personal_data as conversations
from marketplace.favourites import personal_data as favourites
from marketplace.legal.queries import accepted_with_orders
from marketplace.orders import personal_data as orders
from marketplace.personal_data import accounts
from marketplace.personal_data.buyers import Buyer
from marketplace.reviews import personal_data as reviews

_NOTHING_KEPT: dict[str, Any] = {"favourites": [], "notices": [], "followed": [], "news": None}


def everything_about(buyer: Buyer) -> dict[str, Any]:
    """By subject: account, orders, checkouts, conversations, favourites, and what was agreed to."""
    bought = orders.export(buyer.proof)
    order_ids = list(orders.orders_of(buyer.proof).values_list("pk", flat=True))
    kept = favourites.export(buyer.user) if buyer.user else _NOTHING_KEPT
    return {
        "shop": settings.PUBLIC_URL,
        "made_at": timezone.now(),
        "addresses": list(buyer.emails),
        "phone": buyer.phone,
        "account": accounts.export(buyer.user) if buyer.user else None,
        **bought,
        "saved_addresses": orders.export_addresses(buyer.user) if buyer.user else [],
        "conversations": conversations.export(buyer.proof),
        "reviews": reviews.export(order_ids),
        **kept,
        "consents": consents(buyer, kept["notices"], kept["news"]),
    }


def consents(
    buyer: Buyer, notices: list[dict[str, Any]], news: dict[str, Any] | None
) -> list[dict[str, Any]]:
    """What the buyer agreed to, the latest first."""
    numbers = dict(orders.orders_of(buyer.proof).values_list("pk", "number"))
    accepted = [
        {
            "kind": row.text.kind,
            "order": numbers[row.order_id],
            "programme": row.text.programme.slug,
            "version": row.text.number,
            "text_id": row.text_id,
            "at": row.accepted_at,
        }
        for row in accepted_with_orders(numbers)
    ]
    waiting = [
        {"kind": "notice", "listing": row["listing"], "at": row["asked_at"]} for row in notices
    ]
    told = [{"kind": "news", "at": news["wished_at"]}] if news else []
    return sorted(accepted + waiting + told, key=lambda row: row["at"], reverse=True)
