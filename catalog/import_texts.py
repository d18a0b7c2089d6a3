"""The texts of an import row: cells as they mean, and names and descriptions by language."""

import html
import re
from html.entities import html5

from catalog.content import LONGEST_DESCRIPTION, ListingText
from marketplace.core.spreadsheets import typed_cell
from marketplace.core.vocabulary import written_in

LANGUAGES = ("ar", "fr", "en")
ALTERNATIVE_COLUMNS = {
    "key": "gtin13",
    "name": "name_as_entered",
    "description": "ingredients",
}
DESCRIPTION_COLUMNS = {"description", "ingredients", *(f"description_{lang}" for lang in LANGUAGES)}
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]+")
_TAG = re.compile(
    r"</?(?:p|br|div|span|ul|ol|li|b|i|strong|em|h[1-6]|table|t[rdh])\b[^>]*>", re.IGNORECASE
)
# What a workbook takes for one character.
_BREAK = re.compile(r"(?<!\\)\\n")
_CODE = re.compile(r"_(x[0-9A-Fa-f]{4}_)")
_ENTITY = re.compile(r"&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


def texts_of(row: dict[str, str]) -> dict[str, ListingText]:
    """Texts by language; one without a language is Arabic if it has Arabic letters."""
    texts = {}
    for lang in LANGUAGES:
        text = ListingText(
            name=cell(row, f"name_{lang}"),
            description=_long(row, f"description_{lang}"),
            materials=cell(row, f"materials_{lang}"),
        )
        if text.name or text.description or text.materials:
            texts[lang] = text
    if name := cell(row, "name"):
        lang = written_in(name)
        before = texts.get(lang, ListingText())
        if not before.name:
            found = {"name": name, "description": before.description or _long(row, "description")}
            texts[lang] = before.model_copy(update=found)
    return texts


def cell(row: dict[str, str], column: str) -> str:
    """A cell as one line, without the tags and entities of a web page."""
    return plain_line(_written(row, column))


def plain_line(text: str) -> str:
    """A text as one line, without the tags and entities of a web page."""
    plain = _ENTITY.sub(_character, _TAG.sub(" ", typed_cell(text)))
    return one_line(plain)


def one_line(text: str) -> str:
    """A text without control characters, its words separated by one space each."""
    return " ".join(_CONTROL.sub(" ", text).split())


def lines_of(text: str) -> list[str]:
    """The lines of a text, whatever ends them."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def as_written(text: str) -> str:
    """One line so that ``plain_line`` gives it back, whatever it looks like.

    A sign that would begin an entity, a tag or a code of a spreadsheet, or be taken for the mark
    before a formula, stands as an entity.
    """
    text = _ENTITY.sub(r"&amp;\1;", text)
    text = _CODE.sub(r"&#95;\1", text.replace("<", "&lt;"))
    return f"&#39;{text[1:]}" if typed_cell(text) != text else text


def lines_as_written(text: str) -> str:
    """Several lines so that an import gives them back; spaces at their ends are left out."""
    lines = "\n".join(as_written(one_line(line)) for line in lines_of(text)).strip()
    return f"&#39;{lines[1:]}" if typed_cell(lines) != lines else lines


def _written(row: dict[str, str], column: str) -> str:
    return row.get(column) or row.get(ALTERNATIVE_COLUMNS.get(column, ""), "")


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for; without its semicolon, as in ``A&para``, it is text."""
    if entity[1].startswith("#"):
        return html.unescape(entity[0])
    return html5.get(f"{entity[1]};", entity[0])


def _long(row: dict[str, str], column: str) -> str:
    """A description with its line breaks, at its longest."""
    text = typed_cell(_written(row, column))
    if "parent" in row:
        # WooCommerce, whose tables alone have that column, writes a line break as two signs.
        text = _BREAK.sub("\n", text)
    text = _TAG.sub(" ", text)
    lines = [plain_line(line) for line in lines_of(text)]
    return "\n".join(lines).strip()[:LONGEST_DESCRIPTION].strip()
