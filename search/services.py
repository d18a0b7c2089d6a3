"""What staff change: synonyms (with undo) and the fairness rule."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.versions import require_version
from search.errors import AlreadyUndone, TooFewPhrases
from search.language.normalizing import normalize
from search.models import RankingRule, SynonymChange, SynonymGroup
from search.ranking.rules import Rule, ranking_rule

MIN_PHRASES, MAX_PHRASES, MAX_PHRASE_LENGTH = 2, 30, 80


@transaction.atomic
def save_synonyms(
    *,
    phrases: Sequence[str],
    by: Actor,
    group: SynonymGroup | None = None,
    replaces: str = "",
    version: str | None = None,
) -> SynonymGroup:
    """Save a group of synonyms; ``replaces`` is the slug of the built-in ones it replaces.

    Raises TooFewPhrases unless there are two to thirty, each at most 80 letters; ChangedMeanwhile
    unless the group's phrases still have the ``version`` that was read.
    """
    kept = clean_phrases(phrases)
    if group:
        group = SynonymGroup.objects.select_for_update().get(pk=group.pk)
        require_version(version, group.phrases)
    before = _state(group) if group else None
    group = group or SynonymGroup(replaces=replaces)
    group.phrases, group.is_active = kept, True
    group.save()
    _record_change(group, before, by)
    return group


@transaction.atomic
def remove_synonyms(*, group: SynonymGroup, by: Actor) -> None:
    """Deactivate a group of synonyms; this can be undone."""
    before = _state(group)
    group.is_active = False
    group.save()
    _record_change(group, before, by)


@transaction.atomic
def undo_change(*, change: SynonymChange, by: Actor) -> None:
    """Restore the state before a change. Raises AlreadyUndone unless it is its group's last."""
    group = SynonymGroup.objects.select_for_update().get(pk=change.group_id)
    last = SynonymChange.objects.filter(group=group, is_undone=False).first()
    if last is None or last.pk != change.pk:
        raise AlreadyUndone
    before: dict[str, Any] = change.before or {"phrases": group.phrases, "is_active": False}
    group.phrases, group.is_active = before["phrases"], before["is_active"]
    if change.before is None:
        group.replaces = ""
    group.save()
    SynonymChange.objects.filter(pk=change.pk).update(is_undone=True)
    record("search.synonyms_undone", group, by=by, change=change.pk)


@transaction.atomic
def set_ranking_rule(*, rule: Rule, by: Actor, version: str | None = None) -> None:
    """Set the fairness rule; it applies within seconds in every process.

    Raises ChangedMeanwhile unless it still has the ``version`` that was read (of its values).
    """
    row = RankingRule.objects.select_for_update().first() or RankingRule()
    require_version(version, {name: getattr(row, name) for name in vars(rule)})
    row.max_per_cooperative = rule.max_per_cooperative
    row.new_cooperative_days = rule.new_cooperative_days
    row.new_cooperative_position = rule.new_cooperative_position
    row.save()
    record("search.rule_set", row, by=by, **vars(rule))
    ranking_rule(fresh=True)


def clean_phrases(phrases: Sequence[str]) -> list[str]:
    """Phrases without extra spaces and duplicates; raises TooFewPhrases."""
    kept = list(dict.fromkeys(" ".join(phrase.split()) for phrase in phrases if normalize(phrase)))
    if not MIN_PHRASES <= len(kept) <= MAX_PHRASES or any(
        len(phrase) > MAX_PHRASE_LENGTH for phrase in kept
    ):
        raise TooFewPhrases
    return kept


def _state(group: SynonymGroup) -> dict[str, Any]:
    return {"phrases": list(group.phrases), "is_active": group.is_active}


def _record_change(group: SynonymGroup, before: dict[str, Any] | None, by: Actor) -> None:
    after = _state(group)
    SynonymChange.objects.create(group=group, before=before, after=after, by_name=by.name)
    record("search.synonyms_changed", group, by=by, before=before, after=after)
