"""The index, derived from the catalogue's read model, and what is kept of how people search."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Generation(models.Model):
    """One build of the index. Readers use the live one while the next is being built.

    ``version`` grows with every change of a document; documents up to ``merged`` have their words
    in ``Posting``, later ones carry them until the next merge (``merges`` counts those).
    """

    key = models.UUIDField(primary_key=True)
    is_live = models.BooleanField(default=False)
    version = models.BigIntegerField(default=0)
    next_number = models.IntegerField(default=0)
    merged = models.IntegerField(default=0)
    merges = models.IntegerField(default=0)
    gone = models.IntegerField(default=0)
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
    """One state of a listing in a generation. A change of its words makes a new one.

    ``facts`` is a record of ``search.indexing.facts.FACTS``. ``words`` and ``places`` (one byte a
    word: the bits of where it stands) are kept until they are merged into the postings.
    """

    generation = models.ForeignKey(
        Generation, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    number = models.IntegerField()
    listing_id = models.UUIDField()
    is_gone = models.BooleanField(default=False)
    version = models.BigIntegerField()
    words_hash = models.BinaryField(max_length=8)
    facts = models.BinaryField()
    words = ArrayField(models.TextField(), null=True)
    places = models.BinaryField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["generation", "number"], name="search_number_once"),
            models.UniqueConstraint(
                fields=["generation", "listing_id"],
                condition=models.Q(is_gone=False),
                name="search_listing_once",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["generation", "version"], name="search_changed")
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.listing_id}"


class Posting(models.Model):
    """Which documents have a word: rising numbers of 4 bytes, and a byte of places for each."""

    generation = models.ForeignKey(
        Generation, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    word = models.CharField(max_length=60)
    numbers = models.BinaryField()
    places = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["generation", "word"], name="search_posting_once")
        ]

    def __str__(self) -> str:
        return self.word


class SearchWord(models.Model):
    """A word that some document has: what a mistyped or differently written one may mean."""

    word = models.CharField(max_length=60, unique=True)
    documents = models.PositiveIntegerField(default=1)
    places = models.PositiveSmallIntegerField(default=0)
    added = models.BigAutoField(primary_key=True)

    def __str__(self) -> str:
        return self.word


class FacetValue(models.Model):
    """The number that stands for a facet's value inside the documents."""

    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=80)
    code = models.PositiveIntegerField()
    # Only of cooperatives, whose names are data: language to name.
    names = models.JSONField(default=dict)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["facet", "value"], name="facet_value_once"),
            models.UniqueConstraint(fields=["facet", "code"], name="facet_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.facet} {self.value}"


class PendingUpdate(models.Model):
    """A listing that changed while a generation was being built: looked at before it goes live."""

    build = models.UUIDField()
    listing_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.listing_id)


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


class SynonymGroup(models.Model):
    """Words and phrases that mean the same, as staff wrote them; an earlier state is kept.

    ``replaces`` names the group of the built-in lexicon that this one stands instead of.
    """

    phrases = ArrayField(models.CharField(max_length=80))
    replaces = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return " = ".join(self.phrases)


class SynonymChange(models.Model):
    """One change of a group, with what stood before it: what undo puts back."""

    group = models.ForeignKey(SynonymGroup, on_delete=models.CASCADE, related_name="changes")
    before = models.JSONField(null=True)
    after = models.JSONField()
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField(auto_now_add=True)
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.group_id} {self.at:%Y-%m-%d}"


class RankingRule(models.Model):
    """The fairness that a programme's staff set; one row."""

    most_of_one_maker = models.PositiveSmallIntegerField(default=4)
    new_maker_days = models.PositiveSmallIntegerField(default=90)
    new_maker_place = models.PositiveSmallIntegerField(default=6)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.most_of_one_maker} {self.new_maker_days} {self.new_maker_place}"


class SearchTally(models.Model):
    """How often a text was searched on a day in a market, and what came of it. No persons."""

    day = models.DateField()
    market = models.CharField(max_length=4)
    language = models.CharField(max_length=2)
    text = models.CharField(max_length=80)
    searches = models.PositiveIntegerField(default=0)
    found_nothing = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)
    # The shelf of most of what was found, empty when nothing was.
    category = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["day", "market", "language", "text"], name="search_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"


class ShownTally(models.Model):
    """How often goods of a cooperative stood on a first page of results, by day and region."""

    day = models.DateField()
    market = models.CharField(max_length=4)
    cooperative = models.CharField(max_length=80)
    region = models.CharField(max_length=8)
    is_new = models.BooleanField(default=False)
    shown = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["day", "market", "cooperative"], name="shown_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.cooperative} {self.shown}"
