"""A form that could not be saved, and the files chosen in it."""

import json
import uuid
from typing import Any

from django.conf import settings
from django.db import models

from marketplace.core.encryption import EncryptedTextField

# What was typed: pairs of name and value, in the order of the form.
Pairs = list[tuple[str, str]]


class KeptForm(models.Model):
    """What a person typed in a form that was not saved, encrypted, until a day.

    It belongs to ``owner``; of somebody without an account to the browser with the token of which
    ``browser`` is the hash. ``action`` is the hash of the path that the form is sent to, ``page``
    the address of the page that shows it (which may name a person, so neither is stored as it is);
    ``opening`` tells two tabs with the same form apart.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    browser = models.CharField(max_length=64, blank=True)
    action = models.CharField(max_length=64)
    page = EncryptedTextField()
    opening = models.CharField(max_length=40, blank=True)
    content = EncryptedTextField()
    kept_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "browser", "action", "opening"],
                name="kept_form_of_one_opening",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def pairs(self) -> Pairs:
        """What was typed."""
        return [(name, value) for name, value in json.loads(self.content)]

    @staticmethod
    def written(pairs: Any) -> str:
        """Pairs as the content holds them."""
        return json.dumps(list(pairs))


class KeptFile(models.Model):
    """A file that was chosen in a kept form; its bytes are encrypted in the storage."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    form = models.ForeignKey(KeptForm, models.CASCADE, related_name="files")
    field = models.CharField(max_length=80)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField()
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["kept_at", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        """Whether a small picture of it may be had."""
        return self.content_type in {"image/jpeg", "image/png", "image/webp"}

    @property
    def stored_at(self) -> str:
        """Its name in the storage."""
        return f"kept/{self.pk.hex[:2]}/{self.pk}"
