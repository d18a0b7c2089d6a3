"""Apps, their webhooks and the queue of asynchronous deliveries."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone

from marketplace.embedded.models.base import EngineModel, WithMetadata


class App(WithMetadata):
    """A third party with a token, permissions and webhooks."""

    name = models.CharField(max_length=60)
    identifier = models.CharField(max_length=256, blank=True, db_index=True)
    is_active = models.BooleanField(default=True)
    type = models.CharField(max_length=60, default="THIRDPARTY")
    permissions = ArrayField(models.CharField(max_length=60), default=list)
    manifest_url = models.URLField(blank=True)
    app_url = models.URLField(blank=True)
    configuration_url = models.URLField(blank=True)
    data_privacy_url = models.URLField(blank=True)
    homepage_url = models.URLField(blank=True)
    support_url = models.URLField(blank=True)
    about_app = models.TextField(blank=True)
    author = models.CharField(max_length=60, blank=True)
    version = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        verbose_name = "engine app"


class AppToken(EngineModel):
    """A bearer token of an App; only its SHA-256 and last characters are kept."""

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=128, blank=True)
    digest = models.CharField(max_length=64, unique=True)
    last_4 = models.CharField(max_length=4)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)


class AppInstallation(EngineModel):
    """An installation: pending, successful or failed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    app_name = models.CharField(max_length=60)
    manifest_url = models.URLField()
    status = models.CharField(max_length=20, default="PENDING")
    message = models.CharField(max_length=255, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)


class Webhook(EngineModel):
    """Where an App receives which events, and the subscription query that selects the body."""

    app = models.ForeignKey(App, on_delete=models.CASCADE, related_name="webhooks")
    name = models.CharField(max_length=255, blank=True)
    target_url = models.URLField(max_length=255)
    is_active = models.BooleanField(default=True)
    subscription_query = models.TextField(blank=True)
    events = ArrayField(models.CharField(max_length=80), default=list)
    custom_headers = models.JSONField(default=dict, blank=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)


class EventDelivery(EngineModel):
    """An asynchronous webhook: its body, when it is due, and its outcome."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event_type = models.CharField(max_length=80)
    payload = models.BinaryField()
    status = models.CharField(max_length=10, default="PENDING")
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    response_status = models.PositiveSmallIntegerField(null=True)
    response_body = models.TextField(blank=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=["due_at", "id"],
                name="embedded_delivery_due",
                condition=models.Q(status="PENDING"),
            ),
        )
