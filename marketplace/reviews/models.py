"""Reviews, their photographs, reports of them, and who does not want to be asked."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import UUIDModel
from marketplace.orders.models import VendorOrderLine
from vendors.accounts import User
from vendors.models import Cooperative, Programme
from vendors.scoping import ScopedModel

MOST_STARS = 5


class ReviewState(models.TextChoices):
    """Whether the shop shows a review."""

    SHOWN = "shown", pgettext_lazy("review", "shown")
    HELD = "held", pgettext_lazy("review", "to be checked")
    HIDDEN = "hidden", pgettext_lazy("review", "hidden")
    WITHDRAWN = "withdrawn", pgettext_lazy("review", "withdrawn")


class HeldFor(models.TextChoices):
    """Why a rule leaves a review to a person."""

    ADDRESS = "address", _("a link, an e-mail address or a telephone number")
    SHOUTING = "shouting", _("written in capital letters")
    REPEATS = "repeats", _("the same sign many times")
    COPIED = "copied", _("the same words as another review of this buyer")
    HIDDEN_BEFORE = "hidden_before", _("was hidden before it was changed")


class ReportReason(models.TextChoices):
    """What a reader finds wrong with a review."""

    INSULT = "insult", _("It insults somebody")
    PERSONAL = "personal", _("It names or shows a person who has not agreed")
    ADVERTISING = "advertising", _("It is an advertisement")
    UNRELATED = "unrelated", _("It is not about this product")
    FALSE = "false", _("I believe that it is false")
    OTHER = "other", _("Something else")


class Review(UUIDModel, ScopedModel):
    """What a buyer says of one product. The name is encrypted; empty once it is erased.

    ``buyer_key`` is the keyed hash of the order's e-mail address, or the order's id where there is
    none: one review for a product and buyer. ``shown_at`` is when the shop first showed it.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    listing_id = models.UUIDField()
    line = models.OneToOneField(VendorOrderLine, on_delete=models.PROTECT, related_name="review")
    buyer_key = models.CharField(max_length=64)
    market = models.CharField(max_length=2)
    stars = models.PositiveSmallIntegerField()
    name = EncryptedTextField(blank=True)
    text = models.TextField(blank=True)
    # "und" where the author did not say one of the shop's languages.
    language = models.CharField(max_length=3)
    state = models.CharField(max_length=10, choices=ReviewState)
    held_for = ArrayField(models.CharField(max_length=16, choices=HeldFor), default=list)
    # Photographs are shown once a person has looked at them.
    shows_photos = models.BooleanField(default=False)
    hidden_reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    decided_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)
    answer_language = models.CharField(max_length=3, blank=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    answered_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    shown_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["listing_id", "buyer_key"], name="review_once_a_product_and_buyer"
            ),
            models.CheckConstraint(
                condition=models.Q(stars__gte=1, stars__lte=MOST_STARS),
                name="review_has_one_to_five_stars",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["listing_id", "state", "-written_at"]),
            models.Index(fields=["cooperative", "state", "-written_at"]),
            models.Index(fields=["programme", "state", "-written_at"]),
        ]

    def __str__(self) -> str:
        return f"review {self.pk} ({self.state})"

    @property
    def is_shown(self) -> bool:
        return self.state == ReviewState.SHOWN

    @property
    def may_be_answered(self) -> bool:
        """Once, and once more for each time that its author changed it since."""
        changed = self.changed_at and self.answered_at and self.changed_at > self.answered_at
        return self.is_shown and (self.answered_at is None or bool(changed))

    @property
    def version(self) -> str:
        """Another after each change by its author, so that nobody decides on what was not read."""
        return (self.changed_at or self.written_at).isoformat()

    @property
    def stars_drawn(self) -> str:
        """``★★★★☆``."""
        return "★" * self.stars + "☆" * (MOST_STARS - self.stars)

    @property
    def held_because(self) -> list[str]:
        """The rules' reasons in the reader's words."""
        return [str(HeldFor(reason).label) for reason in self.held_for]


class ReviewPhoto(UUIDModel, ScopedModel):
    """A photograph of a review: made anew without metadata at upload."""

    scope_path: ClassVar[str] = "review__cooperative"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="photos")
    file = models.FileField(upload_to="reviews/%Y/%m/")
    position = models.PositiveSmallIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]

    def __str__(self) -> str:
        return f"photo {self.position} of {self.review_id}"

    @property
    def address(self) -> str:
        """Where the shop shows it, without the width and the ending."""
        return f"/media/reviews/{self.pk}"


class ReviewReport(ScopedModel):
    """A reader asks the programme to look at a review. Who it was is known by a hash only."""

    scope_path: ClassVar[str] = "review__cooperative"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="reports")
    reporter_key = models.CharField(max_length=64)
    reason = models.CharField(max_length=12, choices=ReportReason)
    text = EncryptedTextField(blank=True)
    reported_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["review", "reporter_key"],
                condition=models.Q(settled_at__isnull=True),
                name="one_open_report_a_reader",
            )
        ]

    def __str__(self) -> str:
        return f"report of {self.review_id}"


class NoReviewMail(models.Model):
    """An address that is not asked for reviews. It is kept so that it is never asked again."""

    key = models.CharField(max_length=64, unique=True)
    email = EncryptedTextField()
    since = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"no review mails since {self.since}"
