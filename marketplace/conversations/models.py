"""Conversations, their messages, the buyer's links, and reports."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from marketplace.orders.models import VendorOrder
from vendors.accounts import User
from vendors.models import Cooperative, Programme
from vendors.scoping import CooperativeScope, Scope, ScopedModel, WholeProgrammeScope


class Subject(models.TextChoices):
    """What a conversation is about."""

    LISTING = "listing", _("a product")
    COOPERATIVE = "cooperative", _("the cooperative")
    ORDER = "order", _("an order")
    PROGRAMME = "programme", _("the programme")


class Topic(models.TextChoices):
    """What a message to the programme is about, chosen from these: a mail repeats it safely."""

    ORDER = "order", _("an order")
    DELIVERY = "delivery", _("delivery")
    PAYMENT = "payment", _("payment or a refund")
    RETURN = "return", _("a return or complaint")
    PRODUCT = "product", _("products and cooperatives")
    JOINING = "joining", _("selling in this shop")
    OTHER = "other", _("something else")


class ConversationState(models.TextChoices):
    """Whose turn it is."""

    WAITING = "waiting", _("waiting for an answer")
    ANSWERED = "answered", pgettext_lazy("conversation", "answered")
    CLOSED = "closed", pgettext_lazy("conversation", "closed")


class Side(models.TextChoices):
    """Who wrote a message."""

    BUYER = "buyer", _("buyer")
    COOPERATIVE = "cooperative", _("cooperative")
    STAFF = "staff", _("programme")


class Conversation(UUIDModel, ScopedModel):
    """A buyer's question, and what followed. Name, address and phone are encrypted.

    To a cooperative, or (without one) to the programme's staff, about one of the topics.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    cooperative = models.ForeignKey(
        Cooperative, null=True, on_delete=models.PROTECT, related_name="+"
    )
    subject = models.CharField(max_length=12, choices=Subject)
    topic = models.CharField(max_length=12, choices=Topic, blank=True)
    listing_id = models.UUIDField(null=True)
    # The listing's names by language, as they were then.
    titles = models.JSONField(default=dict)
    vendor_order = models.ForeignKey(
        VendorOrder, null=True, on_delete=models.PROTECT, related_name="conversations"
    )
    market = models.CharField(max_length=2)
    language = models.CharField(max_length=2)
    name = EncryptedTextField()
    email = EncryptedTextField()
    # Of who writes to the programme without an e-mail address, in E.164: staff call.
    phone = EncryptedTextField(blank=True, default="")
    # By it a buyer who proves the address finds it, as with orders (``orders.buyer_keys``).
    email_key = models.CharField(max_length=64, blank=True, db_index=True)
    # A hash of the form that began it: sent twice, it is one conversation.
    key = models.CharField(max_length=64, unique=True)
    state = models.CharField(
        max_length=10, choices=ConversationState, default=ConversationState.WAITING
    )
    asked_at = models.DateTimeField()
    last_message_at = models.DateTimeField(db_index=True)
    first_answer_at = models.DateTimeField(null=True)
    # When a link was opened that only the mail to the buyer's address had.
    proven_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cooperative", "state", "-last_message_at"]),
            models.Index(fields=["programme", "state", "-last_message_at"]),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(subject=Subject.PROGRAMME, cooperative__isnull=True)
                | (~models.Q(subject=Subject.PROGRAMME) & models.Q(cooperative__isnull=False)),
                name="asked_of_a_cooperative_or_the_programme",
            )
        ]

    def __str__(self) -> str:
        return f"conversation {self.pk}"

    @property
    def is_to_programme(self) -> bool:
        """Whether it is for the programme's staff; else for a cooperative."""
        return self.subject == Subject.PROGRAMME

    @property
    def scope(self) -> Scope:
        """Whose it is: a cooperative's, or the programme's own."""
        if self.cooperative_id is None:
            return WholeProgrammeScope(self.programme_id)
        return CooperativeScope(self.cooperative_id)

    @property
    def is_closed(self) -> bool:
        return self.state == ConversationState.CLOSED


class Message(UUIDModel, ScopedModel):
    """What one side wrote. The text is encrypted, and stored as it was written."""

    scope_path: ClassVar[str] = "conversation__cooperative"

    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="messages"
    )
    side = models.CharField(max_length=12, choices=Side)
    written_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    text = EncryptedTextField()
    # A hash of the form, or of the mail, that brought it.
    key = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    # When the other side opened it.
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["sent_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["conversation", "key"], name="message_once")
        ]

    def __str__(self) -> str:
        return f"{self.side} {self.pk}"


class ConversationLink(ScopedModel):
    """A buyer's link to a conversation: 128 random bits, of which only a hash is kept."""

    scope_path: ClassVar[str] = "conversation__cooperative"

    token_hash = models.CharField(max_length=64, unique=True)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="links")
    # Whether it was mailed, and so whoever opens it reads the mail of the buyer's address.
    is_mailed = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"link of {self.conversation_id}"


class ReplyAddress(ScopedModel):
    """An address to which one person answers by mail; of its token only a hash is kept."""

    scope_path: ClassVar[str] = "conversation__cooperative"

    token_hash = models.CharField(max_length=64, unique=True)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="reply_addresses"
    )
    # A member or an adviser; nobody: the buyer.
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"address for {self.conversation_id}"


class ConversationReport(ScopedModel):
    """One side asks the programme to look at a conversation."""

    scope_path: ClassVar[str] = "conversation__cooperative"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="reports")
    side = models.CharField(max_length=12, choices=Side)
    reason = EncryptedTextField(blank=True)
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["conversation", "side"],
                condition=models.Q(settled_at__isnull=True),
                name="one_open_report_a_side",
            )
        ]

    def __str__(self) -> str:
        return f"report of {self.conversation_id}"
