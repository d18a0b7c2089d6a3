"""An imported order with everything that belongs to it, unsaved."""

from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from marketplace.embedded.errors import RowProblem
from marketplace.embedded.ids import from_global_id
from marketplace.embedded.models import (
    Fulfillment,
    FulfillmentLine,
    Invoice,
    Order,
    OrderEvent,
    OrderLine,
    TransactionEvent,
    TransactionItem,
    Warehouse,
)


@dataclass(slots=True)
class Draft:
    """An order to be imported, or the problems that prevent it.

    `warehouses` are those of the lines, in their order.
    """

    order: Order = field(default_factory=Order)
    problems: list[RowProblem] = field(default_factory=list)
    lines: list[OrderLine] = field(default_factory=list)
    warehouses: list[Warehouse] = field(default_factory=list)
    fulfillments: list[Fulfillment] = field(default_factory=list)
    fulfillment_lines: list[FulfillmentLine] = field(default_factory=list)
    payments: list[TransactionItem] = field(default_factory=list)
    payment_events: list[TransactionEvent] = field(default_factory=list)
    notes: list[OrderEvent] = field(default_factory=list)
    invoices: list[Invoice] = field(default_factory=list)

    def refuse(self, path: str, code: str, message: str) -> None:
        """Record a problem."""
        self.problems.append(RowProblem(path, code, message))

    def refuse_unknown(self, path: str, global_id: str, kind: str) -> None:
        """Record that an id is not one of `kind` (INVALID), or names nothing (NOT_FOUND)."""
        decoded = from_global_id(global_id)
        if decoded is None or decoded.type_name != kind:
            self.refuse(path, "INVALID", f"Invalid ID: {global_id}. Expected: {kind}.")
        else:
            self.refuse(path, "NOT_FOUND", f"There is no such {kind}.")

    def past(self, path: str, moment: datetime) -> datetime:
        """Return `moment`; record FUTURE_DATE when it is one."""
        if moment > timezone.now():
            self.refuse(path, "FUTURE_DATE", "Provided date is from the future.")
        return moment
