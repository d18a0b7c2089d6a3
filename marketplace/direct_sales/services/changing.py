"""What a correction and a cancellation have in common: the locked sale, its history, the reason."""

from typing import Any
from uuid import UUID

from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.direct_sales.errors import ReasonMissing, SaleNotFound
from marketplace.direct_sales.models import Act, DirectSale, DirectSaleChange
from marketplace.direct_sales.services.settle_stock import PATIENCE
from vendors.scoping import Scope
from vendors.two_persons import user_id

LONGEST_REASON = 300
CHANGEABLE = (
    "quantity", "unit_price_minor", "amount_minor", "paid_by", "place", "sold_at", "sold_on",
    "cancelled_at", "changes", "stock_due_at", "stock_attempts",
)  # fmt: skip


def locked_sale(scope: Scope, sale_id: UUID) -> DirectSale:
    """The sale's row until the transaction ends; raises SaleNotFound."""
    rows = DirectSale.objects.within(scope).select_for_update(of=("self",))
    found: DirectSale | None = (
        rows.select_related("cooperative__programme").filter(pk=sale_id).first()
    )
    if found is None:
        raise SaleNotFound
    return found


def is_repeated(sale: DirectSale, key: UUID) -> bool:
    """Whether the act of this key was done before."""
    return sale.history.filter(key=key).exists()


def given_reason(reason: str) -> str:
    """The reason as it is kept; raises ReasonMissing."""
    kept = " ".join(reason.split())[:LONGEST_REASON]
    if not kept:
        raise ReasonMissing
    return kept


def note_change(
    sale: DirectSale, act: Act, *, key: UUID, reason: str, content: dict[str, Any], by: Actor
) -> None:
    """Number the change, keep what it says, save the sale, and have the stock follow."""
    sale.changes += 1
    sale.stock_due_at = timezone.now() + PATIENCE
    sale.stock_attempts = 0
    sale.save(update_fields=CHANGEABLE)
    DirectSaleChange.objects.create(
        sale=sale,
        number=sale.changes,
        act=act,
        key=key,
        reason=reason,
        content=content,
        by_id=user_id(by),
    )
    audit.record(f"direct_sale.{act.value}", sale, by=by, reason=reason, **content)
