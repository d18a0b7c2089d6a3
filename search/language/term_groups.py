"""From tokens to term groups: phrases, synonyms, compounds, and the weight of each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from search.language.normalizing import Token, stem
from search.language.query_plan import (
    FACTORS,
    KIND_NAME_BOOST,
    Alternative,
    Term,
    TermGroup,
    exact_terms,
)
from search.language.spelling import Speller
from search.language.synonyms import MAX_WORDS_IN_PHRASE, Phrase

_QUANTITY_WEIGHT = 0.3
_SPLIT_COMPOUND = 0.85
_SHORTEST_COMPOUND = 5
_TWO_WORDS = 2
# A spelling that fits so well brings its synonyms; of the best ones so many do.
_CLEAR_FIT = 0.68
_MAX_WITH_SYNONYMS = 6
_MAX_DESCRIPTIVE = 2


def group_tokens(tokens: Sequence[Token], speller: Speller) -> Iterator[TermGroup]:
    """The groups of a query's tokens in order; weights are not proportional yet."""
    grouping = _Grouping(tokens, speller)
    start = 0
    while start < len(tokens):
        end = start + grouping.phrase_length(start)
        yield grouping.group(start, end)
        start = end


class _Grouping:
    """Groups the tokens of one query."""

    def __init__(self, tokens: Sequence[Token], speller: Speller) -> None:
        self.tokens = tuple(tokens)
        self.speller = speller
        self.vocabulary = speller.vocabulary
        self.synonyms = speller.synonyms

    def phrase_length(self, start: int) -> int:
        """How many tokens from here are a known phrase, or one word written as two."""
        longest = min(MAX_WORDS_IN_PHRASE, len(self.tokens) - start)
        for length in range(longest, 1, -1):
            tokens = self.tokens[start : start + length]
            if self.synonyms.known_phrase(tokens) or self._joined(tokens):
                return length
        return 1

    def group(self, start: int, end: int) -> TermGroup:
        """The group of these tokens: a phrase, a quantity, or a word."""
        tokens = self.tokens[start:end]
        if len(tokens) > 1:
            return self._phrase(tokens, self._terms(start, end))
        if tokens[0].is_quantity:
            exact = Alternative(exact_terms((tokens[0].stem,)))
            return TermGroup(tokens[0].text, (exact,), _QUANTITY_WEIGHT, is_optional=True)
        return self._word(tokens[0], *self._terms(start, end))

    def _terms(self, start: int, end: int) -> tuple[Term, ...]:
        last = len(self.tokens) - 1
        return tuple(
            self.speller.spellings(self.tokens[at], is_last=at == last) for at in range(start, end)
        )

    def _joined(self, tokens: tuple[Token, ...]) -> str:
        """Two words as a known one, unless both are known by themselves; empty if it is none."""
        if len(tokens) != _TWO_WORDS:
            return ""
        joined = stem("".join(token.text for token in tokens))
        count = self.vocabulary.document_count
        return joined if count(joined) and not all(count(t.stem) for t in tokens) else ""

    def _phrase(self, tokens: tuple[Token, ...], terms: tuple[Term, ...]) -> TermGroup:
        alternatives = [Alternative(terms)]
        if joined := self._joined(tokens):
            alternatives.append(Alternative(exact_terms((joined,))))
        known = self.synonyms.known_phrase(tokens) or ()
        if known and known != tuple(token.stem for token in tokens):
            alternatives.append(Alternative(exact_terms(known)))
        alternatives += [
            Alternative(exact_terms(phrase), FACTORS["synonym"])
            for phrase in self.synonyms.of(known)
        ]
        weight = sum(self.vocabulary.rarity((token.stem,)) for token in tokens)
        text = " ".join(token.text for token in tokens)
        return self._weighted(TermGroup(text, tuple(alternatives), weight), known)

    def _word(self, token: Token, term: Term) -> TermGroup:
        words, phrases = self._synonyms(term)
        own = self.speller.with_synonyms(term, words) if words else term
        alternatives = [Alternative((own,)), *phrases]
        if compound := self._split(token.stem):
            alternatives.append(compound)
        known = [s.stem for s in term.spellings if self.vocabulary.document_count(s.stem)]
        group = TermGroup(
            token.text,
            tuple(alternatives),
            self.vocabulary.rarity(known[:1]),
            correction=self.speller.correction(token, term),
        )
        return self._weighted(group, (self._meant(token, term),))

    def _synonyms(self, term: Term) -> tuple[dict[str, float], list[Alternative]]:
        """The synonyms of a term's clear spellings: single words, and phrases."""
        words: dict[str, float] = {}
        phrases: list[Alternative] = []
        clear = [s for s in term.spellings if s.factor >= _CLEAR_FIT or _is_correction(s.factor)]
        for spelling in clear[:_MAX_WITH_SYNONYMS]:
            factor = FACTORS["synonym"] * spelling.factor
            for phrase in self.synonyms.of((spelling.stem,)):
                if len(phrase) == 1:
                    words[phrase[0]] = max(words.get(phrase[0], 0), factor)
                else:
                    phrases.append(Alternative(exact_terms(phrase), factor))
        return words, phrases

    def _split(self, word: str) -> Alternative | None:
        """An unknown word as two known ones that were written together: ماورد."""
        if self.speller.is_known(word) or len(word) < _SHORTEST_COMPOUND:
            return None
        for at in range(2, len(word) - 1):
            left, right = word[:at], stem(word[at:])
            if self.vocabulary.is_identifying(left) and self.vocabulary.is_identifying(right):
                return Alternative(exact_terms((left, right)), _SPLIT_COMPOUND)
        return None

    def _meant(self, token: Token, term: Term) -> str:
        """The stem that a word is taken for: its own, or a descriptive one that it may mean."""
        if self.speller.is_known(token.stem):
            return token.stem
        likely = [s.stem for s in term.spellings if s.factor >= FACTORS["correction"]]
        descriptive = (w for w in likely[:_MAX_DESCRIPTIVE] if self.synonyms.is_descriptive((w,)))
        return next(descriptive, token.stem)

    def _weighted(self, group: TermGroup, known: Phrase) -> TermGroup:
        """More weight for what names a kind of goods; descriptive words become optional."""
        if self.synonyms.is_descriptive(known):
            return replace(group, is_optional=True)
        if any(all(map(self._names_a_kind, a.terms)) for a in group.alternatives):
            return replace(group, weight=group.weight * KIND_NAME_BOOST)
        return group

    def _names_a_kind(self, term: Term) -> bool:
        return any(
            spelling.factor > FACTORS["correction"]
            and self.vocabulary.is_in_kind_names(spelling.stem)
            for spelling in term.spellings
        )


def _is_correction(factor: float) -> bool:
    return factor == FACTORS["correction"]
