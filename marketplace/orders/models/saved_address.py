"""Delivery addresses that a buyer keeps in an account."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from marketplace.orders.address import Address


class SavedAddress(UUIDModel):
    """An address with its name and phone, encrypted; one of an account's is the default."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_addresses"
    )
    # What the buyer calls it, such as "Home"; may be empty.
    label = EncryptedTextField(blank=True)
    address_json = EncryptedTextField()
    # Readable, to know which market delivers there.
    country_code = models.CharField(max_length=2)
    is_default = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-is_default", "saved_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(is_default=True),
                name="one_default_address",
            )
        ]

    def __str__(self) -> str:
        return f"address {self.pk}"

    @property
    def address(self) -> Address:
        """The address, with name and phone."""
        return Address.model_validate_json(self.address_json)
