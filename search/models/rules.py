"""What staff change: synonyms, the ranking rule, phrases that are not suggested."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models


class SynonymGroup(models.Model):
    """Words and phrases that mean the same, as staff wrote them.

    ``replaces`` is the slug of the built-in synonyms that this group replaces, or empty.
    """

    phrases = ArrayField(models.CharField(max_length=80))
    replaces = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return " = ".join(self.phrases)


class SynonymChange(models.Model):
    """A change of a group, with the state before it, which undo restores."""

    group = models.ForeignKey(SynonymGroup, on_delete=models.CASCADE, related_name="changes")
    before = models.JSONField(null=True)
    after = models.JSONField()
    by_name = models.CharField(max_length=120)
    changed_at = models.DateTimeField(auto_now_add=True)
    is_undone = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]

    def __str__(self) -> str:
        return f"{self.group_id} {self.changed_at:%Y-%m-%d}"


class RankingRule(models.Model):
    """The fairness rule (``search.ranking.rules.Rule``) as staff set it; one row."""

    max_per_cooperative = models.PositiveSmallIntegerField(default=4)
    new_cooperative_days = models.PositiveSmallIntegerField(default=90)
    new_cooperative_position = models.PositiveSmallIntegerField(default=6)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        values = (
            self.max_per_cooperative,
            self.new_cooperative_days,
            self.new_cooperative_position,
        )
        return " ".join(map(str, values))


class BlockedPhrase(models.Model):
    """A word or phrase that no suggestion contains, as staff wrote it.

    ``stems`` is how it is compared: the stems of its words, a space around each.
    """

    text = models.CharField(max_length=80)
    stems = models.CharField(max_length=200, unique=True)
    by_name = models.CharField(max_length=120)
    blocked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["text"]

    def __str__(self) -> str:
        return self.text
