"""Finding and locking a checkout, and invalidating what a change makes stale."""

from collections.abc import Sequence

from django.utils import timezone

from marketplace.embedded.allocation import InsufficientStock
from marketplace.embedded.errors import CommandError, Problem, refuse
from marketplace.embedded.ids import from_global_id, to_global_id, valid_pk
from marketplace.embedded.models import Checkout, CheckoutLine


def checkout_key(global_id: str | None, token: object = None, *, field: str = "id") -> str:
    """Return the key in a checkout's global id, or the token itself; refuses GRAPHQL_ERROR."""
    if token is not None:
        return str(token)
    decoded = from_global_id(global_id) if global_id else None
    if decoded is None or decoded.type_name != "Checkout" or not valid_pk(Checkout, decoded.pk):
        raise refuse("GRAPHQL_ERROR", f"Invalid ID: {global_id}. Expected: Checkout.", field=field)
    return decoded.pk


def find_checkout(key: str) -> Checkout:
    """Return the checkout with this key; refuses NOT_FOUND."""
    found = Checkout.objects.select_related("channel").filter(pk=key).first()
    if found is None:
        raise _not_found(key)
    return found


def lock_checkout(key: object) -> Checkout:
    """Lock the checkout for a change within the open write; refuses NOT_FOUND."""
    locked = (
        Checkout.objects.select_for_update(of=("self",))
        .select_related("channel")
        .filter(pk=str(key))
        .first()
    )
    if locked is None:
        raise _not_found(str(key))
    return locked


def _not_found(key: str) -> CommandError:
    return refuse(
        "NOT_FOUND", f"Couldn't resolve to a node: {to_global_id('Checkout', key)}", field="id"
    )


def mark_changed(checkout: Checkout, *, deliveries: bool = False) -> None:
    """Invalidate the checkout's prices, and with `deliveries` its delivery options, and save."""
    checkout.version += 1
    checkout.prices_expire_at = None
    if deliveries:
        checkout.deliveries_stale_at = timezone.now()
    checkout.save()


def lines_of(checkout: Checkout) -> list[CheckoutLine]:
    """Return the checkout's lines with their variants and products, oldest first."""
    return list(checkout.lines.select_related("variant__product__product_type"))


def is_shipping_required(lines: Sequence[CheckoutLine]) -> bool:
    """Tell whether any line needs shipping."""
    return any(line.variant.product.product_type.is_shipping_required for line in lines)


def insufficient_stock(error: InsufficientStock, *, at_completion: bool) -> CommandError:
    """Return the refusal for insufficient stock; Saleor's message differs at completion."""
    variants = [to_global_id("ProductVariant", each.variant.pk) for each in error.shortages]
    if at_completion:
        return refuse("INSUFFICIENT_STOCK", "Insufficient product stock.", variants=variants)
    return CommandError(
        *(
            Problem(
                "INSUFFICIENT_STOCK",
                f"Could not add items {each.variant.name or each.variant.sku}. "
                f"Only {each.available} remaining in stock.",
                "quantity",
            )
            for each in error.shortages
        )
    )
