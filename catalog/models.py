"""Listings and their revisions (a cooperative's own), and the read model (everybody's)."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.content import RevisionContent
from marketplace.core.models import UUIDModel
from vendors.models import Cooperative, User
from vendors.scoping import ScopedModel


class ListingStatus(models.TextChoices):
    """Whether buyers see a listing."""

    DRAFT = "draft", _("not yet in the shop")
    PUBLISHED = "published", _("in the shop")
    PAUSED = "paused", _("paused")
    REMOVED = "removed", _("removed")


class Listing(UUIDModel, ScopedModel):
    """A product as its cooperative keeps it. Its id is the engine product's external reference."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="listings")
    slug = models.SlugField(unique=True, max_length=120)
    status = models.CharField(max_length=10, choices=ListingStatus, default=ListingStatus.DRAFT)
    taxonomy_slug = models.CharField(max_length=60, blank=True)
    category_slug = models.CharField(max_length=40)
    # What the row of an import file calls it, so that the same file does not import it twice.
    import_key = models.CharField(max_length=120, blank=True)
    # The store had the product before us (see Adoption): it keeps its own category there.
    is_from_store = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cooperative", "import_key"],
                condition=~models.Q(import_key=""),
                name="listing_imported_once",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cooperative", "status", "-created_at"])
        ]

    def __str__(self) -> str:
        return self.slug


class ListingVariant(UUIDModel, ScopedModel):
    """What is bought: one size or form of a listing. Its id is the engine variant's reference."""

    scope_path: ClassVar[str] = "listing__cooperative"

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="variants")
    name = models.CharField(max_length=120, blank=True)
    sku = models.CharField(max_length=60, unique=True)
    weight_grams = models.PositiveIntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]

    def __str__(self) -> str:
        return self.sku


class Adoption(UUIDModel, ScopedModel):
    """A product that the store had before us became a listing; perhaps it was given back since.

    ``moves`` says from which warehouse of the store its pieces came: a list of our ids of a variant
    and a warehouse, with the units. What belongs to the store stays as it is there: the product's
    type, category, further pictures and channels, and its sizes' own prices.
    """

    scope_path: ClassVar[str] = "listing__cooperative"

    listing = models.OneToOneField(Listing, on_delete=models.CASCADE, related_name="adoption")
    began_at = models.DateTimeField()
    # Empty while an interrupted adoption waits to be continued.
    completed_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    moves = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.listing_id} since {self.began_at:%Y-%m-%d}"

    def covers(self, moment: datetime) -> bool:
        """Whether the product was the cooperative's at a moment (an order was made)."""
        return self.began_at <= moment and (self.released_at is None or moment < self.released_at)


# A first refusal may be a passing one: from the third on the cooperative and staff are told.
TRIES_UNTOLD = 3


class RevisionState(models.TextChoices):
    """Where a proposal stands. Only an applied one is what buyers see."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for review")
    RETURNED = "returned", _("sent back")
    APPROVED = "approved", _("approved, being published")
    APPLIED = "applied", _("in the shop")
    SUPERSEDED = "superseded", _("replaced by a newer version")


class ListingRevision(UUIDModel, ScopedModel):
    """One proposal for a listing's content (``content.RevisionContent``), and what came of it."""

    scope_path: ClassVar[str] = "listing__cooperative"

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=RevisionState, default=RevisionState.DRAFT)
    content = models.JSONField()
    remark = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    apply_error = models.TextField(blank=True)
    # How often the engine was asked in vain, and before when it is not asked again.
    apply_attempts = models.PositiveSmallIntegerField(default=0)
    apply_after = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["listing", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["listing"],
                condition=models.Q(state__in=["draft", "submitted", "returned"]),
                name="one_open_revision",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "submitted_at"])]

    def __str__(self) -> str:
        return f"{self.listing_id} #{self.number} {self.state}"

    @property
    def is_stuck(self) -> bool:
        """Approved, and refused so often that somebody should know."""
        return self.state == RevisionState.APPROVED and self.apply_attempts >= TRIES_UNTOLD

    @property
    def proposed(self) -> RevisionContent:
        """The content, checked to have the right form."""
        return RevisionContent.model_validate(self.content)


