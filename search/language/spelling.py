"""The spellings that a typed word may stand for: completions, other scripts, corrections."""

from search.language.edit_distance import allowed_edits, edit_distance
from search.language.normalizing import Token, is_arabic, stem
from search.language.phonetics import phonetic_key
from search.language.query_plan import FACTORS, Spelling, Term, phonetic_factor
from search.language.synonyms import Synonyms, without_article
from search.language.vocabulary import Vocabulary

MAX_SPELLINGS = 24
_WITHOUT_ARTICLE = 0.95
# A completion of a known word, other than the last typed, has at most so many letters more.
_LONGEST_ENDING = 2
_LEAST_SHARE_TYPED = 0.5
# A known word also stands for one that sounds as much like it: another form, the other script.
_SAME_WORD_DISTANCE = 0.3
_SHORTEST_CLEAR_KEY = 3
_KNOWN_WORD_FACTOR = 0.8
_SECOND_EDIT = 0.12


class Speller:
    """Finds spellings of typed words among the words of documents and synonyms."""

    def __init__(self, vocabulary: Vocabulary, synonyms: Synonyms) -> None:
        self.vocabulary = vocabulary
        self.synonyms = synonyms

    def is_known(self, word: str) -> bool:
        """Whether a stem identifies some listing, or is a synonym."""
        return self.vocabulary.is_identifying(word) or word in self.synonyms.words

    def spellings(self, token: Token, *, is_last: bool) -> Term:
        """A typed word in all the spellings that may be meant; the last one may be incomplete."""
        found = {token.stem: FACTORS["exact"]}
        known = self.is_known(token.stem)
        self._add_completions(found, token.stem, is_known=known, is_last=is_last)
        # A word that only places or cooperatives are called may well be another by its sound.
        certain = known and self.vocabulary.is_in_names(token.stem)
        self._add_sounding_like(found, token.text, is_known=certain)
        if not known and (bare := without_article(token.text)) != token.text:
            if self.is_known(stem(bare)):
                _add(found, stem(bare), _WITHOUT_ARTICLE)
            if not is_arabic(bare):
                self._add_sounding_like(found, bare, is_known=False)
        if not certain and token.stem not in self.synonyms.words:
            self._add_corrections(found, token)
        return Term(_ordered(found)[:MAX_SPELLINGS])

    def _add_completions(
        self, found: dict[str, float], prefix: str, *, is_known: bool, is_last: bool
    ) -> None:
        for word in self.vocabulary.completions(prefix):
            if is_last or not is_known or len(word) - len(prefix) <= _LONGEST_ENDING:
                share = max(len(prefix) / len(word), _LEAST_SHARE_TYPED)
                _add(found, word, FACTORS["prefix"] * share)

    def _add_sounding_like(self, found: dict[str, float], typed: str, *, is_known: bool) -> None:
        for word, distance in self.vocabulary.sounding_like(typed):
            if is_known and (
                distance > _SAME_WORD_DISTANCE
                or len(phonetic_key(typed)) < _SHORTEST_CLEAR_KEY
                or not (is_arabic(typed) or is_arabic(word))
            ):
                continue
            _add(found, word, phonetic_factor(distance) * (_KNOWN_WORD_FACTOR if is_known else 1.0))

    def _add_corrections(self, found: dict[str, float], token: Token) -> None:
        words, edits = self.vocabulary.corrections(token.stem)
        for word in words:
            _add(found, word, FACTORS["correction"] - _SECOND_EDIT * (edits - 1))
        if not words:
            for word in self.vocabulary.phonetic_corrections(token.text):
                _add(found, word, FACTORS["phonetic_correction"])

    def with_synonyms(self, term: Term, synonyms: dict[str, float]) -> Term:
        """A term with single-word synonyms, each with its factor, as further spellings."""
        found = {spelling.stem: spelling.factor for spelling in term.spellings}
        for word, factor in synonyms.items():
            _add(found, word, factor)
        return Term(_ordered(found))

    def correction(self, token: Token, term: Term) -> str:
        """The known word of the same script that a misspelt one was corrected to, or empty."""
        if self.is_known(token.stem):
            return ""
        arabic = is_arabic(token.stem)
        others = (
            spelling.stem
            for spelling in term.spellings
            if spelling.stem != token.stem
            # A synonym in the other script, which no document has, does not show what was meant.
            and (
                self.vocabulary.document_count(spelling.stem) or is_arabic(spelling.stem) == arabic
            )
        )
        best = next(others, "")
        if not best or is_arabic(best) != arabic:
            return ""
        limit = allowed_edits(token.stem)
        return best if edit_distance(token.stem, best, limit=limit) <= limit else ""


def _add(found: dict[str, float], word: str, factor: float) -> None:
    found[word] = max(found.get(word, 0.0), round(factor, 3))


def _ordered(found: dict[str, float]) -> tuple[Spelling, ...]:
    """The best first."""
    pairs = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Spelling(*pair) for pair in pairs)
