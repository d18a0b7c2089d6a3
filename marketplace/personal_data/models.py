"""Links to a buyer's data, and erasures that are under way or done."""

import json
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel


class OfABuyer(models.Model):
    """Whose data it is about: what was proven, and an account where there is one."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A list as JSON.
    emails_json = EncryptedTextField(blank=True)
    # Orders without an address, and the phone that was proven for them.
    order_ids = ArrayField(models.UUIDField(), default=list)
    phone = EncryptedTextField(blank=True, default="")
    market = models.CharField(max_length=2)
    language = models.CharField(max_length=2)

    class Meta:
        abstract = True

    @property
    def emails(self) -> list[str]:
        """The addresses; none once the erasure is done."""
        return list(json.loads(self.emails_json)) if self.emails_json else []


class DataLink(OfABuyer):
    """A link to somebody's data: 128 random bits, kept as a hash."""

    token_hash = models.CharField(max_length=64, unique=True)
    # Whether it was mailed, or made for a code from a phone: only who reads what is sent there may
    # have the data erased.
    is_mailed = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"data link {self.pk}"


class Erasure(UUIDModel, OfABuyer):
    """A buyer's wish to be forgotten: carried out step by step, each step once.

    When it is finished it names nobody: what was erased, and when.
    """

    # A hash of the addresses and orders while it is under way: asked for twice, it is one.
    key = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField()
    done_steps = ArrayField(models.CharField(max_length=20), default=list)
    # How many rows each step took out.
    counts = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["key"],
                condition=models.Q(finished_at__isnull=True),
                name="one_erasure_under_way",
            )
        ]

    def __str__(self) -> str:
        return f"erasure {self.pk}"
