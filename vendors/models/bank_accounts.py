"""Bank accounts of cooperatives, and the notices of their changes."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption import EncryptedTextField
from vendors.accounts import User
from vendors.models.cooperatives import Cooperative
from vendors.scoping import ScopedModel


class BankAccount(ScopedModel):
    """A cooperative's bank account. The number is encrypted; only its last digits are shown."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="bank_accounts"
    )
    holder_name = models.CharField(max_length=140)
    country_code = models.CharField(max_length=2)
    number = EncryptedTextField()
    last_digits = models.CharField(max_length=4)
    bic = models.CharField(max_length=11, blank=True)
    valid_from = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_current_bank_account",
            )
        ]

    def __str__(self) -> str:
        return f"…{self.last_digits}"


class FormerContact(ScopedModel):
    """A replaced contact of a cooperative, still told for a time of a changed bank account."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="former_contacts"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    replaced_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"former contact of {self.cooperative_id}"


class NoticeChannel(models.TextChoices):
    """How a contact is told."""

    MAIL = "mail", _("e-mail")
    PHONE = "phone", _("phone")


class AccountNotice(ScopedModel):
    """A contact to be told of a changed bank account: by mail at once, by phone by a person."""

    scope_path: ClassVar[str] = "account__cooperative"

    account = models.ForeignKey(BankAccount, on_delete=models.CASCADE, related_name="notices")
    channel = models.CharField(max_length=5, choices=NoticeChannel)
    address = models.CharField(max_length=254)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account", "channel", "address"], name="account_notice_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.channel} of account {self.account_id}"
