"""Differences between the ledger and its counterparts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import UUIDModel
from marketplace.ledger.models import Book, LedgerTransaction


class Counterpart(models.TextChoices):
    """What the ledger was compared with."""

    ENGINE = "engine", _("shop payments")
    PROVIDER = "provider", _("card provider")
    CARRIER = "carrier", _("carriers")
    BANK = "bank", _("bank statement")


class Likely(models.TextChoices):
    """The probable cause of a difference."""

    LATE = "late", _("event not received yet; usually resolves by itself")
    NOT_BOOKED = "not_booked", _("outside transaction never booked")
    NOT_THERE = "not_there", _("booked, but unknown to the other side")
    AMOUNT = "amount", _("amounts differ: a fee or an error")
    NOT_REMITTED = "not_remitted", _("cash not handed over by the carrier")


class Difference(UUIDModel):
    """A difference, open until it is gone or explained by a posting.

    Amounts in minor units of ``currency``: in the ledger, and at the counterpart.
    """

    book = models.ForeignKey(Book, on_delete=models.PROTECT, related_name="differences")
    counterpart = models.CharField(max_length=8, choices=Counterpart)
    subject = models.CharField(max_length=160)
    currency = models.CharField(max_length=3)
    ledger_minor = models.BigIntegerField()
    other_minor = models.BigIntegerField()
    likely = models.CharField(max_length=12, choices=Likely)
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    explained_at = models.DateTimeField(null=True)
    explanation = models.CharField(max_length=300, blank=True)
    posting = models.OneToOneField(
        LedgerTransaction, null=True, on_delete=models.PROTECT, related_name="difference"
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["book", "counterpart", "subject", "currency"], name="difference_once"
            ),
            models.CheckConstraint(
                name="difference_explained_by_a_posting",
                condition=models.Q(explained_at__isnull=True, posting__isnull=True)
                | models.Q(
                    explained_at__isnull=False,
                    posting__isnull=False,
                    explained_by__isnull=False,
                    explanation__gt="",
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.counterpart} {self.subject}"

    @property
    def gap_minor(self) -> int:
        """The counterpart's amount less the ledger's, in minor units."""
        return self.other_minor - self.ledger_minor
