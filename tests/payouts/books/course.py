"""What has happened to a sale, and which of it the books were told."""

from dataclasses import dataclass, field
from typing import Any

from tests.payouts.world import SaleOf, Told


@dataclass
class Course:
    """What has happened to a sale, whether or not the books have heard of it."""

    sale: SaleOf
    is_paid: bool = False
    is_remitted: bool = False
    is_cancelled: bool = False
    arrived: list[int] = field(default_factory=list)
    refunded: dict[int, int] = field(default_factory=dict)
    shipping_refunded: bool = False
    # What the provider says of a dispute while it is open; nothing happens after a lost one.
    dispute: dict[str, Any] | None = None
    is_lost: bool = False

    @property
    def disputable(self) -> int:
        """What is still paid and may be disputed."""
        if not self.is_paid or self.dispute or self.is_lost:
            return 0
        back = sum(self.refunded.values()) + self.sale.shipping * self.shipping_refunded
        return self.sale.goods + self.sale.shipping - back

    @property
    def may_be_paid(self) -> bool:
        return self.sale.method == "card" and not self.is_paid

    @property
    def may_arrive(self) -> bool:
        return not self.is_cancelled and not self.is_remitted

    @property
    def may_be_remitted(self) -> bool:
        return self.sale.method == "cod" and bool(self.arrived) and not self.is_remitted

    @property
    def missing(self) -> dict[int, int]:
        """What has not arrived, by line."""
        return {i: total for i, total in enumerate(self.sale.totals) if i not in self.arrived}

    @property
    def refundable(self) -> list[int]:
        """The lines of which the buyer has paid something that did not go back."""
        paid = range(len(self.sale.totals)) if self.is_paid else self.arrived
        if (self.sale.method == "card" and not self.is_paid) or self.dispute or self.is_lost:
            return []
        return [i for i in paid if self.refunded.get(i, 0) < self.sale.totals[i]]


@dataclass
class News:
    """Something that happened, and whether it was told already."""

    course: Course
    what: str
    told: Told
    times: int = 0
