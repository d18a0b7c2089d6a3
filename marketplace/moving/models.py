"""Moves between engines, and their progress."""

from typing import ClassVar

from django.db import models

from marketplace.core.models import UUIDModel
from marketplace.saleor.models import EngineInstance


class MoveState(models.TextChoices):
    """A move's state. The shop is closed until it is ``done`` or ``given_up``."""

    CLOSED = "closed", "closed beforehand"
    UNDER_WAY = "under_way", "under way"
    DONE = "done", "done"
    GIVEN_UP = "given_up", "given up"


class Move(UUIDModel):
    """A move from one engine to another; at most one is neither done nor given up.

    ``books`` are the fingerprints of our own tables when it began: they must not change.
    """

    source = models.ForeignKey(
        EngineInstance, null=True, on_delete=models.PROTECT, related_name="+"
    )
    target = models.ForeignKey(
        EngineInstance, null=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=10, choices=MoveState, default=MoveState.CLOSED)
    closed_at = models.DateTimeField(auto_now_add=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    books = models.JSONField(default=dict)
    report = models.JSONField(default=dict)
    # One open move at a time: true or null.
    is_open = models.BooleanField(null=True, default=True, unique=True)

    def __str__(self) -> str:
        return f"{self.source} → {self.target} ({self.state})"


class MovedItem(models.Model):
    """The result of a step for one object of ours: ``problem`` is empty when it was moved."""

    move = models.ForeignKey(Move, on_delete=models.CASCADE, related_name="items")
    step = models.CharField(max_length=16)
    our_id = models.UUIDField()
    name = models.CharField(max_length=200, blank=True)
    problem = models.TextField(blank=True)
    noted_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["move", "step", "our_id"], name="moved_once")
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.name or self.our_id}"
