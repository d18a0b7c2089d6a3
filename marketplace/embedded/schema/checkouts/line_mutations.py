"""Mutations of the lines of a checkout."""

from collections.abc import Sequence
from typing import Any

import graphene

from marketplace.embedded import ids, models
from marketplace.embedded.checkouts import lines
from marketplace.embedded.context import RequestContext
from marketplace.embedded.errors import refuse
from marketplace.embedded.metadata import metadata_dict
from marketplace.embedded.money import to_minor
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.checkouts.checkout_mutation import (
    CheckoutArguments,
    CheckoutKey,
    LockedCheckoutMutation,
)
from marketplace.embedded.schema.checkouts.inputs import (
    CheckoutLineInput,
    CheckoutLineUpdateInput,
)


def line_inputs(
    items: Sequence[dict[str, Any]], channel: models.Channel, context: RequestContext
) -> list[lines.LineInput]:
    """Read CheckoutLineInputs; raises PermissionDenied for a price without HANDLE_CHECKOUTS."""
    _require_prices(items, context)
    variants = lines.variants_by_id([item["variant_id"] for item in items])
    return [
        lines.LineInput(
            variant=variants[item["variant_id"]],
            quantity=item["quantity"],
            sets_price="price" in item,
            price_override_minor=_minor(item.get("price"), channel),
            price_override_reason=item.get("price_override_reason") or "",
            separate=bool(item.get("force_new_line")),
            metadata=metadata_dict(item.get("metadata")),
        )
        for item in items
    ]


def _require_prices(items: Sequence[dict[str, Any]], context: RequestContext) -> None:
    """Even a null is a price that somebody sets."""
    if any("price" in item or "price_override_reason" in item for item in items):
        context.require("HANDLE_CHECKOUTS")


def _minor(price: Any, channel: models.Channel) -> int | None:
    return None if price is None else to_minor(price, channel.currency_code)


class CheckoutLinesAdd(LockedCheckoutMutation):
    """Add units."""

    class Arguments(CheckoutArguments):
        lines = list_of(CheckoutLineInput, required=True)

    @classmethod
    def change(cls, info: Info, checkout: models.Checkout, **arguments: Any) -> None:
        wanted = line_inputs(arguments["lines"], checkout.channel, context_of(info))
        lines.add_lines(checkout, wanted)


class CheckoutLinesUpdate(LockedCheckoutMutation):
    """Set quantities; zero removes a line."""

    class Arguments(CheckoutArguments):
        lines = list_of(CheckoutLineUpdateInput, required=True)

    @classmethod
    def change(cls, info: Info, checkout: models.Checkout, **arguments: Any) -> None:
        _require_prices(arguments["lines"], context_of(info))
        wanted = [_line_update(item, checkout) for item in arguments["lines"]]
        lines.update_lines(checkout, wanted)


def _line_update(item: dict[str, Any], checkout: models.Checkout) -> lines.LineInput:
    line = None
    if item.get("line_id"):
        own = checkout.lines.select_related("variant__product")
        line = ids.fetch(own.all(), item["line_id"], "CheckoutLine", field="lineId")
        variant = line.variant
    elif item.get("variant_id"):
        variant = lines.variants_by_id([item["variant_id"]])[item["variant_id"]]
    else:
        raise refuse("REQUIRED", "Line id or variant id is required.", field="lineId")
    quantity = item.get("quantity")
    if quantity is None:
        known = line or checkout.lines.filter(variant=variant).first()
        quantity = known.quantity if known else 0
    return lines.LineInput(
        variant=variant,
        quantity=quantity,
        line=line,
        sets_price="price" in item,
        is_priced_alone=item.get("quantity") is None,
        price_override_minor=_minor(item.get("price"), checkout.channel),
        price_override_reason=item.get("price_override_reason") or "",
        metadata=metadata_dict(item.get("metadata")),
    )


class CheckoutLinesDelete(LockedCheckoutMutation):
    """Remove lines."""

    class Arguments(CheckoutKey):
        lines_ids = list_of(graphene.ID, required=True)

    @classmethod
    def change(cls, info: Info, checkout: models.Checkout, **arguments: Any) -> None:
        lines.delete_lines(checkout, arguments["lines_ids"])
