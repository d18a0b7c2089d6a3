"""Tables of this room; those of the ledger live in ``ledger.models``."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import AppendOnlyModel, UUIDModel
from marketplace.payouts.accounting.models import (
    EntryNumber,
    MappedAccount,
    NumberSeries,
    PeriodClosing,
)
from marketplace.payouts.ledger.models import Account, Book, Entry, LedgerTransaction
from marketplace.payouts.papers.models import CommissionInvoice, PaperKind
from marketplace.payouts.reconciliation.models import Difference
from vendors.models import BankAccount, Cooperative, Programme
from vendors.scoping import ScopedModel

__all__ = [
    "Account",
    "Book",
    "CommissionInvoice",
    "Difference",
    "Entry",
    "EntryNumber",
    "LedgerTransaction",
    "MappedAccount",
    "NumberSeries",
    "PaperKind",
    "PeriodClosing",
]


class CommissionRule(UUIDModel):
    """What the programme keeps of a sale, from a day on, in basis points (1200 = 12 %).

    The most exact rule wins (``commissions.rank``). ``tiers`` are pairs of a monthly volume and a
    rate: the last tier that the cooperative's volume of the month before reaches counts.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.PROTECT, related_name="commission_rules"
    )
    cooperative_id = models.UUIDField(null=True)
    category_slug = models.SlugField(max_length=80, blank=True)
    phase = models.PositiveSmallIntegerField(null=True)
    market = models.CharField(max_length=8, blank=True)
    rate_bp = models.PositiveIntegerField()
    # [[volume in minor units of the programme's currency, rate in basis points], …], ascending
    tiers = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="commission_below_the_whole", condition=Q(rate_bp__lte=10_000)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rate_bp} bp from {self.valid_from}"


class Sale(ScopedModel):
    """A vendor order as accounting sees it; ``id`` is the vendor order's.

    The last group is a projection of the facts, for statements and indicators.
    """

    id = models.UUIDField(primary_key=True)
    order_id = models.UUIDField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="sales")
    currency = models.CharField(max_length=3)
    payment_method = models.CharField(max_length=8, blank=True)
    # Where the goods went; empty until the order itself is known.
    country_code = models.CharField(max_length=2, blank=True)
    # Frozen when the share is first released, for a cooperative paid in another currency.
    payout_currency = models.CharField(max_length=3, blank=True)
    payout_rate = models.DecimalField(max_digits=18, decimal_places=9, null=True)
    payout_rate_on = models.DateField(null=True)

    placed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    delivered_on = models.DateField(null=True, db_index=True)
    # Delivered goods less refunds, commission on them, and the goods in the programme's currency.
    kept_minor = models.BigIntegerField(default=0)
    commission_minor = models.BigIntegerField(default=0)
    kept_base_minor = models.BigIntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["programme", "delivered_on"])]

    def __str__(self) -> str:
        return str(self.id)


class SaleFact(AppendOnlyModel, ScopedModel):
    """Something that happened to a sale, kept once, in whichever order it was heard."""

    scope_path: ClassVar[str] = "sale__cooperative"

    id = models.BigAutoField(primary_key=True)
    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="facts")
    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=20)
    goods_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()
    # [[line id, quantity, amount in minor units], …]
    lines = models.JSONField(default=list)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.key


class FrozenCommission(AppendOnlyModel, ScopedModel):
    """The commission of one line as agreed when the order was placed."""

    scope_path: ClassVar[str] = "sale__cooperative"

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="commissions")
    line_id = models.UUIDField(unique=True)
    position = models.PositiveSmallIntegerField()
    category_slug = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    total_minor = models.BigIntegerField()
    rate_bp = models.PositiveIntegerField()
    # VAT on the commission, as on the day of the order: in it, or on top of it.
    vat_bp = models.PositiveIntegerField(default=0)
    vat_included = models.BooleanField(default=False)
    rule = models.ForeignKey(CommissionRule, null=True, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.rate_bp} bp of {self.total_minor}"


