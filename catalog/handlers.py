"""What this room does when the engine or another room says that something changed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from catalog.read_model.projection import project_by_id, project_by_ids, refresh_cooperative
from marketplace.saleor.gateway import app_client
from marketplace.saleor.inbox import in_batches
from marketplace.saleor.webhooks.events import WebhookEvent


def _project_all(events: Sequence[WebhookEvent]) -> None:
    """Many products changed: those that are shown as they are now are found by one call."""
    product_ids = [found for event in events if (found := _product_of(event))]
    project_by_ids(app_client(), product_ids)


@in_batches(_project_all)
def on_product_changed(event: WebhookEvent) -> None:
    """A product, variant, stock, picture or translation changed: fetch the product and project it.

    Order, repetition and delay of events do not matter: the product is shown as it is now. Raises
    EngineUnavailable (the inbox tries again).
    """
    if product_id := _product_of(event):
        project_by_id(app_client(), product_id)


def on_cooperative_changed(payload: dict[str, Any]) -> None:
    """A cooperative's name, place or state changed: its listings show it."""
    refresh_cooperative(UUID(str(payload["cooperative_id"])))


def _product_of(event: WebhookEvent) -> str:
    """The engine's id of the product; that of a variant's product is asked for. Empty for none."""
    if event.product_id or not event.variant_id:
        return event.product_id
    found = app_client().variant_product(event.variant_id).product_variant
    return found.product.id if found else ""
