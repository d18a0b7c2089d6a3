"""Users (staff and customers) and addresses."""

import uuid
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.crypto import get_random_string

from marketplace.embedded.models.base import EngineModel, WithExternalReference, WithMetadata
from marketplace.embedded.permissions import ALL_PERMISSIONS


def _token_key() -> str:
    return get_random_string(12)


class Address(WithMetadata):
    """A postal address; `country` is an ISO 3166 alpha-2 code."""

    FIELDS = (
        "first_name",
        "last_name",
        "company_name",
        "street_address_1",
        "street_address_2",
        "city",
        "city_area",
        "postal_code",
        "country",
        "country_area",
        "phone",
    )
    first_name = models.CharField(max_length=256, blank=True)
    last_name = models.CharField(max_length=256, blank=True)
    company_name = models.CharField(max_length=256, blank=True)
    street_address_1 = models.CharField(max_length=256, blank=True)
    street_address_2 = models.CharField(max_length=256, blank=True)
    city = models.CharField(max_length=256, blank=True)
    city_area = models.CharField(max_length=128, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=2)
    country_area = models.CharField(max_length=128, blank=True)
    phone = models.CharField(max_length=32, blank=True)

    def as_data(self) -> dict[str, Any]:
        """Return the address's own fields, without id and metadata."""
        return {name: getattr(self, name) for name in self.FIELDS}

    def copy(self) -> "Address":
        """Save and return a copy; an order has addresses of its own."""
        return Address.objects.create(**self.as_data())


class User(WithMetadata, WithExternalReference):
    """A staff member or a customer of the engine (never a Django account of the marketplace)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    email = models.EmailField(unique=True)
    password = models.CharField(max_length=128, blank=True)
    first_name = models.CharField(max_length=256, blank=True)
    last_name = models.CharField(max_length=256, blank=True)
    is_staff = models.BooleanField(default=False)
    is_superuser = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    is_confirmed = models.BooleanField(default=True)
    permissions = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    language_code = models.CharField(max_length=35, default="en")
    note = models.TextField(blank=True)
    jwt_token_key = models.CharField(max_length=12, default=_token_key)
    date_joined = models.DateTimeField(default=timezone.now)
    last_login = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(auto_now=True)
    addresses = models.ManyToManyField(Address, related_name="users", blank=True)
    default_shipping_address = models.ForeignKey(
        Address, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    default_billing_address = models.ForeignKey(
        Address, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(EngineModel.Meta):
        ordering = ("email",)
        verbose_name = "engine user"

    @property
    def effective_permissions(self) -> frozenset[str]:
        return ALL_PERMISSIONS if self.is_superuser else frozenset(self.permissions)

    def set_password(self, raw: str) -> None:
        self.password = make_password(raw)

    def check_password(self, raw: str) -> bool:
        return check_password(raw, self.password)