class Provider(models.TextChoices):
    """By which way a run is paid; each cooperative has one (see ``PayoutRoute``)."""

    BANK_BATCH = "bank_batch", _("bank file")
    STRIPE_TRANSFER = "stripe_transfer", _("transfer to a Stripe account")
    STRIPE_GLOBAL_PAYOUT = "stripe_global_payout", _("Stripe global payout")
    MANUAL = "manual", _("by hand")


# These are paid by calls of ours, the others by people.
BY_STRIPE = frozenset({Provider.STRIPE_TRANSFER, Provider.STRIPE_GLOBAL_PAYOUT})


class RunState(models.TextChoices):
    """Where a payout run stands."""

    DRAFT = "draft", _("prepared by the clock, waits for a person")
    PREPARED = "prepared", _("waiting for approval")
    SENT_BACK = "sent_back", _("sent back to the preparer")
    APPROVED = "approved", _("approved")
    FILED = "filed", _("bank file made")
    SENT = "sent", _("sent to the bank")
    ACCEPTED = "accepted", _("accepted by the bank")
    SETTLED = "settled", _("settled")
    RETURNED = "returned", _("sent back by the bank")


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
    # SHA-256 of the lines to pay and their accounts, as prepared; approval holds for these alone.
    lines_hash = models.CharField(max_length=64)
    execution_on = models.DateField()
    # Empty for a draft that the clock prepared, until a person stands for it.
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
    # Why the provider does not go on, for example too little in the balance; empty if it does.
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
                name="payout_stood_for_by_a_person",
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
    """What became of a cooperative's line in a run."""

    READY = "ready", _("ready")
    HELD = "held", _("held")
    CARRIED = "carried", _("carried over")
    SETTLED = "settled", _("settled")
    RETURNED = "returned", _("sent back by the bank")
    FREED = "freed", _("taken out")


class Reason(models.TextChoices):
    """Why a line is not paid in this run."""

    NO_ACCOUNT = "no_account", _("no bank account")
    ACCOUNT_UNCONFIRMED = "account_unconfirmed", _("bank account to confirm")
    ACCOUNT_RECENT = "account_recent", _("bank account is new")
    RETURNED_BEFORE = "returned_before", _("bank sent the last payment back")
    NAME_NOT_LATIN = "name_not_latin", _("legal name in Latin letters is missing")
    OTHER_CURRENCY = "other_currency", _("paid in another currency")
    NEGATIVE = "negative", _("balance below zero after refunds")
    BELOW_MINIMUM = "below_minimum", _("below the smallest payment")
    NO_TERMS = "no_terms", _("no payment rule for this currency")
    ON_HOLD = "on_hold", _("held by the programme")
    RESTING = "resting", _("kept back for returns")
    NO_ROUTE = "no_route", _("no account with the provider")
    NOT_SERVED = "not_served", _("the provider does not pay into this country")


class PayoutLine(UUIDModel, ScopedModel):
    """One cooperative in a run; its amount and account never change (a trigger holds it)."""

    run = models.ForeignKey(PayoutRun, on_delete=models.PROTECT, related_name="lines")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()
    # What the amount is made of since the last payout, for the reader.
    sale_count = models.PositiveIntegerField(default=0)
    gross_minor = models.BigIntegerField(default=0)
    commission_minor = models.BigIntegerField(default=0)
    # Of what was available: kept back by the rules for returns, and taken for earlier refunds.
    kept_back_minor = models.BigIntegerField(default=0)
    recovered_minor = models.BigIntegerField(default=0)
    bank_account = models.ForeignKey(
        BankAccount, null=True, on_delete=models.PROTECT, related_name="+"
    )
    holder_name = models.CharField(max_length=140, blank=True)
    account_number = EncryptedTextField(blank=True)
    account_digits = models.CharField(max_length=4, blank=True)
    account_bic = models.CharField(max_length=11, blank=True)
    account_country = models.CharField(max_length=2, blank=True)
    # The provider's name for where it pays: a Stripe account, a recipient; empty for a bank file.
    destination = models.CharField(max_length=80, blank=True)
    end_to_end_id = models.CharField(max_length=35)
    # Written before the provider is called; what it answered; how often it refused for sure.
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
        ]

    def __str__(self) -> str:
        return self.end_to_end_id

    @property
    def account_ending(self) -> str:
        """How an account is shown: its last digits only."""
        return f"···{self.account_digits}" if self.account_digits else ""


