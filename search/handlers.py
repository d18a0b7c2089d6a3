"""What the catalogue and sales tell the search."""

from typing import Any
from uuid import UUID

from django.db.models import F

from search.index import update
from search.models import ListingSales

Payload = dict[str, Any]


def on_listing_pages_changed(payload: Payload) -> None:
    """Bring the documents of changed listings up to date."""
    update(UUID(str(listing_id)) for listing_id in payload["listing_ids"])


def on_sale_counted(payload: Payload) -> None:
    """Count sold pieces for the ranking; each event is delivered once with what it changes."""
    sales, created = ListingSales.objects.get_or_create(
        listing_id=payload["listing_id"],
        market=payload["market"],
        defaults={"quantity": payload["quantity"]},
    )
    if not created:
        ListingSales.objects.filter(pk=sales.pk).update(
            quantity=F("quantity") + payload["quantity"]
        )
