"""Changes of commission rules that wait for a second person."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from marketplace.core.models import UUIDModel
from marketplace.payouts.models.sales import CommissionRule
from vendors.models import Programme, User


class ChangeState(models.TextChoices):
    """What became of a proposed change."""

    OPEN = "open", pgettext_lazy("rule", "to be confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("rule", "confirmed")
    WITHDRAWN = "withdrawn", pgettext_lazy("rule", "withdrawn")


class CommissionChange(UUIDModel):
    """A commission rule to set, or to end, that one person asked for and another has to confirm.

    ``terms`` are the new rule's as JSON; without them it ends ``rule``. ``begins_on`` is the first
    day of the new rule, or the first one without the old. ``seen`` is the version of the rules that
    it replaces: with others since, it can no longer be confirmed.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    rule = models.ForeignKey(CommissionRule, null=True, on_delete=models.PROTECT, related_name="+")
    terms = models.JSONField(default=dict)
    begins_on = models.DateField()
    source = models.CharField(max_length=200)
    seen = models.CharField(max_length=24)
    state = models.CharField(max_length=10, choices=ChangeState, default=ChangeState.OPEN)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(state="confirmed")
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="commission_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(state="open") ^ models.Q(decided_by__isnull=False),
                name="commission_change_decided_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.begins_on} {self.state}"