class FileFormat(models.TextChoices):
    """How the bank is told."""

    CSV = "csv", "CSV"
    PAIN = "pain001", "ISO 20022 pain.001.001.09"
    PAIN_OLD = "pain00103", "ISO 20022 pain.001.001.03"


class BankFile(AppendOnlyModel, UUIDModel):
    """A bank file as made, once: encrypted (base 64 Fernet), with the hash of its plain bytes."""

    run = models.ForeignKey(PayoutRun, on_delete=models.PROTECT, related_name="bank_files")
    format = models.CharField(max_length=12, choices=FileFormat)
    name = models.CharField(max_length=80)
    message_id = models.CharField(max_length=35)
    content = EncryptedTextField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["run", "format"], name="bank_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class PayoutRoute(ScopedModel):
    """By which provider a cooperative is paid, once it is not its country's usual way."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="payout_routes"
    )
    provider = models.CharField(max_length=20, choices=Provider)
    destination = models.CharField(max_length=80, blank=True)
    valid_from = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(replaced_at__isnull=True),
                name="one_current_payout_route",
            ),
            models.CheckConstraint(
                name="payout_route_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("added_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.destination}"


class PayoutHold(ScopedModel):
    """The programme pays a cooperative nothing for a while, for a reason that is told."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="payout_holds"
    )
    reason = models.CharField(max_length=200)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(lifted_at__isnull=True),
                name="one_open_payout_hold",
            )
        ]

    def __str__(self) -> str:
        return f"hold on {self.cooperative_id}"


class DueOutcome(models.TextChoices):
    """What came of a day on which a payout was due."""

    PREPARED = "prepared", _("a draft was prepared")
    NOTHING = "nothing", _("nobody had an amount to pay")
    NO_TERMS = "no_terms", _("no payment rule is known")


class DuePayout(models.Model):
    """A day on which the schedule wanted a payout, and what came of it: each day once."""

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


class AnswerKind(models.TextChoices):
    """In which form the bank answers."""

    PAIN002 = "pain002", "ISO 20022 pain.002"
    CAMT053 = "camt053", "ISO 20022 camt.053"
    CSV = "csv", "CSV"


class BankAnswer(AppendOnlyModel, UUIDModel):
    """A file in which the bank answered, kept as it came (encrypted) under its hash, taken once."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="bank_answers")
    kind = models.CharField(max_length=8, choices=AnswerKind)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    content = EncryptedTextField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "sha256"], name="bank_answer_once")
        ]

    def __str__(self) -> str:
        return self.name


class StagedAnswer(UUIDModel):
    """A bank's file that somebody looks at before it is taken; encrypted, forgotten after a day."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    content = EncryptedTextField()
    staged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    staged_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.name


class Verdict(models.TextChoices):
    """What the bank says of one payment."""

    ACCEPTED = "accepted", _("accepted")
    SETTLED = "settled", _("paid")
    RETURNED = "returned", _("sent back")


class Outcome(models.TextChoices):
    """What taking a bank's word did."""

    APPLIED = "applied", _("noted")
    KNOWN = "known", _("was known")
    UNMATCHED = "unmatched", _("belongs to no payout")
    DIFFERENT = "different", _("another amount than was ordered")
    TOO_EARLY = "too_early", _("the payout was not sent yet")


class BankAnswerItem(AppendOnlyModel):
    """One payment that an answer names, and what became of its word."""

    answer = models.ForeignKey(BankAnswer, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    end_to_end_id = models.CharField(max_length=35)
    amount_minor = models.BigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome)
    line_id = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["answer", "position"], name="bank_answer_item_once")
        ]

    def __str__(self) -> str:
        return f"{self.end_to_end_id}: {self.verdict}"
