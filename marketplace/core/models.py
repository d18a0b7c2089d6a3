"""Tables without business meaning: domain events, deliveries, audit trail, jobs."""

import uuid
from typing import ClassVar

from django.db import models

from marketplace.core.tracing import TRACEPARENT_LENGTH


class UUIDModel(models.Model):
    """A row with an id of our own, unrelated to the engine's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True


class AppendOnlyModel(models.Model):
    """A table to which the runtime role may only add rows (see ``core.roles``)."""

    class Meta:
        abstract = True


class DomainEvent(AppendOnlyModel):
    """A fact for other rooms, written in the transaction of its change."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=80)
    aggregate_type = models.CharField(max_length=40)
    aggregate_id = models.UUIDField()
    payload = models.JSONField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    # The trace of what published it (W3C); empty without one.
    traceparent = models.CharField(max_length=TRACEPARENT_LENGTH, blank=True, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["aggregate_type", "aggregate_id", "id"])
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.aggregate_id}"


class EventDelivery(models.Model):
    """One event to one handler: at least once, in order for each aggregate."""

    event = models.ForeignKey(DomainEvent, on_delete=models.PROTECT, related_name="deliveries")
    handler = models.CharField(max_length=160)
    aggregate_key = models.CharField(max_length=90)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(auto_now_add=True)
    delivered_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["event", "handler"], name="event_delivery_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["handler", "aggregate_key", "event"],
                name="event_delivery_waiting",
                condition=models.Q(delivered_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.event_id} → {self.handler}"


class AuditEntry(AppendOnlyModel):
    """Who did what to which object, and when. Never changed, never holds secrets."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(auto_now_add=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=64, blank=True)
    actor_name = models.CharField(max_length=120)
    # The cooperative for which an adviser acted, by its id; empty for who acts for themselves.
    acts_for = models.CharField(max_length=64, blank=True, default="", db_default="")
    action = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=64)
    details = models.JSONField(default=dict)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_type", "subject_id", "-at"]),
            models.Index(
                fields=["acts_for", "-at"],
                name="audit_entry_acts_for",
                condition=~models.Q(acts_for=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"


class JobRun(models.Model):
    """When a scheduled job last began, succeeded and failed."""

    name = models.CharField(max_length=120, primary_key=True)
    started_at = models.DateTimeField()
    succeeded_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name


class BackupRecord(models.Model):
    """A backup that was written of this database: when, where, and when it was last proven."""

    # The moment of its snapshot, by which a file is known again.
    made_at = models.DateTimeField(primary_key=True)
    file = models.TextField()
    bytes = models.BigIntegerField()
    proven_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.file


class ThrottleCount(models.Model):
    """When a key of a limit is free again (see ``throttle``). Unlogged: a crash may forget it."""

    key = models.CharField(max_length=64, primary_key=True)
    free_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key[:8]} until {self.free_at}"


class ShopChange(models.Model):
    """That something changed which every visitor reads alike (see ``public_facts``)."""

    id = models.BigAutoField(primary_key=True)
    # Random, by the trigger: what is there, taken together, says which state of the tables it is.
    token = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.token:x}"


class SentMail(models.Model):
    """A message kept in the local outbox instead of being sent: the demo shows it."""

    id = models.BigAutoField(primary_key=True)
    sent_at = models.DateTimeField(auto_now_add=True)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=255)
    language = models.CharField(max_length=8, blank=True)
    reply_to = models.CharField(max_length=254, blank=True)
    text = models.TextField()
    html = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.recipient}: {self.subject}"


class NumberSeries(models.Model):
    """The last number of a series in a year (see ``documents.numbering``)."""

    id = models.BigAutoField(primary_key=True)
    series = models.CharField(max_length=80)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["series", "year"], name="core_number_series_once")
        ]

    def __str__(self) -> str:
        return f"{self.series} {self.year}: {self.last}"
