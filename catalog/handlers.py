"""What the engine and other rooms tell us: a hint makes us look again, it is not believed."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from catalog.read_model.projection import project_by_id, project_by_ids, refresh_cooperative
from marketplace.saleor.gateway import app_client
from marketplace.saleor.inbox import in_batches
from marketplace.saleor.webhooks.subjects import product_id_of

Body = dict[str, Any]


def _look_at_all(bodies: Sequence[Body]) -> None:
    """Hints of many products: what shows them already is found out in one look."""
    product_ids = [found for body in bodies if (found := _product_of(body)) is not None]
    project_by_ids(app_client(), product_ids)


@in_batches(_look_at_all)
def on_product_changed(body: Body) -> None:
    """A product, variant, stock, picture or translation changed: fetch the product and project it.

    Order, repetition and delay of hints do not matter: what is fetched is what is true now.
    Raises EngineUnavailable (the inbox tries again).
    """
    product_id = _product_of(body)
    if product_id is not None:
        project_by_id(app_client(), product_id)


def on_cooperative_changed(payload: Body) -> None:
    """A cooperative's name, place or standing changed: its listings show it."""
    refresh_cooperative(UUID(str(payload["cooperative_id"])))


def _product_of(body: Body) -> str | None:
    """The engine's product id in a hint of any of the events we receive."""
    variant = body.get("productVariant")
    product_id = product_id_of(body)
    if product_id or not variant:
        return product_id
    found = app_client().variant_product(variant["id"]).product_variant
    return found.product.id if found else None
