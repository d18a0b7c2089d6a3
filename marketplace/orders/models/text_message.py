"""Messages to buyers' phones: written with what they tell of, sent by a loop of the worker."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from marketplace.orders.models.checkout import CheckoutAttempt
from marketplace.orders.models.order import Order


class TextState(models.TextChoices):
    """How far a message is. Of ``sending`` nobody knows yet whether it left."""

    WAITING = "waiting", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not sent")
    UNCERTAIN = "uncertain", _("perhaps sent")


class TextMessage(UUIDModel):
    """A message about an order, or a code for a checkout.

    The number, the text and the code are encrypted, and gone once the message was sent.
    """

    order = models.ForeignKey(
        Order, null=True, on_delete=models.CASCADE, related_name="text_messages"
    )
    attempt = models.ForeignKey(
        CheckoutAttempt, null=True, on_delete=models.CASCADE, related_name="text_messages"
    )
    # What it tells, as in ``BuyerNotice``; each thing of an order once.
    key = models.CharField(max_length=80)
    language = models.CharField(max_length=2)
    recipient = EncryptedTextField(blank=True)
    text = EncryptedTextField(blank=True)
    is_code = models.BooleanField(default=False)
    code = EncryptedTextField(blank=True)
    # Later than this nobody needs it, as a code that no longer holds.
    useful_until = models.DateTimeField(null=True)
    state = models.CharField(max_length=10, choices=TextState, default=TextState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    provider_id = models.CharField(max_length=120, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["order", "key"],
                condition=models.Q(is_code=False),
                name="buyer_texted_once",
            ),
            models.UniqueConstraint(
                fields=["attempt", "key"],
                condition=models.Q(is_code=False),
                name="checkout_texted_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_attempt_at"],
                name="text_message_under_way",
                condition=models.Q(state__in=["waiting", "sending"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.state})"
