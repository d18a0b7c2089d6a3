"""Tables of listings: variants, photographs, and adoption from a store."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.drawing_seeds import drawing_seed
from marketplace.core.models import UUIDModel
from vendors.models import Cooperative
from vendors.scoping import ScopedModel


class ListingStatus(models.TextChoices):
    """Whether buyers see a listing."""

    DRAFT = "draft", _("not yet in the shop")
    PUBLISHED = "published", _("in the shop")
    PAUSED = "paused", _("paused")
    REMOVED = "removed", _("removed")


class Listing(UUIDModel, ScopedModel):
    """A cooperative's product. Its id is the engine product's external reference."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="listings")
    slug = models.SlugField(unique=True, max_length=120)
    status = models.CharField(max_length=10, choices=ListingStatus, default=ListingStatus.DRAFT)
    taxonomy_slug = models.CharField(max_length=60, blank=True)
    category_slug = models.CharField(max_length=40)
    # The key of its row in an import file, so that the same file does not import it twice.
    import_key = models.CharField(max_length=120, blank=True)
    # The file of products that it came with.
    source = models.ForeignKey(
        "catalog.ProductFile", models.SET_NULL, null=True, related_name="listings"
    )
    # The product existed in the store before (see Adoption): it keeps its category there.
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

    @property
    def illustration_seed(self) -> str:
        """The seed of its drawing, which the shop's page of it has too."""
        return drawing_seed(self.pk)


class ListingVariant(UUIDModel, ScopedModel):
    """One size or form of a listing. Its id is the engine variant's external reference."""

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
    """A product that the store already had became a listing; it may have been released since.

    ``moves`` records the stock that was moved: a list of our ids of a variant and a warehouse, with
    the units. The store keeps the product's type, category, further pictures and channels, and its
    variants' own prices.
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
        """Whether the product was the cooperative's at a moment (when an order was placed)."""
        return self.began_at <= moment and (self.released_at is None or moment < self.released_at)


class ListingMedia(UUIDModel, ScopedModel):
    """A photograph of a listing, re-encoded at upload."""

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
