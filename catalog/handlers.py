"""Handlers of webhooks and domain events that change what the shop shows."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from catalog.read_model.projection import project_by_id, project_by_ids, refresh_cooperative
from marketplace.saleor.gateway import app_client
from marketplace.saleor.inbox import in_batches
from marketplace.saleor.webhooks.events import WebhookEvent


def _project_all(events: Sequence[WebhookEvent]) -> None:
    """Refresh many products: one call finds those that differ."""
    product_ids = [found for event in events if (found := _product_of(event))]
    project_by_ids(app_client(), product_ids)


@in_batches(_project_all)
def on_product_changed(event: WebhookEvent) -> None:
    """Refresh a product after a change of it, its variants, stock, pictures or translations.

    Order, repetition and delay of events do not matter: the present state is fetched. Raises
    EngineUnavailable (the inbox tries again).
    """
    if product_id := _product_of(event):
        project_by_id(app_client(), product_id)


def on_cooperative_changed(payload: dict[str, Any]) -> None:
    """Update a cooperative's name, place and status on its listings."""
    refresh_cooperative(UUID(str(payload["cooperative_id"])))


def _product_of(event: WebhookEvent) -> str:
    """The engine's id of the product, looked up for a variant; empty for none."""
    if event.product_id or not event.variant_id:
        return event.product_id
    found = app_client().variant_product(event.variant_id).product_variant
    return found.product.id if found else ""
