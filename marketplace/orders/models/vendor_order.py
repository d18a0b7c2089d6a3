"""Vendor orders: the part of an order that one cooperative sells."""

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import UUIDModel
from marketplace.orders.models.order import Order
from marketplace.orders.reasons import reason_in_words
from vendors.models import Cooperative, Programme
from vendors.scoping import ScopedModel


class VendorOrderState(models.TextChoices):
    """The states of a vendor order."""

    PLACED = "placed", _("new")
    CONFIRMED = "confirmed", _("being prepared")
    PART_SHIPPED = "part_shipped", _("partly sent")
    SHIPPED = "shipped", _("on its way")
    DELIVERED = "delivered", _("delivered")
    CANCELLED = "cancelled", _("cancelled")


class DiscountBearer(models.TextChoices):
    """Who bears what a voucher takes off."""

    COOPERATIVE = "cooperative", _("the cooperative")
    REGION = "region", _("the region")
    PROGRAMME = "programme", _("the programme")


class VendorOrder(UUIDModel, ScopedModel):
    """What one cooperative sells in one order.

    ``goods_minor`` and ``shipping_minor`` are minor units of ``currency`` with taxes included;
    ``tax_minor`` is the part of ``goods_minor`` that is tax. ``waived_minor`` is the carrier's
    price, where the cooperative made delivery free. Frozen when the order is placed.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="vendor_orders")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=24, unique=True)
    state = models.CharField(
        max_length=14, choices=VendorOrderState, default=VendorOrderState.PLACED
    )
    currency = models.CharField(max_length=3)
    goods_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()
    waived_minor = models.BigIntegerField(default=0)
    # What a voucher took off the goods, which ``goods_minor`` is without, and who bears it.
    discount_minor = models.BigIntegerField(default=0)
    voucher_code = models.CharField(max_length=255, blank=True)
    discount_by = models.CharField(max_length=11, choices=DiscountBearer, blank=True)
    placed_at = models.DateTimeField()
    ship_by_on = models.DateField()
    promised_from_on = models.DateField(null=True)
    promised_to_on = models.DateField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = models.CharField(max_length=200, blank=True)
    notified_at = models.DateTimeField(null=True)
    # Since when the engine is known to have sold beyond the stock (see stock_check).
    short_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["order", "cooperative"], name="one_vendor_order_a_cooperative"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cooperative", "state", "-placed_at"]),
            models.Index(fields=["programme", "state", "-placed_at"]),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def why_cancelled(self) -> str:
        """The reason in the reader's words; empty when none is known."""
        return reason_in_words(self.cancel_reason)

    @property
    def total_minor(self) -> int:
        """Goods and delivery."""
        return int(self.goods_minor + self.shipping_minor)

    @property
    def refused_minor(self) -> int:
        """The price of what the cooperative cannot deliver of the goods."""
        return int(sum(line.refused_minor for line in self.lines.all()))

    @property
    def kept_goods_minor(self) -> int:
        """The goods without what cannot be delivered."""
        return int(self.goods_minor - self.refused_minor)

    @property
    def kept_total_minor(self) -> int:
        """Goods without what cannot be delivered, and delivery."""
        return int(self.total_minor - self.refused_minor)

    @property
    def kept_off_minor(self) -> int:
        """What a voucher took off the goods that are delivered, below zero."""
        before = sum(line.kept_before_discount_minor for line in self.lines.all())
        return int(self.kept_goods_minor - before)

    @property
    def before_discount_minor(self) -> int:
        """What the goods cost without a voucher."""
        return int(self.goods_minor + self.discount_minor)

    @property
    def off_minor(self) -> int:
        """What a voucher took off the goods, below zero."""
        return -int(self.discount_minor)

    @property
    def is_discount_ours(self) -> bool:
        """Whether the cooperative gets what a voucher took off."""
        return bool(self.discount_by) and self.discount_by != DiscountBearer.COOPERATIVE

    @property
    def quantities_left(self) -> dict[UUID, int]:
        """Units still to be shipped, by the line's id; only lines of which some are."""
        return {line.pk: line.quantity_left for line in self.lines.all() if line.quantity_left}


class VendorOrderLine(UUIDModel, ScopedModel):
    """A line as bought: title, price and tax of that day. Minor units of the order's currency."""

    scope_path: ClassVar[str] = "vendor_order__cooperative"

    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.CASCADE, related_name="lines")
    listing_id = models.UUIDField()
    variant_id = models.UUIDField()
    category_slug = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=250)
    titles = models.JSONField(default=dict)
    sku = models.CharField(max_length=120, blank=True)
    quantity = models.PositiveIntegerField()
    # The price of one before a voucher; ``total_minor`` is without what it took off.
    unit_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    tax_minor = models.BigIntegerField()
    tax_rate_bp = models.PositiveIntegerField(default=0)
    weight_grams = models.PositiveIntegerField(default=0)
    quantity_shipped = models.PositiveIntegerField(default=0)
    quantity_delivered = models.PositiveIntegerField(default=0)
    quantity_returned = models.PositiveIntegerField(default=0)
    quantity_refunded = models.PositiveIntegerField(default=0)
    # Units that the cooperative said it cannot deliver, before they were sent.
    quantity_refused = models.PositiveIntegerField(default=0, db_default=0)
    # Units of complaints that were not withdrawn.
    quantity_claimed = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(quantity_shipped__lte=models.F("quantity")),
                name="no_more_shipped_than_bought",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity_delivered__lte=models.F("quantity_shipped")),
                name="no_more_delivered_than_shipped",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity_refunded__lte=models.F("quantity")),
                name="no_more_refunded_than_bought",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity_refused__lte=models.F("quantity")),
                name="no_more_refused_than_bought",
            ),
            models.CheckConstraint(
                condition=models.Q(quantity_claimed__lte=models.F("quantity_delivered")),
                name="no_more_claimed_than_delivered",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.title}"

    def title_in(self, language: str) -> str:
        """The title in a language as bought, or in the language that there was."""
        return str(self.titles.get(language) or self.title)

    @property
    def local_title(self) -> str:
        """The title in the reader's language."""
        return self.title_in(get_language() or settings.BASE_LANGUAGE)

    @property
    def before_discount_minor(self) -> int:
        """What the line costs without a voucher."""
        return int(self.total_minor + self.discount_minor)

    @property
    def kept_before_discount_minor(self) -> int:
        """What the units cost without a voucher that are not refused."""
        return int(self.before_discount_minor * self.quantity_kept // self.quantity)

    @property
    def paid_unit_minor(self) -> int:
        """What one of it cost the buyer, a voucher taken off; rounded down."""
        return int(self.total_minor // self.quantity)

    @property
    def quantity_left(self) -> int:
        """The quantity still to be shipped."""
        return max(0, self.quantity - self.quantity_shipped - self.quantity_refused)

    @property
    def quantity_kept(self) -> int:
        """The quantity without what the cooperative cannot deliver."""
        return self.quantity - self.quantity_refused

    @property
    def refused_minor(self) -> int:
        """What the units cost that cannot be delivered: the last ones of the line."""
        return self.total_minor - self.total_minor * self.quantity_kept // self.quantity
