"""Payout runs, their lines, and the due days of the schedule."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from marketplace.payouts.models.routes import Provider
from vendors.models import BankAccount, Cooperative, Programme
from vendors.scoping import ScopedModel


class RunState(models.TextChoices):
    """States of a payout run."""

    DRAFT = "draft", _("prepared on schedule, awaiting review")
    PREPARED = "prepared", _("awaiting approval")
    SENT_BACK = "sent_back", _("sent back to the preparer")
    APPROVED = "approved", _("approved")
    FILED = "filed", _("bank file created")
    SENT = "sent", _("sent to the bank")
    ACCEPTED = "accepted", _("accepted by the bank")
    SETTLED = "settled", _("settled")
    RETURNED = "returned", _("returned by the bank")


OPEN_STATES = (RunState.DRAFT, RunState.PREPARED, RunState.APPROVED, RunState.FILED)


class PayoutRun(UUIDModel):
    """One payment of a programme to many cooperatives, in one currency."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="payout_runs")
    reference = models.CharField(max_length=24, unique=True)
    currency = models.CharField(max_length=3)
    provider = models.CharField(max_length=20, choices=Provider, default=Provider.BANK_BATCH)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.PREPARED)
    total_minor = models.BigIntegerField()
    line_count = models.PositiveIntegerField()
    # Digest of the lines to pay and their accounts as prepared; the approval is bound to it.
    lines_hash = models.CharField(max_length=64)
    execution_on = models.DateField()
    # None for a draft until a person submits it.
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    prepared_at = models.DateTimeField()
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    approved_at = models.DateTimeField(null=True)
    sent_back_at = models.DateTimeField(null=True)
    remark = models.CharField(max_length=300, blank=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # Why the provider cannot pay at present, such as an insufficient balance; empty if it can.
    stuck_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="payout_approved_by_another",
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="payout_not_on_without_approval",
                condition=Q(state__in=["draft", "prepared", "sent_back"])
                | Q(approved_by__isnull=False),
            ),
            models.CheckConstraint(
                name="payout_prepared_by_a_person",
                condition=Q(state__in=["draft", "sent_back"]) | Q(prepared_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["programme", "currency", "provider"],
                condition=Q(state__in=OPEN_STATES),
                name="one_open_payout_run",
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class LineState(models.TextChoices):
    """States of a payout line."""

    READY = "ready", _("ready")
    HELD = "held", _("on hold")
    CARRIED = "carried", _("carried over")
    SETTLED = "settled", _("settled")
    RETURNED = "returned", _("returned by the bank")
    FREED = "freed", _("removed from the run")


class Reason(models.TextChoices):
    """Why a line is not paid in its run."""

    NO_ACCOUNT = "no_account", _("no bank account")
    ACCOUNT_UNCONFIRMED = "account_unconfirmed", _("bank account to confirm")
    ACCOUNT_RECENT = "account_recent", _("new bank account")
    RETURNED_BEFORE = "returned_before", _("last payout returned by the bank")
    NAME_NOT_LATIN = "name_not_latin", _("legal name in Latin letters missing")
    OTHER_CURRENCY = "other_currency", _("paid in another currency")
    NEGATIVE = "negative", _("negative balance after refunds")
    BELOW_MINIMUM = "below_minimum", _("below the minimum payout")
    NO_TERMS = "no_terms", _("no payout rule for this currency")
    ON_HOLD = "on_hold", _("put on hold by the programme")
    RESTING = "resting", _("reserve for returns")
    NO_ROUTE = "no_route", _("no account with the provider")
    NOT_SERVED = "not_served", _("the provider does not serve this country")


class PayoutLine(UUIDModel, ScopedModel):
    """One cooperative in a run; a trigger refuses changes of its amount and account."""

    run = models.ForeignKey(PayoutRun, on_delete=models.PROTECT, related_name="lines")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    # How the amount comes about, since the cooperative's last payout; a constraint keeps the sum.
    # Number of sales; sales delivered and refunds, both before commission; commission, VAT on it.
    sale_count = models.PositiveIntegerField(default=0)
    gross_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    commission_minor = models.BigIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0)
    # Deliveries that the cooperative made free for buyers.
    delivery_minor = models.BigIntegerField(default=0)
    # Conversions; corrections and repaid debts; earlier payouts that did not arrive.
    converted_minor = models.BigIntegerField(default=0)
    corrected_minor = models.BigIntegerField(default=0)
    returned_minor = models.BigIntegerField(default=0)
    # What the last payout left, and what this one withholds for returns.
    brought_forward_minor = models.BigIntegerField(default=0)
    withheld_minor = models.BigIntegerField(default=0)
    bank_account = models.ForeignKey(
        BankAccount, null=True, on_delete=models.PROTECT, related_name="+"
    )
    holder_name = models.CharField(max_length=140, blank=True)
    account_number = EncryptedTextField(blank=True)
    account_digits = models.CharField(max_length=4, blank=True)
    account_bic = models.CharField(max_length=11, blank=True)
    account_country = models.CharField(max_length=2, blank=True)
    # The account's id at the provider, such as a Stripe account; empty for a bank file.
    destination = models.CharField(max_length=80, blank=True)
    end_to_end_id = models.CharField(max_length=35)
    # Set before the provider is called; its payment's id; its number of definite refusals.
    attempted_at = models.DateTimeField(null=True)
    provider_reference = models.CharField(max_length=80, blank=True)
    refusals = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=LineState)
    reason = models.CharField(max_length=20, choices=Reason, blank=True)
    settled_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    return_reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "cooperative"], name="payout_line_once"),
            models.CheckConstraint(
                name="payout_pays_only_positive",
                condition=Q(state__in=["held", "carried"]) | Q(amount_minor__gt=0),
            ),
            models.CheckConstraint(
                name="payout_line_adds_up",
                condition=Q(
                    amount_minor=F("brought_forward_minor")
                    + F("gross_minor")
                    - F("refunded_minor")
                    - F("commission_minor")
                    - F("tax_minor")
                    - F("delivery_minor")
                    + F("converted_minor")
                    + F("corrected_minor")
                    + F("returned_minor")
                    - F("withheld_minor")
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.end_to_end_id

    @property
    def account_ending(self) -> str:
        """The account for display: its last digits only."""
        return f"…{self.account_digits}" if self.account_digits else ""


class DueOutcome(models.TextChoices):
    """Outcomes of a due day."""

    PREPARED = "prepared", _("a draft was prepared")
    NOTHING = "nothing", _("no payable amounts")
    NO_TERMS = "no_terms", _("no payout rule")


class DuePayout(models.Model):
    """A due day of the schedule and its outcome, recorded once."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="due_payouts")
    currency = models.CharField(max_length=3)
    provider = models.CharField(max_length=20, choices=Provider)
    due_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=DueOutcome)
    run = models.ForeignKey(PayoutRun, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "currency", "provider", "due_on"], name="payout_due_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.currency} due {self.due_on}: {self.outcome}"
