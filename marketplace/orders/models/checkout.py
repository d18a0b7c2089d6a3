"""An attempt to buy a basket, written before the engine is called, so that it can be resumed."""

import uuid
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from marketplace.orders.address import Address
from marketplace.orders.models.basket import Basket
from marketplace.orders.models.price_offer import PriceOffer


class CheckoutState(models.TextChoices):
    """How far an attempt is; at ``completing`` the engine may already have the order."""

    STARTED = "started", _("started")
    OPEN = "open", _("stock reserved")
    DELIVERY_CHOSEN = "delivery_chosen", _("delivery chosen")
    PAYING = "paying", _("being paid")
    PAID = "paid", _("paid or authorised")
    COMPLETING = "completing", _("being placed")
    COMPLETED = "completed", _("placed")
    GIVEN_UP = "given_up", _("abandoned")


# An attempt that the buyer may still change, and one whose payment has begun.
CHANGEABLE = (CheckoutState.STARTED, CheckoutState.OPEN, CheckoutState.DELIVERY_CHOSEN)
PAYMENT_BEGUN = (CheckoutState.PAYING, CheckoutState.PAID, CheckoutState.COMPLETING)


class PaymentMethod(models.TextChoices):
    """How the buyer pays."""

    CARD = "card", _("card")
    CASH = "cod", _("cash on delivery")
    BANK = "bank", _("bank transfer")


class CheckoutAttempt(UUIDModel):
    """An attempt to buy. ``order_id`` is the id that the order will have, known from the start.

    Amounts are minor units of ``currency``. The address is encrypted; the engine's ids are in the
    id map under ``checkout_id`` (kind CHECKOUT) and ``transaction_id`` (kind TRANSACTION).
    """

    basket = models.ForeignKey(
        Basket, null=True, on_delete=models.SET_NULL, related_name="attempts"
    )
    state = models.CharField(max_length=16, choices=CheckoutState, default=CheckoutState.STARTED)
    market = models.CharField(max_length=2)
    channel_slug = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=2)
    email = EncryptedTextField()
    phone = EncryptedTextField()
    address_json = EncryptedTextField()
    # Each an `AttemptLine`, and an `AttemptOption` (`attempt_data.py`).
    lines = models.JSONField(default=list)
    order_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    checkout_id = models.UUIDField(null=True, unique=True)
    transaction_id = models.UUIDField(null=True)
    payment_method = models.CharField(max_length=6, choices=PaymentMethod, blank=True)
    # Sent with the payment, so that a repeated request charges once.
    payment_key = models.UUIDField(null=True)
    options = models.JSONField(default=list)
    delivery_option = models.CharField(max_length=40, blank=True)
    # From which sums cooperatives deliver for free, as promised at its beginning: minor units by
    # cooperative (``orders.free_delivery``).
    free_from = models.JSONField(null=True)
    # Which offers to collect hold since its beginning: id by cooperative (``orders.pickup``).
    pickups = models.JSONField(null=True)
    goods_minor = models.BigIntegerField(default=0)
    shipping_minor = models.BigIntegerField(default=0)
    tax_minor = models.BigIntegerField(default=0)
    total_minor = models.BigIntegerField(default=0)
    # The offer at whose price it is bought, in place of the usual one.
    price_offer = models.ForeignKey(
        PriceOffer, null=True, on_delete=models.SET_NULL, related_name="attempts"
    )
    voucher_code = models.CharField(max_length=24, blank=True)
    # What the voucher takes off, which ``goods_minor`` is without.
    discount_minor = models.BigIntegerField(default=0)
    # See ``orders.gift_and_note``.
    gift_message = EncryptedTextField(blank=True)
    hides_prices = models.BooleanField(default=False)
    note = EncryptedTextField(blank=True)
    # See ``orders.company``.
    company_name = EncryptedTextField(blank=True)
    company_number = models.CharField(max_length=30, blank=True)
    purchase_order = models.CharField(max_length=40, blank=True)
    reserved_until = models.DateTimeField(null=True)
    # Keyed hashes: where the buyer came from, the code mailed to confirm a cash order, and the
    # contact that a code has confirmed.
    seen_from = models.CharField(max_length=64, blank=True)
    cash_code = models.CharField(max_length=64, blank=True)
    cash_code_until = models.DateTimeField(null=True)
    confirmed_contact = models.CharField(max_length=64, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "updated_at"])]

    def __str__(self) -> str:
        return f"checkout {self.pk} ({self.state})"

    @property
    def address(self) -> Address:
        """The delivery address."""
        return Address.model_validate_json(self.address_json)


class TaxQuote(models.Model):
    """What we last answered that a checkout costs with taxes: nobody is charged more.

    ``checkout_id`` is ours (kind CHECKOUT of the id map). Amounts in minor units of ``currency``.
    The engine says what the checkout held by then and where it is sent: whoever knows its id
    changes both there, without us.
    """

    checkout_id = models.UUIDField(primary_key=True)
    currency = models.CharField(max_length=3)
    goods_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    # Whose the lines are; empty when one of them is not in our catalogue.
    cooperative_ids = ArrayField(models.UUIDField(), default=list)
    country_code = models.CharField(max_length=2, blank=True)
    quoted_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.goods_minor + self.shipping_minor} {self.currency} for {self.checkout_id}"

    @property
    def total_minor(self) -> int:
        """Items and delivery, taxes included."""
        return self.goods_minor + self.shipping_minor
