"""The shop's settings, and the keys that it signs with."""

from django.db import models
from django.utils import timezone

from marketplace.embedded.models.account import Address
from marketplace.embedded.models.base import EngineModel, WithMetadata
from marketplace.embedded.request_cache import get_or_load


class Shop(WithMetadata):
    """The one row of shop-wide settings (durations in minutes)."""

    name = models.CharField(max_length=255, default="Twiza")
    domain = models.CharField(max_length=255, default="engine.twiza.internal")
    description = models.TextField(blank=True)
    header_text = models.CharField(max_length=200, blank=True)
    default_country = models.CharField(max_length=2, default="MA")
    default_weight_unit = models.CharField(max_length=10, default="KG")
    default_mail_sender_name = models.CharField(max_length=78, blank=True)
    default_mail_sender_address = models.EmailField(blank=True)
    track_inventory_by_default = models.BooleanField(default=True)
    fulfillment_auto_approve = models.BooleanField(default=True)
    fulfillment_allow_unpaid = models.BooleanField(default=True)
    reserve_stock_duration_anonymous_user = models.PositiveIntegerField(null=True)
    reserve_stock_duration_authenticated_user = models.PositiveIntegerField(null=True)
    limit_quantity_per_checkout = models.PositiveIntegerField(null=True, default=50)
    enable_account_confirmation_by_email = models.BooleanField(default=False)
    allow_login_without_confirmation = models.BooleanField(default=True)
    customer_set_password_url = models.CharField(max_length=255, blank=True)
    use_legacy_shipping_zone_stock_availability = models.BooleanField(default=True)
    company_address = models.ForeignKey(Address, null=True, on_delete=models.SET_NULL)

    @classmethod
    def current(cls) -> "Shop":
        """Return the shop's row, creating one with defaults where there was no bootstrap."""
        return get_or_load(cls, lambda: cls.objects.order_by("pk").first() or cls.objects.create())


class SigningKey(EngineModel):
    """An RSA private key (PEM); the newest signs, all are published."""

    kid = models.CharField(max_length=64, unique=True)
    private_pem = models.TextField()
    created_at = models.DateTimeField(default=timezone.now)

    class Meta(EngineModel.Meta):
        ordering = ("-pk",)
