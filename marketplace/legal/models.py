"""Versions of legal texts, what was accepted with an order, and how a programme is reached."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import AppendOnlyModel, UUIDModel
from vendors.models import Programme


class TextKind(models.TextChoices):
    """What a text is about, in the order in which the shop names them."""

    TERMS = "terms", _("Terms of sale")
    WITHDRAWAL = "withdrawal", _("Withdrawal and its form")
    PRIVACY = "privacy", _("Privacy")
    COOKIES = "cookies", _("Cookies")
    IMPRINT = "imprint", _("Publisher and contact")


# What a buyer accepts, or is told, with an order.
WITH_AN_ORDER = (TextKind.TERMS, TextKind.WITHDRAWAL, TextKind.PRIVACY)


class LegalText(AppendOnlyModel, UUIDModel):
    """One version of a text, in every language, from a day on. It is never changed.

    ``market`` is empty for all markets. A standard text (``is_default``) is kept when an order
    accepts it; it has the number 0 and nobody who approved it.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    market = models.CharField(max_length=2, blank=True)
    kind = models.CharField(max_length=12, choices=TextKind)
    number = models.PositiveIntegerField()
    valid_from = models.DateField()
    # Markdown by language.
    texts = models.JSONField()
    digest = models.CharField(max_length=64)
    is_default = models.BooleanField(default=False)
    approved_by = models.CharField(max_length=120, blank=True)
    # Who read it as a lawyer, as the person who approved it wrote.
    reviewed_by = models.CharField(max_length=160, blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "market", "kind", "number"],
                condition=models.Q(is_default=False),
                name="legal_text_numbered_once",
            ),
            models.UniqueConstraint(
                fields=["programme", "market", "kind", "digest"],
                condition=models.Q(is_default=True),
                name="legal_default_kept_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.programme_id} {self.market}"


class Acceptance(AppendOnlyModel):
    """A version that was accepted with an order; it names no buyer and stays with the books."""

    order_id = models.UUIDField()
    text = models.ForeignKey(LegalText, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    accepted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["order_id", "text"], name="legal_accepted_once")
        ]

    def __str__(self) -> str:
        return f"{self.text_id} with {self.order_id}"


class ProgrammeContact(models.Model):
    """How buyers reach a programme, and who answers for what the shop publishes."""

    programme = models.OneToOneField(
        Programme, on_delete=models.CASCADE, primary_key=True, related_name="contact"
    )
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    # Empty: the address that stands on the programme's documents.
    address = models.CharField(max_length=200, blank=True)
    # By language, as staff write them: "Monday to Friday, 9:00 to 17:00".
    hours = models.JSONField(default=dict)
    director = models.CharField(max_length=120, blank=True)
    hosting = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return f"contact of {self.programme_id}"
