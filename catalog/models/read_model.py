"""Tables of the read model: what the shop shows, derived from the engine."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models

from catalog.materials import Shown, shown


class ListingPage(models.Model):
    """Read model: a product as the shop shows it. Derived from the engine; public; rebuildable.

    ``names`` and ``descriptions`` map a language to a text; ``media`` are addresses of photographs
    (none: an illustration is drawn from ``taxonomy_slug`` and ``illustration_seed``);
    ``quantity_available`` is the unsold stock; ``quantity_on_hand`` the whole stock, including sold
    but unshipped items.
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
    material_codes = ArrayField(models.CharField(max_length=40), default=list)
    # Materials that no code names, by language.
    own_materials = models.JSONField(default=dict)
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
    # Reviews that the shop shows, and their score in hundredths of a star once there are enough.
    # They are ours and not the engine's (``catalog.ratings``).
    review_count = models.PositiveIntegerField(default=0)
    score = models.PositiveSmallIntegerField(null=True)
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
            models.Index(
                fields=["cooperative_slug", "-published_at"],
                name="newest_of_cooperative",
                condition=models.Q(is_published=True),
            ),
            models.Index(
                fields=["taxonomy_slug", "-published_at"],
                name="newest_of_type",
                condition=models.Q(is_published=True),
            ),
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

    def materials_in(self, language: str) -> list[Shown]:
        """What it is made of, as a page in a language shows it."""
        return shown(self.material_codes, self.own_materials, language)

    @property
    def image(self) -> str:
        """The address of the first photograph, empty when there is none yet."""
        return self.media[0] if self.media else ""


class ListingOffer(models.Model):
    """Read model: a variant's price in one channel (minor units), and its available stock."""

    page = models.ForeignKey(ListingPage, on_delete=models.CASCADE, related_name="offers")
    variant_id = models.UUIDField()
    variant_name = models.CharField(max_length=120, blank=True)
    weight_grams = models.PositiveIntegerField(default=0)
    channel_slug = models.CharField(max_length=40)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    available = models.IntegerField(default=0)
    # The variant's whole stock, including sold but unshipped items.
    on_hand = models.IntegerField(default=0)
    # How many one order may hold, where the engine has a limit of the variant.
    most_per_order = models.PositiveIntegerField(null=True)
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
