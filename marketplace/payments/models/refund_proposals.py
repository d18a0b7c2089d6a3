"""Refunds that wait for a second person."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from marketplace.core.models import UUIDModel
from marketplace.orders.models import CostBearer
from marketplace.payments.models.refunds import Refund
from vendors.models import Cooperative, User
from vendors.scoping import ScopedModel


class ProposalState(models.TextChoices):
    """What became of a proposed refund."""

    OPEN = "open", pgettext_lazy("refund", "to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("refund", "confirmed")
    WITHDRAWN = "withdrawn", pgettext_lazy("refund", "withdrawn")
    EXPIRED = "expired", pgettext_lazy("refund", "expired")


class RefundProposal(UUIDModel, ScopedModel):
    """A refund that one person asked for and another has to confirm. No money has moved.

    ``lines`` are units by the id of the vendor order's line. ``seen`` is how many refunds the order
    had by then: with another one since, the proposal can no longer be confirmed. One that
    ``cancels`` cancels the vendor order too; its items go back to stock if ``restock``.
    """

    order_id = models.UUIDField(db_index=True)
    vendor_order_id = models.UUIDField(db_index=True)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    lines = models.JSONField()
    include_shipping = models.BooleanField()
    total_minor = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    cancels = models.BooleanField(default=False)
    restock = models.BooleanField(default=True)
    # Of a partial refund: minor units by the line's id.
    amounts = models.JSONField(default=dict)
    complaint_id = models.UUIDField(null=True, db_index=True)
    borne_by = models.CharField(max_length=12, choices=CostBearer, blank=True)
    seen = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ProposalState, default=ProposalState.OPEN)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    refund = models.OneToOneField(
        Refund, null=True, on_delete=models.PROTECT, related_name="proposal"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["vendor_order_id"],
                condition=models.Q(state="open"),
                name="refund_proposal_open_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="confirmed")
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="refund_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state="confirmed") ^ models.Q(refund__isnull=True),
                name="refund_proposal_made_once_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.total_minor} {self.currency} {self.state}"

    @property
    def quantities(self) -> dict[UUID, int]:
        """Units to refund by the line's id."""
        return {UUID(line_id): int(units) for line_id, units in self.lines.items()}

    @property
    def amounts_by_line(self) -> dict[UUID, int]:
        """Minor units of a partial refund by the line's id."""
        return {UUID(line_id): int(minor) for line_id, minor in self.amounts.items()}

    def may_be_confirmed(self, at: datetime) -> bool:
        """Whether it is open and has not expired."""
        return self.state == ProposalState.OPEN and at < self.expires_at
