"""An order as bought: one payment, one buyer, one or several cooperatives."""

from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.markets import zone_of
from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from marketplace.orders.address import Address
from marketplace.orders.company_labels import number_label
from marketplace.orders.models.checkout import PaymentMethod


class PaymentStatus(models.TextChoices):
    """The engine's state of the payment."""

    PENDING = "pending", _("not paid yet")
    AUTHORIZED = "authorized", _("to be paid on delivery")
    PAID = "paid", _("paid")
    PART_REFUNDED = "part_refunded", _("partly refunded")
    REFUNDED = "refunded", _("refunded")


class Order(UUIDModel):
    """A buyer's order, projected once from the engine; amounts as bought, never recalculated.

    Amounts are minor units of ``currency``, taxes included. Buyer's name, phone and address are
    encrypted; ``country_code`` stays readable for shipping rules and figures.
    """

    number = models.CharField(max_length=20, unique=True)
    market = models.CharField(max_length=2)
    channel_slug = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=2)
    email = EncryptedTextField()
    # By it a buyer who proves the address finds the order (``orders.buyer_keys``).
    email_key = models.CharField(max_length=64, blank=True, db_index=True)
    phone = EncryptedTextField(blank=True)
    # By it whoever has the telephone finds the order again.
    phone_key = models.CharField(max_length=64, blank=True, db_index=True)
    # A buyer without e-mail, whose number a code has proven: what mails tell goes there.
    told_by_phone = models.BooleanField(default=False)
    name = EncryptedTextField(blank=True)
    address_json = EncryptedTextField(blank=True)
    country_code = models.CharField(max_length=2)
    region_code = models.CharField(max_length=8, blank=True)
    goods_minor = models.BigIntegerField()
    tax_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()
    total_minor = models.BigIntegerField()
    voucher_code = models.CharField(max_length=255, blank=True)
    # What the voucher took off, which ``goods_minor`` is without.
    discount_minor = models.BigIntegerField(default=0)
    # Words for whom it is given to, and to the cooperatives (``orders.gift_and_note``).
    gift_message = EncryptedTextField(blank=True)
    hides_prices = models.BooleanField(default=False)
    note = EncryptedTextField(blank=True)
    # The company that is invoiced, if one buys (``orders.company``).
    company_name = EncryptedTextField(blank=True)
    company_number = models.CharField(max_length=30, blank=True)
    purchase_order = models.CharField(max_length=40, blank=True)
    payment_method = models.CharField(max_length=6, choices=PaymentMethod)
    payment_status = models.CharField(
        max_length=14, choices=PaymentStatus, default=PaymentStatus.PENDING
    )
    placed_at = models.DateTimeField(db_index=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    cancelled_at = models.DateTimeField(null=True)
    checkout_id = models.UUIDField(null=True, unique=True)
    # The version guard: an older state of the engine's order is ignored.
    engine_updated_at = models.DateTimeField(null=True)
    confirmation_sent_at = models.DateTimeField(null=True)

    @property
    def is_reachable(self) -> bool:
        """Whether the buyer can be told something: by mail, or by messages to the phone."""
        return bool(self.email or (self.told_by_phone and self.phone))

    @property
    def awaits_transfer(self) -> bool:
        """Whether the buyer pays by bank transfer, which has not arrived."""
        return (
            self.payment_method == PaymentMethod.BANK
            and self.payment_status == PaymentStatus.PENDING
        )

    def __str__(self) -> str:
        return self.number

    @property
    def before_discount_minor(self) -> int:
        """What the goods cost without a voucher."""
        return int(self.goods_minor + self.discount_minor)

    @property
    def off_minor(self) -> int:
        """What a voucher took off the goods, below zero."""
        return -int(self.discount_minor)

    @property
    def is_gift(self) -> bool:
        """Whether somebody else than the buyer is to unpack it."""
        return bool(self.gift_message) or self.hides_prices

    @property
    def company_number_label(self) -> str:
        """What its country calls the company's number."""
        return number_label(self.country_code, self.placed_at.date())

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the market in which it was bought."""
        return zone_of(self.market)

    @property
    def address(self) -> Address | None:
        """The delivery address; empty once the personal data is erased."""
        return Address.model_validate_json(self.address_json) if self.address_json else None

    @property
    def was_charged(self) -> bool:
        """Whether the engine has the money of it, or had it before it was refunded."""
        return self.payment_status not in {PaymentStatus.PENDING, PaymentStatus.AUTHORIZED}

    @property
    def payment_in_words(self) -> str:
        """The state of the payment for a reader, by its method."""
        if self.payment_status == PaymentStatus.AUTHORIZED:
            if self.cancelled_at is not None:
                return str(_("nothing was charged"))
            if self.payment_method == PaymentMethod.CARD:
                return str(_("reserved on the card"))
        return str(self.get_payment_status_display())

    @property
    def is_paid(self) -> bool:
        """Whether it is paid, or will be on delivery."""
        return self.payment_status != PaymentStatus.PENDING


class TrackingLink(models.Model):
    """A link to an order without an account: 128 random bits, of which only a hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="tracking_links")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["expires_at"])]

    def __str__(self) -> str:
        return f"tracking link of {self.order_id}"


class CashContact(models.Model):
    """A telephone number or e-mail address that ordered with cash on delivery, as a keyed hash.

    By it an order finds earlier ones of the same buyer, whose contact is encrypted.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="cash_contacts")
    contact = models.CharField(max_length=64, db_index=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["order", "contact"], name="cash_contact_once")
        ]

    def __str__(self) -> str:
        return f"contact of {self.order_id}"
