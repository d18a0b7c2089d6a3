"""One system of digits on a page, mail or document: the one of its language and market.

Names that cooperatives typed, counts inside sentences and telephone numbers come in Western
digits, and stand in one line with amounts and dates that ``Format`` writes. In Egypt and Jordan
what is finished in Arabic is therefore gone over once: of a page the text between tags only, never
an attribute, a script, a field; and never a code with Latin letters in it.
"""

import re

from marketplace.core.formats import GROUP, Format, native_digits, western_digits

_NO_BREAK = "\u00a0"
# Left as they are: what is no text, what a person typed into a field, and foreign words.
_KEPT = re.compile(
    r"(<(script|style|textarea|code|svg)\b.*?</\2\s*>"
    r"|<(?P<other>bdi|span|b|p|a|div|h[1-6])\b[^>]*\blang=\"(?!ar)[^>]*>.*?</(?P=other)>"
    r"|<!--.*?-->|<[^>]*>)",
    re.DOTALL | re.IGNORECASE,
)
_ENTITY_OR_WORD = re.compile(r"&#?\w+;|[^\s<>&]+")
_LATIN = re.compile("[A-Za-z]")
# In a stretch that runs left to right only a no-break space keeps the groups of a number in order.
_GROUPS = re.compile("(?<=[0-9]) (?=[0-9])")
_LEFT_TO_RIGHT = re.compile(r"<bdi[^>]*class=\"[^\"]*\bltr\b", re.IGNORECASE)
# A date or a code with dashes would turn around: it stays in the digits it has.
_DASHED = re.compile("[0-9]-[0-9]")
_INTERNATIONAL = re.compile(r"\+[0-9][0-9 ]+[0-9]")
_ARABIC_INDIC = re.compile("[٠-٩]")
_WESTERN_MARKS = str.maketrans({"٫": ",", "٬": GROUP, "٪": "%"})
_WORD = re.compile(r"\S+")


def in_page_digits(html: str, form: Format) -> str:
    """The page with all its numbers in the digits of its language and market."""
    if form.digits != "arab":
        return _western(html)
    written, is_left_to_right = [], False
    for stretch, is_text in _stretches(html):
        if is_text:
            written.append(_text(stretch, is_left_to_right=is_left_to_right))
        else:
            written.append(stretch)
            is_left_to_right = bool(_LEFT_TO_RIGHT.match(stretch))
    return "".join(written)


def in_text_digits(text: str, form: Format) -> str:
    """A plain text with all its numbers in the digits of its language and market.

    The groups of a telephone number stay in order only with no-break spaces between them.
    """
    if form.digits != "arab":
        return _western_text(text)
    text = _INTERNATIONAL.sub(lambda found: found.group().replace(" ", _NO_BREAK), text)
    return _WORD.sub(_written, text)


def _western(html: str) -> str:
    """The same where digits are Western: an order of Egypt's may be read in Morocco."""
    if not _ARABIC_INDIC.search(html):
        return html
    return "".join(_western_text(part) if is_text else part for part, is_text in _stretches(html))


def _western_text(text: str) -> str:
    return western_digits(text).translate(_WESTERN_MARKS) if _ARABIC_INDIC.search(text) else text


def _stretches(html: str) -> list[tuple[str, bool]]:
    """The page in stretches, and whether each is text that a reader sees."""
    stretches, end = [], 0
    for found in _KEPT.finditer(html):
        stretches += [(html[end : found.start()], True), (found.group(), False)]
        end = found.end()
    return [*(each for each in stretches if each[0]), (html[end:], True)]


def _text(text: str, *, is_left_to_right: bool) -> str:
    if is_left_to_right:
        if _LATIN.search(text) or _DASHED.search(text):
            return text
        text = _GROUPS.sub(_NO_BREAK, text)
    return _ENTITY_OR_WORD.sub(_word, text)


def _word(found: re.Match[str]) -> str:
    word = found.group()
    is_code = word.startswith("&") or _LATIN.search(word)
    return word if is_code else native_digits(word)


def _written(found: re.Match[str]) -> str:
    word = found.group()
    return word if _LATIN.search(word) or _DASHED.search(word) else native_digits(word)
