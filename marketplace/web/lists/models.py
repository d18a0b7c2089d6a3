"""A list as somebody wants to see it again."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower

from vendors.models import Programme

LONGEST_NAME = 60
LONGEST_QUERY = 2000


class SavedView(models.Model):
    """Filters, order and columns of a list under a name; its owner's alone, for one programme.

    ``query`` is the part of the address after the question mark, as ``asked.Asked`` writes it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    list_name = models.CharField(max_length=40)
    name = models.CharField(max_length=LONGEST_NAME)
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "owner", "programme", "list_name", Lower("name"), name="saved_view_name_once"
            )
        ]

    def __str__(self) -> str:
        return self.name
