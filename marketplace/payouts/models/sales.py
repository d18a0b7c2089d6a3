"""Commission rules, sales, their facts, and the commission frozen with each line."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from marketplace.core.models import AppendOnlyModel, UUIDModel
from vendors.models import Cooperative, Programme
from vendors.scoping import ScopedModel


class CommissionRule(UUIDModel):
    """The commission on sales from a day on, in basis points (1200 = 12 %).

    The most specific rule applies (``commission_rules.rank``). ``tiers`` are pairs of a monthly
    sales volume and a rate: the highest tier reached in the month before applies.
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
    """A vendor order for accounting; ``id`` is the vendor order's.

    The last group of columns is computed from the facts, for statements and indicators.
    """

    id = models.UUIDField(primary_key=True)
    order_id = models.UUIDField()
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="sales")
    currency = models.CharField(max_length=3)
    payment_method = models.CharField(max_length=8, blank=True)
    # Country of delivery; empty until the order itself is recorded.
    country_code = models.CharField(max_length=2, blank=True)
    # Fixed at the first release, for a cooperative paid in another currency.
    payout_currency = models.CharField(max_length=3, blank=True)
    payout_rate = models.DecimalField(max_digits=18, decimal_places=9, null=True)
    payout_rate_on = models.DateField(null=True)

    placed_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    delivered_on = models.DateField(null=True, db_index=True)
    # Delivered goods less refunds, commission on them, and the goods in the programme's currency.
    net_goods_minor = models.BigIntegerField(default=0)
    commission_minor = models.BigIntegerField(default=0)
    net_goods_base_minor = models.BigIntegerField(default=0)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["programme", "delivered_on"])]

    def __str__(self) -> str:
        return str(self.id)


class SaleFact(AppendOnlyModel, ScopedModel):
    """A fact about a sale, recorded once, in any order."""

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
    """The commission of an order line as of the placing of the order."""

    scope_path: ClassVar[str] = "sale__cooperative"

    sale = models.ForeignKey(Sale, on_delete=models.PROTECT, related_name="commissions")
    line_id = models.UUIDField(unique=True)
    position = models.PositiveSmallIntegerField()
    category_slug = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    total_minor = models.BigIntegerField()
    rate_bp = models.PositiveIntegerField()
    # VAT on the commission as of the day of the order: included, or added.
    vat_bp = models.PositiveIntegerField(default=0)
    vat_included = models.BooleanField(default=False)
    # What a voucher took off the line that the cooperative does not bear, and who does.
    voucher_minor = models.BigIntegerField(default=0)
    voucher_by = models.CharField(max_length=11, blank=True, default="")
    rule = models.ForeignKey(CommissionRule, null=True, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.rate_bp} bp of {self.total_minor}"