class ListingMedia(UUIDModel, ScopedModel):
    """A photograph of a listing, as uploaded and made safe."""

    scope_path: ClassVar[str] = "listing__cooperative"

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="media")
    file = models.ImageField(upload_to="listings/%Y/%m/")
    alt = models.CharField(max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "added_at"]

    def __str__(self) -> str:
        return str(self.file.name)


class ListingPage(models.Model):
    """Read model: a product as the shop shows it. Derived from the engine; public; rebuildable.

    ``names`` and ``descriptions`` map a language to a text; ``media`` are addresses of photographs
    (none: an illustration is drawn from ``taxonomy_slug`` and ``illustration_seed``);
    ``quantity_available`` is the stock that nobody has bought yet; ``quantity_on_hand`` all that
    lies in the store, sold but unsent pieces included.
    """

    listing_id = models.UUIDField(primary_key=True)
    slug = models.CharField(max_length=120, unique=True)
    cooperative_id = models.UUIDField()
    cooperative_slug = models.CharField(max_length=80)
    cooperative_names = models.JSONField(default=dict)
    programme_id = models.UUIDField()
    country_code = models.CharField(max_length=2)
    region_code = models.CharField(max_length=8)
    place_names = models.JSONField(default=dict)
    sector = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    is_rural = models.BooleanField(default=True)
    category_slug = models.CharField(max_length=40)
    taxonomy_slug = models.CharField(max_length=60, blank=True)
    hs_code = models.CharField(max_length=12, blank=True)
    origin_country = models.CharField(max_length=2, blank=True)
    materials = models.TextField(blank=True)
    quality_marks = ArrayField(models.CharField(max_length=20), default=list)
    net_quantity = models.CharField(max_length=40, blank=True)
    weight_grams = models.PositiveIntegerField(default=0)
    names = models.JSONField(default=dict)
    descriptions = models.JSONField(default=dict)
    media = models.JSONField(default=list)
    illustration_seed = models.CharField(max_length=40)
    # Published by the engine; and shown by us, which also needs an active cooperative.
    is_listed = models.BooleanField(default=False)
    is_published = models.BooleanField(default=False)
    quantity_available = models.IntegerField(default=0)
    quantity_on_hand = models.IntegerField(default=0)
    published_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(auto_now=True)
    engine_updated_at = models.DateTimeField()
    content_hash = models.CharField(max_length=64)
    seen_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cooperative_id", "is_published"]),
            models.Index(fields=["is_published", "-published_at"]),
            models.Index(fields=["category_slug", "is_published"]),
        ]

    def __str__(self) -> str:
        return self.slug

    def name(self, language: str) -> str:
        """The name in a language, else in the base language, else in any."""
        return _in_language(self.names, language)

    def description(self, language: str) -> str:
        """The description in a language, else in the base language, else in any."""
        return _in_language(self.descriptions, language)

    def cooperative_name(self, language: str) -> str:
        """The cooperative's name in a language, else in the base language, else in any."""
        return _in_language(self.cooperative_names, language)

    def place_name(self, language: str) -> str:
        """The cooperative's place in a language, else in the base language, else in any."""
        return _in_language(self.place_names, language)

    @property
    def image(self) -> str:
        """The address of the first photograph, empty when there is none yet."""
        return self.media[0] if self.media else ""


class ListingOffer(models.Model):
    """Read model: the price of a variant in one channel, and how many can be bought there."""

    page = models.ForeignKey(ListingPage, on_delete=models.CASCADE, related_name="offers")
    variant_id = models.UUIDField()
    variant_name = models.CharField(max_length=120, blank=True)
    weight_grams = models.PositiveIntegerField(default=0)
    channel_slug = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    available = models.IntegerField(default=0)
    # All that lies in the cooperative's store of this variant, sold but unsent pieces included.
    on_hand = models.IntegerField(default=0)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["variant_id", "channel_slug"], name="offer_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["channel_slug", "page"], name="offer_of_channel")
        ]

    def __str__(self) -> str:
        return f"{self.variant_id} {self.channel_slug} {self.amount_minor} {self.currency}"


def _in_language(texts: dict[str, str], language: str) -> str:
    for key in (language, settings.BASE_LANGUAGE, *texts):
        if text := texts.get(key):
            return text
    return ""
