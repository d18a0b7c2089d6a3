"""Payments, refunds, and the cash that carriers bring back. Amounts are minor units."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from marketplace.payments.invoices.models import BuyerPaper, BuyerPaperKind
from vendors.models import Cooperative, Programme, User
from vendors.scoping import ScopedModel

__all__ = ["BuyerPaper", "BuyerPaperKind"]


class Method(models.TextChoices):
    """How the buyer pays."""

    CARD = "card", _("card")
    CASH_ON_DELIVERY = "cod", _("cash on delivery")
    BANK = "bank", _("bank transfer")


# What is paid before anything is sent.
PREPAID = (Method.CARD, Method.BANK)


class PaymentState(models.TextChoices):
    """Where a payment stands."""

    PENDING = "pending", _("waiting for the bank")
    AUTHORIZED = "authorized", pgettext_lazy("payment", "to be paid on delivery")
    CHARGED = "charged", pgettext_lazy("payment", "paid")
    PART_REFUNDED = "part_refunded", _("refunded in part")
    REFUNDED = "refunded", pgettext_lazy("payment", "refunded")
    FAILED = "failed", _("refused")
    CANCELLED = "cancelled", pgettext_lazy("payment", "cancelled")


class Payment(UUIDModel):
    """One transaction of the engine, for one order (which may not exist yet)."""

    order_id = models.UUIDField(db_index=True)
    checkout_id = models.UUIDField(null=True, db_index=True)
    method = models.CharField(max_length=8, choices=Method)
    provider = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    # What the whole order costs: two payments together may not exceed it.
    total_minor = models.BigIntegerField()
    authorized_minor = models.BigIntegerField(default=0)
    charged_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    psp_reference = models.CharField(max_length=120, blank=True, db_index=True)
    state = models.CharField(max_length=14, choices=PaymentState, default=PaymentState.PENDING)
    created_at = models.DateTimeField(default=timezone.now)
    # When PaymentCaptured was published, once.
    captured_at = models.DateTimeField(null=True)
    # When a sweep asked for the money to go back because no order came of it.
    returned_at = models.DateTimeField(null=True)
    # When to look whether it is back.
    look_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(refunded_minor__gte=0)
                & models.Q(authorized_minor__gte=0)
                & models.Q(charged_minor__gte=0),
                name="payment_amounts_not_negative",
            ),
            models.UniqueConstraint(
                fields=["order_id"],
                condition=models.Q(captured_at__isnull=False),
                name="payment_captured_once_for_order",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["look_at"],
                condition=models.Q(look_at__isnull=False),
                name="payment_to_look_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.amount_minor} {self.currency} {self.state}"


class PaymentSplit(ScopedModel):
    """The part of a captured payment that one cooperative's vendor order stands for."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="splits")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    vendor_order_id = models.UUIDField()
    goods_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["payment", "vendor_order_id"], name="payment_split_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.vendor_order_id}: {self.goods_minor} + {self.shipping_minor}"


class RemotePayment(UUIDModel):
    """What a provider elsewhere knows a payment by. Nothing of a card is here."""

    payment = models.OneToOneField(Payment, on_delete=models.CASCADE, related_name="remote")
    # The provider's own name of the payment, once it has one.
    reference = models.CharField(max_length=120, blank=True, db_index=True)
    # A page of the provider's on which the buyer pays, while it is open.
    session = models.CharField(max_length=120, blank=True, db_index=True)
    # Where the buyer comes back to, for a page that sends them to one address only.
    return_url = models.CharField(max_length=500, blank=True)
    # How often the buyer began anew: part of the idempotency keys.
    tries = models.PositiveSmallIntegerField(default=0)
    # When it was known how it ended, and when the engine was told outside of its own question.
    settled_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.reference or self.session


class ProviderNotice(UUIDModel):
    """A provider's word that something happened: who said it was checked before it was stored.

    Only what it is about is kept; what is true is asked of the provider (or, where one cannot
    ask, stands in ``facts``, which never hold anything of a card).
    """

    provider = models.CharField(max_length=40)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    received_at = models.DateTimeField(default=timezone.now)
    look_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="provider_notice_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["look_at"],
                condition=models.Q(handled_at__isnull=True),
                name="provider_notice_to_look_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.kind} {self.subject}"


class TransferState(models.TextChoices):
    """Where an awaited bank transfer stands."""

    WAITING = "waiting", pgettext_lazy("bank transfer", "expected")
    RECEIVED = "received", pgettext_lazy("bank transfer", "received")
    EXPIRED = "expired", pgettext_lazy("bank transfer", "not received in time")


class BankTransfer(UUIDModel):
    """A buyer's transfer that we wait for, by the reference which they write on it."""

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="transfer")
    reference = models.CharField(max_length=20, unique=True)
    state = models.CharField(
        max_length=10, choices=TransferState, default=TransferState.WAITING, db_index=True
    )
    expires_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)
    # When the engine was told of its end, and an expired order was given up.
    closed_at = models.DateTimeField(null=True)
    told_buyer_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"


