"""What a cooperative offers one buyer: so many of a product at a price.

In a conversation, or in place of what it refuses of an order (``RefusedLine.substitute``).
"""

from typing import ClassVar
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import get_language, pgettext_lazy

from catalog.markets import zone_of
from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from vendors.models import Cooperative
from vendors.scoping import ScopedModel


class PriceOfferState(models.TextChoices):
    """What became of an offer; an open one is over after its last day."""

    OPEN = "open", pgettext_lazy("price offer", "open")
    REPLACED = "replaced", pgettext_lazy("price offer", "replaced by a newer one")
    WITHDRAWN = "withdrawn", pgettext_lazy("price offer", "withdrawn")
    DECLINED = "declined", pgettext_lazy("price offer", "declined by the buyer")
    TAKEN = "taken", pgettext_lazy("price offer", "ordered")


class PriceOffer(UUIDModel, ScopedModel):
    """An offer is never changed: a newer ``version`` replaces it, and it stays readable.

    Amounts are minor units of ``currency``, for one piece. ``order_id`` is the id that the order
    has or will have: of a checkout that is being paid since ``held_at``, or of the order placed.
    """

    cooperative_id: UUID

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    # Empty in place of what was refused.
    conversation_id = models.UUIDField(null=True)
    version = models.PositiveIntegerField()
    # Names the form that made it: sent twice, it is one offer.
    key = models.CharField(max_length=64)
    market = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    listing_id = models.UUIDField()
    variant_id = models.UUIDField()
    # The listing's names by language, as they were then.
    titles = models.JSONField(default=dict)
    variant_name = models.CharField(max_length=120, blank=True)
    quantity = models.PositiveIntegerField()
    unit_minor = models.BigIntegerField()
    usual_unit_minor = models.BigIntegerField()
    ready_on = models.DateField(null=True)
    valid_until = models.DateField()
    text = EncryptedTextField(blank=True)
    # The country in which its delivery is free; empty where delivery is paid as usual.
    free_to = models.CharField(max_length=2, blank=True, default="")
    state = models.CharField(max_length=10, choices=PriceOfferState, default=PriceOfferState.OPEN)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    order_id = models.UUIDField(null=True, unique=True)
    held_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-version"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["conversation_id", "version"], name="price_offer_version_once"
            ),
            models.UniqueConstraint(
                fields=["conversation_id", "key"], name="price_offer_form_once"
            ),
            models.UniqueConstraint(
                fields=["conversation_id"],
                condition=Q(state="open"),
                name="one_open_price_offer",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gt=0, unit_minor__gt=0), name="price_offer_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"offer {self.version} in {self.conversation_id or 'place of a refused line'}"

    @property
    def total_minor(self) -> int:
        """All pieces, without delivery."""
        return int(self.quantity * self.unit_minor)

    @property
    def usual_total_minor(self) -> int:
        """What as many would have cost without the offer."""
        return int(self.quantity * self.usual_unit_minor)

    @property
    def is_open(self) -> bool:
        """Whether the buyer may still order it."""
        return self.state == PriceOfferState.OPEN and not self.is_expired

    @property
    def is_expired(self) -> bool:
        """Whether its last day is over in the market of the buyer."""
        today = timezone.localdate(timezone=zone_of(self.market))
        return self.state == PriceOfferState.OPEN and self.valid_until < today

    @property
    def state_in_words(self) -> str:
        """What became of it, for a reader."""
        if self.is_expired:
            return str(pgettext_lazy("price offer", "expired"))
        return str(self.get_state_display())

    @property
    def title(self) -> str:
        """The product's name in the language of the page."""
        return self.title_in(get_language() or settings.BASE_LANGUAGE)

    def title_in(self, language: str) -> str:
        """The product's name in a language, else in any."""
        for key in (language, settings.BASE_LANGUAGE, *self.titles):
            if text := self.titles.get(key):
                name = str(text)
                return f"{name} ({self.variant_name})" if self.variant_name else name
        return self.variant_name
