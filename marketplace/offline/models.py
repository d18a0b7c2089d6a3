"""The table of commands that phones sent, with their answers."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from marketplace.core.models import AppendOnlyModel, UUIDModel
from vendors.models import Cooperative, User
from vendors.scoping import ScopedModel


class TakenCommand(AppendOnlyModel, UUIDModel, ScopedModel):
    """A command with its final answer. The same one again is given the same answer."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    # The client's.
    key = models.UUIDField()
    member = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10)
    # SHA-256 of what the command said.
    digest = models.CharField(max_length=64)
    answer = models.JSONField()
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cooperative", "key"], name="offline_command_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
