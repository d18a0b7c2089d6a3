"""From what a buyer typed to what to look for: words, sounds, synonyms, slips, prices, filters."""

from collections.abc import Iterator
from dataclasses import replace

from search.language.edit_distance import distance, slips_allowed
from search.language.filter_mentions import filters_named
from search.language.normalizing import is_arabic, is_quantity, stem, words_of
from search.language.phonetics import skeleton
from search.language.phrases import phrases, without_marks
from search.language.price_parsing import read_prices
from search.language.query_plan import FACTORS, NAMES_GOODS, Group, Part, Plan, Way, heard_factor
from search.language.synonyms import LONGEST_PHRASE, Lexicon, Phrase, without_article
from search.language.vocabulary import Vocabulary
from search.query import LONGEST_TEXT, SearchQuery

MOST_WORDS = 10
MOST_SPELLINGS = 24
CLEAR_SOUND = 3
# A known word is also taken for one that sounds so much like it: another form, the other script.
_SAME_WORD = 0.3
_SPLIT = 0.85
# A word that is only heard in the typed one lends its synonyms when it fits so well.
_CLEARLY = 0.68
# A worse guess does not count beside a word that is clear.
LEAST_FIT = 0.5


def understand(query: SearchQuery, vocabulary: Vocabulary, lexicon: Lexicon) -> Plan:
    """Read a buyer's words; what exceeds 200 characters or 10 words is left out."""
    text = query.text[:LONGEST_TEXT]
    said = read_prices(without_marks(text), query.market)
    typed = list({stem(word): word for word in words_of(said.text)}.values())[:MOST_WORDS]
    reader = _Reader(vocabulary, lexicon, typed)
    read = _required(list(reader.groups()))
    groups = _in_proportion([*phrases(text), *reader.without_guesses(read)])
    return Plan(
        groups=tuple(groups),
        is_browsing=not said.text.strip(),
        price_min_minor=said.lowest,
        price_max_minor=said.highest,
        offered=tuple(filters_named(typed)),
        respelt={stem(g.typed): g.respelt for g in groups if g.respelt},
    )


def _required(groups: list[Group]) -> list[Group]:
    """Words of praise and quantities have to be there if the query has nothing else."""
    if all(group.is_extra for group in groups):
        return [replace(group, is_extra=is_quantity(group.typed)) for group in groups]
    return groups


def _in_proportion(groups: list[Group]) -> list[Group]:
    total = sum(group.weight for group in groups) or 1.0
    return [replace(group, weight=group.weight / total) for group in groups]


