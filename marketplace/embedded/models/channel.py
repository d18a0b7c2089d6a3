"""Channels, each with one currency, and their tax configuration."""

from django.db import models

from marketplace.embedded.models.app import App
from marketplace.embedded.models.base import EngineModel, WithMetadata


class Channel(WithMetadata):
    """A sales channel with its currency; orders expire after minutes, are deleted after days."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True)
    is_active = models.BooleanField(default=False)
    currency_code = models.CharField(max_length=3)
    default_country = models.CharField(max_length=2)
    allocation_strategy = models.CharField(max_length=30, default="PRIORITIZE_SORTING_ORDER")
    default_transaction_flow_strategy = models.CharField(max_length=20, default="CHARGE")
    automatically_confirm_all_new_orders = models.BooleanField(default=True)
    automatically_fulfill_non_shippable_gift_card = models.BooleanField(default=True)
    allow_unpaid_orders = models.BooleanField(default=False)
    mark_as_paid_strategy = models.CharField(max_length=20, default="PAYMENT_FLOW")
    expire_orders_after = models.PositiveIntegerField(null=True)
    delete_expired_orders_after = models.PositiveIntegerField(default=60)
    use_legacy_error_flow = models.BooleanField(default=True)
    automatically_complete_fully_paid_checkouts = models.BooleanField(default=False)

    class Meta(EngineModel.Meta):
        ordering = ("slug",)


class TaxConfiguration(WithMetadata):
    """How a channel's taxes are calculated."""

    channel = models.OneToOneField(
        Channel, on_delete=models.CASCADE, related_name="tax_configuration"
    )
    charge_taxes = models.BooleanField(default=True)
    tax_calculation_strategy = models.CharField(max_length=20, null=True, default="FLAT_RATES")
    display_gross_prices = models.BooleanField(default=True)
    prices_entered_with_tax = models.BooleanField(default=True)
    tax_app_id = models.CharField(max_length=256, null=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)

    def tax_app(self) -> App | None:
        """Return the App that calculates the taxes: the named one, else the first active one."""
        if not self.charge_taxes or self.tax_calculation_strategy != "TAX_APP":
            return None
        apps = App.objects.filter(is_active=True, permissions__contains=["HANDLE_TAXES"])
        if self.tax_app_id:
            apps = apps.filter(identifier=self.tax_app_id)
        return apps.order_by("-pk").first() if self.tax_app_id else apps.first()


class TaxClass(WithMetadata):
    """A tax class; it has no rates, since our App calculates the taxes."""

    name = models.CharField(max_length=255)

    class Meta(EngineModel.Meta):
        ordering = ("name", "pk")
