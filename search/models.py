"""Search documents: derived from the catalogue's read model; can be dropped and rebuilt."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchDocument(models.Model):
    """One published listing. Words stand stemmed in ``words``, their sounds with ``_`` before them.

    Labels of ``words``: A the listing's names, B its kind of goods and its shelf, C its maker,
    place, marks, materials, D its descriptions. ``name_*`` are folded, in ASCII, for likeness.
    """

    listing_id = models.UUIDField(primary_key=True)
    category = models.CharField(max_length=40)
    region = models.CharField(max_length=8)
    sector = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    cooperative = models.CharField(max_length=80)
    marks = ArrayField(models.CharField(max_length=20), default=list)
    published_at = models.DateTimeField(null=True)
    name_ar = models.TextField(blank=True)
    name_fr = models.TextField(blank=True)
    name_en = models.TextField(blank=True)
    words = SearchVectorField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [GinIndex(fields=["words"], name="search_words")]

    def __str__(self) -> str:
        return str(self.listing_id)


class SearchPrice(models.Model):
    """The cheapest offer of a document in one market, in minor units of the market's currency."""

    document = models.ForeignKey(SearchDocument, on_delete=models.CASCADE, related_name="prices")
    market = models.CharField(max_length=4)
    amount_minor = models.BigIntegerField()
    available = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["market", "document"], name="search_price_once")
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.market} {self.amount_minor}"


class SearchWord(models.Model):
    """A word that some document has: what a mistyped one may have meant.

    ``letters`` is the word in ASCII (``fold.letters``), for likeness.
    """

    word = models.CharField(max_length=60, primary_key=True)
    letters = models.CharField(max_length=60)
    documents = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["letters"], name="search_word_likeness", opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.word


class ListingSales(models.Model):
    """How many pieces of a listing were sold in a market: fed by sales, read by the ranking."""

    listing_id = models.UUIDField()
    market = models.CharField(max_length=4)
    quantity = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["market", "listing_id"], name="listing_sales_once")
        ]

    def __str__(self) -> str:
        return f"{self.listing_id} {self.market} {self.quantity}"
