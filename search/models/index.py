"""The index, derived from the catalogue's read model."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Generation(models.Model):
    """One build of the index. Readers use the live one while the next is being built.

    ``version`` grows with every change of a document. Documents numbered below ``merged_until``
    have their words in ``Posting``, later ones carry them until the next merge; ``merge_count``
    counts merges.
    """

    key = models.UUIDField(primary_key=True)
    is_live = models.BooleanField(default=False)
    version = models.BigIntegerField(default=0)
    next_number = models.IntegerField(default=0)
    merged_until = models.IntegerField(default=0)
    merge_count = models.IntegerField(default=0)
    began_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["is_live"], condition=models.Q(is_live=True), name="one_live_generation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} {'live' if self.is_live else 'not live'}"


class SearchDocument(models.Model):
    """One version of a listing in a generation. A change of its words makes a new row.

    ``facts`` is a record of ``search.indexing.facts.FACTS``. ``words`` and ``fields`` (one byte a
    word: the bits of the fields where it occurs) are kept until they are merged into the postings.
    """

    generation = models.ForeignKey(
        Generation, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    number = models.IntegerField()
    listing_id = models.UUIDField()
    is_removed = models.BooleanField(default=False)
    version = models.BigIntegerField()
    words_hash = models.BinaryField(max_length=8)
    facts = models.BinaryField()
    words = ArrayField(models.TextField(), null=True)
    fields = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["generation", "number"], name="search_number_once"),
            models.UniqueConstraint(
                fields=["generation", "listing_id"],
                condition=models.Q(is_removed=False),
                name="search_listing_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["generation", "version"], name="search_changed")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.listing_id}"


class Posting(models.Model):
    """Which documents have a word: rising numbers of 4 bytes, and a byte of fields for each."""

    generation = models.ForeignKey(
        Generation, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    word = models.CharField(max_length=60)
    numbers = models.BinaryField()
    fields = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["generation", "word"], name="search_posting_once")
        ]

    def __str__(self) -> str:
        return self.word


class SearchWord(models.Model):
    """A stem that occurs in documents: a candidate for completion and spelling correction.

    ``fields`` are the bits of the fields where it occurs; ``number`` grows with every change.
    """

    word = models.CharField(max_length=60, unique=True)
    document_count = models.PositiveIntegerField(default=1)
    fields = models.PositiveSmallIntegerField(default=0)
    number = models.BigAutoField(primary_key=True)

    def __str__(self) -> str:
        return self.word


class FacetValue(models.Model):
    """The code of a facet's value in documents."""

    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=80)
    code = models.PositiveIntegerField()
    # Of cooperatives only, whose names are data: language to name.
    names = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["facet", "value"], name="facet_value_once"),
            models.UniqueConstraint(fields=["facet", "code"], name="facet_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.value}"


class PendingUpdate(models.Model):
    """A listing that changed while a generation was being built: updated before it goes live."""

    build = models.UUIDField()
    listing_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.listing_id)


class ListingSales(models.Model):
    """How many pieces of a listing were sold in a market: a ranking signal."""

    listing_id = models.UUIDField()
    market = models.CharField(max_length=4)
    quantity = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["market", "listing_id"], name="listing_sales_once")
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.market} {self.quantity}"
