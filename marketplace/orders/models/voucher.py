"""Vouchers: what a code takes off which goods, who bears it, and who has used it."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import UUIDModel
from marketplace.orders.models.checkout import CheckoutAttempt
from marketplace.orders.models.vendor_order import DiscountBearer
from vendors.models import Programme


class VoucherKind(models.TextChoices):
    """How a voucher's value is meant."""

    PERCENT = "percent", _("a percentage")
    AMOUNT = "amount", _("an amount off each piece")


class VoucherState(models.TextChoices):
    """Whether a voucher can be used within its period."""

    PROPOSED = "proposed", _("waits for a second person")
    OPEN = "open", _("can be used")
    STOPPED = "stopped", _("stopped")


class Voucher(UUIDModel):
    """A voucher for the goods of one cooperative, of a region, or of a programme.

    ``cooperative_id`` names the one cooperative, else ``region_code`` the region of the programme;
    with neither it is for all of the programme. What it takes off is ``percent`` of each line, or
    the amount of the market off each piece (``VoucherMarket``).
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    cooperative_id = models.UUIDField(null=True)
    region_code = models.CharField(max_length=8, blank=True)
    code = models.CharField(max_length=24, unique=True)
    name = models.CharField(max_length=80, blank=True)
    bearer = models.CharField(max_length=11, choices=DiscountBearer)
    kind = models.CharField(max_length=7, choices=VoucherKind)
    percent = models.PositiveSmallIntegerField(null=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    most_uses = models.PositiveIntegerField(null=True)
    once_per_buyer = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=VoucherState)
    created_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["programme", "-created_at"]),
            models.Index(fields=["cooperative_id", "-created_at"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="voucher_percent_within_bounds",
                condition=Q(kind="amount", percent=None) | Q(percent__range=(1, 90)),
            ),
            models.CheckConstraint(
                name="voucher_ends_after_it_starts", condition=Q(ends_at__gt=models.F("starts_at"))
            ),
            models.CheckConstraint(
                name="voucher_of_a_cooperative_names_it",
                condition=~Q(bearer="cooperative") | Q(cooperative_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_over(self) -> bool:
        """Whether its period is over, or it was stopped."""
        return self.state == VoucherState.STOPPED or self.ends_at <= timezone.now()

    @property
    def last_moment(self) -> datetime:
        """The last moment at which it holds: on its last day."""
        return self.ends_at - timedelta(seconds=1)

    @property
    def is_borne_by_others(self) -> bool:
        """Whether the cooperative gets its full price."""
        return self.bearer != DiscountBearer.COOPERATIVE


class VoucherMarket(models.Model):
    """A market in which a voucher can be used; minor units of its ``currency``.

    ``amount_minor`` is off each piece, for vouchers of that kind; the goods it is for must cost
    ``least_minor`` together.
    """

    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="markets")
    market = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField(null=True)
    least_minor = models.BigIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["market"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["voucher", "market"], name="voucher_market_once"),
            models.CheckConstraint(
                name="voucher_amounts_positive",
                condition=(Q(amount_minor=None) | Q(amount_minor__gt=0)) & Q(least_minor__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.voucher_id} in {self.market}"


class VoucherUse(models.Model):
    """A use of a voucher: taken when its payment begins, kept once the order is placed.

    ``contacts`` are keyed hashes of the buyer's telephone number and e-mail address.
    """

    attempt_id: UUID | None

    voucher = models.ForeignKey(Voucher, on_delete=models.PROTECT, related_name="uses")
    attempt = models.OneToOneField(
        CheckoutAttempt, null=True, on_delete=models.SET_NULL, related_name="voucher_use"
    )
    order_id = models.UUIDField(unique=True)
    contacts = ArrayField(models.CharField(max_length=64), default=list)
    taken_at = models.DateTimeField()
    is_placed = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["voucher", "is_placed"])]

    def __str__(self) -> str:
        return f"use of {self.voucher_id}"
