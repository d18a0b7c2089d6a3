"""Words and phrases that no suggestion contains: staff block them for the whole shop."""

from dataclasses import dataclass

from django.db import transaction

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from search.errors import NothingToBlock
from search.language.normalizing import stems
from search.models import BlockedPhrase

MAX_BLOCKED_LENGTH = 80


@dataclass(frozen=True)
class BlockedPhrases:
    """The phrases that are blocked now, as stems with a space around each."""

    stemmed: tuple[str, ...]

    def are_in(self, text: str) -> bool:
        """Whether a text has one of them, in any spelling that search takes for the same."""
        found = _stemmed(text)
        return any(phrase in found for phrase in self.stemmed)


def blocked_phrases() -> BlockedPhrases:
    """Those in force now, in every process."""
    return BlockedPhrases(tuple(BlockedPhrase.objects.values_list("stems", flat=True)))


@transaction.atomic
def block_phrase(*, text: str, by: Actor) -> BlockedPhrase:
    """Suggest nothing any more that contains a word or phrase; a second time changes nothing.

    Raises NothingToBlock for a text without a word that search knows, or of over 80 letters.
    """
    shown = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    stemmed = _stemmed(shown)
    if not stemmed.strip() or len(shown) > MAX_BLOCKED_LENGTH:
        raise NothingToBlock
    phrase, is_new = BlockedPhrase.objects.get_or_create(
        stems=stemmed, defaults={"text": shown, "by_name": by.name}
    )
    if is_new:
        record("search.phrase_blocked", phrase, by=by, text=shown)
    return phrase


@transaction.atomic
def unblock_phrase(*, phrase: BlockedPhrase, by: Actor) -> None:
    """Let suggestions contain a phrase again."""
    record("search.phrase_unblocked", phrase, by=by, text=phrase.text)
    phrase.delete()


def _stemmed(text: str) -> str:
    return f" {' '.join(stems(text))} "
