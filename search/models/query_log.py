"""The query log: counts by day, and what tells visitors apart on the day itself."""

from typing import ClassVar

from django.db import models


class SearchTally(models.Model):
    """How often a text was searched on a day in a market, and the result, without personal data.

    ``visitors`` is how many different visitors found listings that have all its words: what may
    be suggested to others is counted by them.
    """

    day = models.DateField()
    market = models.CharField(max_length=4)
    language = models.CharField(max_length=2)
    text = models.CharField(max_length=80)
    searches = models.PositiveIntegerField(default=0)
    visitors = models.PositiveIntegerField(default=0)
    # A listing that had all its words, where the catalogue is asked first whether it still has.
    listing_id = models.UUIDField(null=True)
    found_nothing = models.PositiveIntegerField(default=0)
    clicks = models.PositiveIntegerField(default=0)
    # The category of most hits, empty when there was none.
    category = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["day", "market", "language", "text"], name="search_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.text}"


class ImpressionTally(models.Model):
    """How often listings of a cooperative were on a first page of results, by day and region."""

    day = models.DateField()
    market = models.CharField(max_length=4)
    cooperative = models.CharField(max_length=80)
    region = models.CharField(max_length=8)
    impressions = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["day", "market", "cooperative"], name="impression_tally_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.cooperative} {self.impressions}"


class VisitorKey(models.Model):
    """The random key of a day, with which visitors are told apart; deleted when the day is over."""

    day = models.DateField(unique=True)
    key = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"{self.day}"


class SeenVisit(models.Model):
    """That somebody searched a text today: a keyed hash of address, market, language and text.

    Two searches of one visitor for different texts have nothing in common, and without the day's
    key nobody can tell whose a hash is.
    """

    day = models.DateField()
    digest = models.BinaryField(max_length=16)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["day", "digest"], name="seen_visit_once")
        ]

    def __str__(self) -> str:
        return f"{self.day}"
