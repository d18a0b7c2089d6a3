"""Lists and punctuation in the reader's own script, in catalogues and in templates."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils import translation

from marketplace.core.word_lists import listed, mark

ROOMS = Path(settings.LOCALE_PATHS[0]).parent
TEMPLATES = sorted(
    path
    for path in ROOMS.parent.rglob("templates/**/*")
    if path.suffix in {".html", ".txt"} and path.name != "kit.html"
)
# What is not a sentence: placeholders, tags, entities, addresses.
_NOT_WORDS = re.compile(r"%\(\w+\)[sd]|<[^>]+>|&\w+;|https?://\S+|%[sd]|\{\w*\}")
_WESTERN = re.compile(r"[\u0600-\u06ff\u00bb)x]\s*[,;?](?![A-Za-z0-9])")
_TRANSLATED = re.compile(r"\{% blocktranslate.*?endblocktranslate %\}|\{#.*?#\}", re.DOTALL)
_CODE = re.compile(r"<(script|style)\b.*?</\1>|\{% comment.*?endcomment %\}", re.DOTALL)
_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<[^>]*>|&\w+;", re.DOTALL)


@pytest.mark.parametrize(("language", "expected"), [("ar", "عسل، زيت"), ("fr", "عسل, زيت")])
def test_a_list_has_the_comma_of_its_reader(language: str, expected: str) -> None:
    with translation.override(language):
        assert listed(["عسل", "زيت"]) == expected


def test_a_semicolon_too() -> None:
    with translation.override("ar"):
        assert mark(";") == "؛"


def test_arabic_texts_have_arabic_punctuation() -> None:
    found = []
    for path in sorted(ROOMS.glob("*/ar/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            entries = read_po(file)
        texts = [entry.string for entry in entries if entry.id]
        flat = [one for text in texts for one in ([text] if isinstance(text, str) else text)]
        found += [one for one in flat if _WESTERN.search(_NOT_WORDS.sub("x", one))]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_template_has_a_mark_outside_its_translated_texts(path: Path) -> None:
    """Such a mark is the same in every language; ``{% comma %}`` writes the reader's own."""
    source = path.read_text(encoding="utf-8")
    assert not re.search(r"""join:"[,;?] ?\"""", source)
    plain = _TAGS.sub("", _CODE.sub("", _TRANSLATED.sub("", source)))
    assert not re.search("[,;?]", plain), plain
