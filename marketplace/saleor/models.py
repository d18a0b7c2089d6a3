"""The engine, the mapping of its ids, and its webhooks."""

import uuid
from typing import ClassVar

from django.db import models

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from marketplace.core.tracing import TRACEPARENT_LENGTH


class EngineInstance(UUIDModel):
    """A commerce engine where our App is (or will be) installed.

    The current one is that of the configured address (see ``instances.current``).
    """

    api_url = models.URLField(unique=True)
    # The engine's name in its webhooks; empty until our App is installed.
    domain = models.CharField(max_length=255, blank=True)
    app_id = models.CharField(max_length=120, blank=True)
    app_token = EncryptedTextField(blank=True)
    # The last known version (3.23.28); empty before the first query.
    version = models.CharField(max_length=40, blank=True)
    # The engine's published signing keys, when they were last read, and when that was last tried.
    jwks = models.JSONField(default=dict)
    jwks_fetched_at = models.DateTimeField(null=True)
    jwks_tried_at = models.DateTimeField(null=True)
    registered_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.api_url


class IdMapping(models.Model):
    """Our id of an object, and the engine's global id."""

    instance = models.ForeignKey(EngineInstance, on_delete=models.CASCADE, related_name="ids")
    kind = models.CharField(max_length=24)
    our_id = models.UUIDField(default=uuid.uuid4)
    global_id = models.CharField(max_length=255)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["instance", "kind", "our_id"], name="one_global_id"),
            models.UniqueConstraint(fields=["instance", "kind", "global_id"], name="one_our_id"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.our_id}"


class InboxMessage(models.Model):
    """A webhook as received, stored once; a job hands it to its handlers."""

    id = models.BigAutoField(primary_key=True)
    event = models.CharField(max_length=60)
    # SHA-256 of event and body: the engine sends no delivery id.
    body_hash = models.CharField(max_length=64, unique=True)
    body = models.JSONField()
    received_at = models.DateTimeField(auto_now_add=True)
    next_attempt_at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    handled_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    # The trace of the engine that sent it (W3C); empty without one.
    traceparent = models.CharField(max_length=TRACEPARENT_LENGTH, blank=True, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_attempt_at", "id"],
                name="inbox_waiting",
                condition=models.Q(handled_at__isnull=True),
            ),
            models.Index(fields=["handled_at"], name="inbox_handled"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.received_at:%Y-%m-%d %H:%M:%S}"


class SweepRun(models.Model):
    """One run of a sweep: the time up to which changes are known, and what it found."""

    name = models.CharField(max_length=60)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    # Changes of the engine up to here are known; the next run starts a little earlier.
    seen_until = models.DateTimeField(null=True)
    # The position of a rolling sweep (a cursor of the engine's list).
    cursor = models.TextField(blank=True)
    looked_at = models.PositiveIntegerField(default=0)
    repaired = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["name", "-started_at"])]

    def __str__(self) -> str:
        return f"{self.name} {self.started_at:%Y-%m-%d %H:%M}"
