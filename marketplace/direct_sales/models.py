"""Tables of direct sales: the sale as it stands, each change of it, and documents."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from catalog.models import ListingVariant
from marketplace.core.models import AppendOnlyModel, UUIDModel
from vendors.models import Cooperative, User
from vendors.scoping import ScopedModel


class Place(models.TextChoices):
    """Where it was sold."""

    FAIR = "fair", _("At a fair or market")
    SHOP = "shop", _("In a shop that sells for us")
    PHONE = "phone", _("By telephone")
    OWN_BUYER = "own_buyer", _("To a buyer of ours")


class PaidBy(models.TextChoices):
    """How the buyer paid the cooperative."""

    CASH = "cash", _("Cash")
    TRANSFER = "transfer", _("Transfer")


class Act(models.TextChoices):
    """What was done with a sale."""

    RECORDED = "recorded", pgettext_lazy("direct sale", "Recorded")
    CORRECTED = "corrected", pgettext_lazy("direct sale", "Corrected")
    CANCELLED = "cancelled", pgettext_lazy("direct sale", "Cancelled")


class DirectSale(UUIDModel, ScopedModel):
    """Some pieces of one product, as sold; ``key`` is the client's, so that each counts once.

    Amounts are minor units of ``currency``. ``changes`` numbers the last change. ``settled`` is the
    quantity that the stock knows of, ``taken`` how many of these the stock had to give; between
    writing to the engine and its answer ``stock_before`` and ``stock_target`` are filled in.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    variant = models.ForeignKey(ListingVariant, on_delete=models.PROTECT, related_name="+")
    # The product's names by language, and its size, when it was sold.
    names = models.JSONField()
    variant_name = models.CharField(max_length=120, blank=True)
    quantity = models.PositiveIntegerField()
    unit_price_minor = models.BigIntegerField()
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    paid_by = models.CharField(max_length=10, choices=PaidBy)
    place = models.CharField(max_length=10, choices=Place)
    sold_at = models.DateTimeField()
    # The day of it in the programme's time zone.
    sold_on = models.DateField()
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    changes = models.PositiveSmallIntegerField(default=1)

    settled = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    stock_before = models.IntegerField(null=True)
    stock_target = models.IntegerField(null=True)
    settling = models.PositiveIntegerField(null=True)
    # When the stock is to be brought up to date; empty: it is.
    stock_due_at = models.DateTimeField(null=True)
    stock_attempts = models.PositiveSmallIntegerField(default=0)
    # An interruption left open whether the stock was changed: somebody must count.
    stock_unsure_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cooperative", "key"], name="direct_sale_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1, unit_price_minor__gte=0),
                name="direct_sale_of_something",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    amount_minor=models.F("quantity") * models.F("unit_price_minor")
                ),
                name="direct_sale_adds_up",
            ),
            models.CheckConstraint(
                condition=models.Q(taken__lte=models.F("settled")),
                name="direct_sale_took_what_it_had",
            ),
            models.UniqueConstraint(
                fields=["variant"],
                condition=models.Q(stock_target__isnull=False),
                name="direct_sale_one_stock_change",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cooperative", "-sold_on"]),
            models.Index(
                fields=["stock_due_at"],
                name="direct_sale_stock_due",
                condition=models.Q(stock_due_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.variant_id} on {self.sold_on}"

    def name(self, language: str) -> str:
        """The product's name in a language, else in the base language, else in any."""
        for key in (language, settings.BASE_LANGUAGE, *self.names):
            if text := self.names.get(key):
                return str(text)
        return ""

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def counted(self) -> int:
        """The pieces that count: none of a cancelled sale."""
        return 0 if self.is_cancelled else self.quantity

    @property
    def short(self) -> int:
        """The pieces that the stock did not have, once it is up to date."""
        is_open = self.is_cancelled or self.stock_due_at is not None
        return 0 if is_open else self.settled - self.taken


class DirectSaleChange(AppendOnlyModel, UUIDModel, ScopedModel):
    """One act on a sale: who, when, why, and what it said afterwards. Never changed."""

    scope_path: ClassVar[str] = "sale__cooperative"

    sale = models.ForeignKey(DirectSale, on_delete=models.PROTECT, related_name="history")
    number = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=10, choices=Act)
    # The client's, so that the same act counts once; that of the first is the sale's own.
    key = models.UUIDField()
    reason = models.CharField(max_length=300, blank=True)
    content = models.JSONField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sale", "number"], name="direct_sale_change_numbered"),
            models.UniqueConstraint(fields=["sale", "key"], name="direct_sale_change_once"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.sale_id} #{self.number}"


class DirectSaleDocument(AppendOnlyModel, UUIDModel, ScopedModel):
    """A receipt or an invoice of a sale; its content is encrypted in the storage."""

    scope_path: ClassVar[str] = "sale__cooperative"

    sale = models.ForeignKey(DirectSale, on_delete=models.PROTECT, related_name="documents")
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    # Of the file as it is kept: the same file is kept once.
    digest = models.CharField(max_length=64)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["sale", "digest"], name="direct_sale_document_once")
        ]

    def __str__(self) -> str:
        return f"document {self.pk}"

    @property
    def stored_at(self) -> str:
        """The name of its file in the storage."""
        return f"direct-sale-documents/{self.pk}"

    @property
    def ending(self) -> str:
        """How the name of a download ends."""
        return {"application/pdf": "pdf"}.get(self.content_type, "jpg")
