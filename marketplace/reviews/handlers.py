"""Handlers of events of orders."""

from typing import Any
from uuid import UUID

from marketplace.core.actors import Actor
from marketplace.reviews.services.erase import forget_author


def on_buyer_erased(payload: dict[str, Any]) -> None:
    """BuyerErased: the author's name and photographs leave the reviews of the order."""
    forget_author(order_id=UUID(payload["order_id"]), by=Actor.system("erasure"))