class BankStatement(UUIDModel):
    """A bank's file that was imported for a programme: once for each file."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    file_hash = models.CharField(max_length=64)
    account = models.CharField(max_length=40, blank=True)
    statement_ids = models.CharField(max_length=300, blank=True)
    imported_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "file_hash"], name="bank_statement_once")
        ]

    def __str__(self) -> str:
        return self.statement_ids or str(self.pk)


class EntryState(models.TextChoices):
    """What became of money that came in."""

    UNMATCHED = "unmatched", pgettext_lazy("bank entry", "not matched")
    MATCHED = "matched", pgettext_lazy("bank entry", "matched")
    SET_ASIDE = "set_aside", pgettext_lazy("bank entry", "set aside")


class BankEntry(UUIDModel):
    """Money that came in by the bank's statement. Who sent it is encrypted."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="entries")
    # The same movement in another file is the same row.
    mark = models.CharField(max_length=80)
    booked_on = models.DateField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    bank_reference = models.CharField(max_length=80, blank=True)
    remittance = models.CharField(max_length=500, blank=True)
    sender_name = EncryptedTextField(blank=True)
    sender_account = EncryptedTextField(blank=True)
    state = models.CharField(
        max_length=10, choices=EntryState, default=EntryState.UNMATCHED, db_index=True
    )
    transfer = models.ForeignKey(
        BankTransfer, null=True, on_delete=models.PROTECT, related_name="entries"
    )
    note = models.CharField(max_length=300, blank=True)
    resolved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "mark"], name="bank_entry_once")
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount_minor} {self.currency}"


class HandRefund(UUIDModel):
    """Money that staff send back by hand, at a provider's back office or by the bank."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="hand_refunds")
    key = models.CharField(max_length=120, unique=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=80, blank=True)
    # When the engine was told.
    reported_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key} {self.amount_minor} {self.currency}"


class DisputeState(models.TextChoices):
    """Where a dispute stands."""

    OPEN = "open", pgettext_lazy("dispute", "open")
    WON = "won", pgettext_lazy("dispute", "won")
    LOST = "lost", pgettext_lazy("dispute", "lost")


class PaymentDispute(UUIDModel):
    """A buyer's bank took a payment back, for now or for good."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    provider = models.CharField(max_length=40)
    reference = models.CharField(max_length=120, unique=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=6, choices=DisputeState, default=DisputeState.OPEN)
    opened_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # What of it the engine was told.
    reported = models.CharField(max_length=6, blank=True)

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"


class ProviderFact(UUIDModel):
    """A fee or payout of a provider that was told as an event: once for each key."""

    key = models.CharField(max_length=160, unique=True)
    provider = models.CharField(max_length=40)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    occurred_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class RefundState(models.TextChoices):
    """Where a refund stands."""

    REQUESTED = "requested", _("requested")
    SENT = "sent", _("sent to the bank")
    MADE = "made", pgettext_lazy("payment", "refunded")
    FAILED = "failed", _("refused")


class Refund(UUIDModel, ScopedModel):
    """Money that goes back to the buyer for some lines of one cooperative's vendor order."""

    order_id = models.UUIDField(db_index=True)
    vendor_order_id = models.UUIDField(db_index=True)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    currency = models.CharField(max_length=3)
    goods_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=RefundState, default=RefundState.REQUESTED)
    requested_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    occurred_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)
    # When to ask for it, or to look whether it was made.
    look_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(goods_minor__gte=0, shipping_minor__gte=0),
                name="refund_not_negative",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["look_at"],
                condition=models.Q(state__in=["requested", "sent"]),
                name="refund_to_look_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.goods_minor + self.shipping_minor} {self.currency} {self.state}"

    @property
    def total_minor(self) -> int:
        """Goods and delivery together, in minor units of ``currency``."""
        return self.goods_minor + self.shipping_minor

    @property
    def psp_reference(self) -> str:
        """The reference under which the provider knows this refund: the same at every attempt."""
        return f"twiza-refund-{self.pk.hex}"


class RefundLine(ScopedModel):
    """How many units of a vendor order's line are refunded, and for how much."""

    scope_path: ClassVar[str] = "refund__cooperative"

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    line_id = models.UUIDField(db_index=True)
    quantity = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"


class TestCharge(UUIDModel):
    """The test provider's own book: what its pretended bank answered. No card number, ever."""

    __test__ = False

    payment = models.OneToOneField(Payment, on_delete=models.CASCADE, related_name="test_charge")
    outcome = models.CharField(max_length=20)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.outcome} {self.amount_minor} {self.currency}"


class Remittance(UUIDModel):
    """A carrier's statement of the cash it collected at doors and has now paid to the programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    carrier = models.CharField(max_length=60)
    reference = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)
    total_minor = models.BigIntegerField()
    received_on = models.DateField()
    file_hash = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "carrier", "reference"], name="remittance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.reference}"


class RemittanceLine(UUIDModel, ScopedModel):
    """The cash of one cooperative's vendor order, brought back by the carrier."""

    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="lines")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    vendor_order_id = models.UUIDField(unique=True)
    goods_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()
    # When the engine's promised payment was charged by this cash.
    charged_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.vendor_order_id}: {self.goods_minor} + {self.shipping_minor}"


class CashLimit(UUIDModel):
    """Up to how much a programme lets be paid at the door, from a day on; 0: nothing.

    An empty region or cooperative (its slug) stands for all of them. ``most_minor`` is minor units
    of ``currency``, for the whole of an order. Rows are ended, never changed.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cash_limits")
    currency = models.CharField(max_length=3)
    region_code = models.CharField(max_length=8, blank=True)
    cooperative_slug = models.CharField(max_length=80, blank=True)
    most_minor = models.BigIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="cash_limit_not_negative", condition=models.Q(most_minor__gte=0)
            ),
            models.UniqueConstraint(
                fields=["programme", "currency", "region_code", "cooperative_slug", "valid_from"],
                name="cash_limit_once_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["programme", "-valid_from"])]

    def __str__(self) -> str:
        return f"{self.most_minor} {self.currency} {self.region_code} {self.cooperative_slug}"