class _Reader:
    """Reads the words of one query."""

    def __init__(self, vocabulary: Vocabulary, lexicon: Lexicon, typed: list[str]) -> None:
        self.vocabulary = vocabulary
        self.lexicon = lexicon
        self.typed = typed

    def groups(self) -> Iterator[Group]:
        at = 0
        while at < len(self.typed):
            length = self._phrase_length(at)
            if length > 1:
                yield self._phrase(at, length)
            else:
                yield self._word(at)
            at += length

    def _phrase_length(self, at: int) -> int:
        """How many words from here are a known phrase, or one word written apart."""
        for length in range(min(LONGEST_PHRASE, len(self.typed) - at), 1, -1):
            words = tuple(self.typed[at : at + length])
            if self._known_phrase(words) or (length == 2 and self._joined(words)):  # noqa: PLR2004
                return length
        return 1

    def _known_phrase(self, typed: Phrase) -> Phrase | None:
        stems = tuple(stem(word) for word in typed)
        return stems if self.lexicon.same_as(stems) else self.lexicon.heard_as(typed)

    def _joined(self, typed: Phrase) -> str:
        """Two words as one that is known, when not both are known by themselves."""
        joined = stem("".join(typed))
        apart_known = all(self.vocabulary.documents(stem(word)) for word in typed)
        return joined if self.vocabulary.documents(joined) and not apart_known else ""

    def _phrase(self, at: int, length: int) -> Group:
        typed = tuple(self.typed[at : at + length])
        own = Way(tuple(self._part(at + n) for n in range(length)))
        ways = [own]
        if joined := self._joined(typed) if length == 2 else "":  # noqa: PLR2004
            ways.append(Way((Part(((joined, 1.0),)),)))
        known = self._known_phrase(typed)
        if known:
            ways += self._synonyms(known, heard=known != tuple(stem(word) for word in typed))
        weight = sum(self.vocabulary.rarity((stem(word),)) for word in typed)
        return self._weighed(Group(" ".join(typed), tuple(ways), weight), known or ())

    def _word(self, at: int) -> Group:
        typed = self.typed[at]
        root = stem(typed)
        if is_quantity(typed):
            return Group(typed, (Way((Part(((root, 1.0),)),)),), 0.3, is_extra=True)
        part = self._part(at)
        ways = [Way((part,))]
        likely = [(w, f) for w, f in part.spellings if f >= _CLEARLY or f == FACTORS["meant"]]
        singles: dict[str, float] = {}
        for word, factor in likely[:6]:
            for phrase in self.lexicon.same_as((word,)):
                worth = FACTORS["synonym"] * factor
                if len(phrase) == 1:
                    singles[phrase[0]] = max(singles.get(phrase[0], 0), worth)
                else:
                    ways.append(Way(tuple(Part(((w, 1.0),)) for w in phrase), worth))
        if singles:
            ways[0] = Way((_merged(part, singles),))
        if split := self._split(root):
            ways.append(split)
        known = [w for w, _ in part.spellings if self.vocabulary.documents(w)]
        weight, respelt = self.vocabulary.rarity(known[:1]), self._respelt(root, part)
        meant = [word for word, factor in part.spellings if factor >= FACTORS["meant"]]
        praised = [word for word in meant[:2] if self.lexicon.qualifies((word,))]
        known_as = root if self._is_known(root) or not praised else praised[0]
        return self._weighed(Group(typed, tuple(ways), weight, respelt=respelt), (known_as,))

    def _weighed(self, group: Group, known: Phrase) -> Group:
        """More for what names goods; what only praises them need not be there."""
        if self.lexicon.qualifies(known):
            return replace(group, is_extra=True)
        names = any(all(self._names_goods(part) for part in way.parts) for way in group.ways)
        return replace(group, weight=group.weight * NAMES_GOODS) if names else group

    def _names_goods(self, part: Part) -> bool:
        return any(
            factor > FACTORS["meant"] and self.vocabulary.is_kind(word)
            for word, factor in part.spellings
        )

    def without_guesses(self, groups: list[Group]) -> list[Group]:
        """A word that can only be guessed at is left unknown where others are clear.

        Else the guess would hide what has the clear ones.
        """
        pairs = [(group, self._fits(group)) for group in groups]
        if not any(fit >= FACTORS["meant"] for group, fit in pairs if not group.is_extra):
            return groups
        return [
            group if fit >= LEAST_FIT else replace(group, ways=_as_typed(group))
            for group, fit in pairs
        ]

    def _fits(self, group: Group) -> float:
        """How well what documents have fits a group at best."""
        return max(
            way.factor
            * min(
                max((f for w, f in part.spellings if self.vocabulary.documents(w)), default=0.0)
                for part in way.parts
            )
            for way in group.ways
        )

    def _synonyms(self, known: Phrase, *, heard: bool) -> list[Way]:
        ways = [
            Way(tuple(Part(((word, 1.0),)) for word in phrase), FACTORS["synonym"])
            for phrase in self.lexicon.same_as(known)
        ]
        return [Way(tuple(Part(((word, 1.0),)) for word in known))] * heard + ways

    def _part(self, at: int) -> Part:
        """A word in all the spellings that may be meant by it."""
        typed = self.typed[at]
        is_last = at == len(self.typed) - 1
        found: dict[str, float] = {}
        root = stem(typed)
        _put(found, root, FACTORS["exact"])
        known = self._is_known(root)
        self._add_begun(found, root, known=known, is_last=is_last)
        # What only a village or a maker is called may as well be heard as something else.
        certain = known and self.vocabulary.is_naming(root)
        self._add_heard(found, typed, known=certain)
        if not known and (bare := without_article(typed)) != typed:
            if self._is_known(stem(bare)):
                _put(found, stem(bare), 0.95)
            if not is_arabic(bare):
                self._add_heard(found, bare, known=False)
        if not certain and root not in self.lexicon.words:
            self._add_slips(found, typed)
        order = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))
        return Part(tuple(order[:MOST_SPELLINGS]))

    def _is_known(self, root: str) -> bool:
        return self.vocabulary.is_telling(root) or root in self.lexicon.words

    def _add_begun(self, found: dict[str, float], root: str, *, known: bool, is_last: bool) -> None:
        for word in self.vocabulary.begun(root):
            longer = len(word) - len(root)
            if is_last or not known or longer <= 2:  # noqa: PLR2004
                _put(found, word, FACTORS["begun"] * max(len(root) / len(word), 0.5))

    def _add_heard(self, found: dict[str, float], typed: str, *, known: bool) -> None:
        """Words that sound alike."""
        for word, cost in self.vocabulary.heard(typed):
            if known and (cost > _SAME_WORD or len(skeleton(typed)) < CLEAR_SOUND):
                continue
            if known and not is_arabic(typed) and not is_arabic(word):
                continue
            factor = heard_factor(cost) * (0.8 if known else 1.0)
            _put(found, word, factor)

    def _add_slips(self, found: dict[str, float], typed: str) -> None:
        meant = self.vocabulary.meant(stem(typed))
        for word, slips in meant:
            _put(found, word, FACTORS["meant"] - 0.12 * (slips - 1))
        if not meant:
            for word in self.vocabulary.misheard(typed):
                _put(found, word, FACTORS["misheard"])

    def _split(self, root: str) -> Way | None:
        """An unknown word that was two known ones written together: ماورد."""
        if self._is_known(root) or len(root) < 5:  # noqa: PLR2004
            return None
        for at in range(2, len(root) - 1):
            left, right = root[:at], stem(root[at:])
            if self.vocabulary.is_telling(left) and self.vocabulary.is_telling(right):
                return Way((Part(((left, 1.0),)), Part(((right, 1.0),))), _SPLIT)
        return None

    def _respelt(self, root: str, part: Part) -> str:
        """The known word of the same script that stands for a mistyped one."""
        if self._is_known(root):
            return ""
        alike = is_arabic(root)
        others = [
            word
            for word, _factor in part.spellings
            # What only the lexicon writes in the other script says nothing of what was meant.
            if word != root and (self.vocabulary.documents(word) or is_arabic(word) == alike)
        ]
        if not others or is_arabic(others[0]) != alike:
            return ""
        allowed = slips_allowed(root)
        return others[0] if distance(root, others[0], most=allowed) <= allowed else ""


def _as_typed(group: Group) -> tuple[Way, ...]:
    own = group.ways[0]
    return (replace(own, parts=tuple(Part(part.spellings[:1]) for part in own.parts)),)


def _put(found: dict[str, float], word: str, factor: float) -> None:
    found[word] = max(found.get(word, 0.0), round(factor, 3))


def _merged(part: Part, more: dict[str, float]) -> Part:
    found = dict(part.spellings)
    for word, factor in more.items():
        _put(found, word, factor)
    return Part(tuple(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))))
