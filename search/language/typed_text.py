"""What a person typed, without the words that a filter stands for; nothing else of it changes."""

from collections.abc import Sequence

from search.language.normalizing import stem, tokenize


def without_name(text: str, name: Sequence[str]) -> str:
    """The text without the run of words whose stems are ``name``; the whole text if it has none.

    The other words stay as they were typed: a search that is refined keeps its spelling, its
    phrases in quotation marks and its price.
    """
    typed = text.split()
    stems = [tuple(stem(word) for word in tokenize(piece)) for piece in typed]
    wanted = tuple(name)
    for start in range(len(typed)):
        found: tuple[str, ...] = ()
        for end in range(start, len(typed)):
            found += stems[end]
            if found == wanted and stems[start]:
                return " ".join(typed[:start] + typed[end + 1 :])
            if found != wanted[: len(found)]:
                break
    return text
