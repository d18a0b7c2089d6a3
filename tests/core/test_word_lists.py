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


# Lists that no page, mail or document shows in its reader's language.
NO_READERS_LIST = {
    "catalog/queries/rows.py": "columns of SQL",
    "marketplace/core/picture_sizes.py": "widths that a browser chooses from",
    "catalog/adoption/csv_file.py": "cells of a table that is read back",
    "catalog/management/commands": "English of the command line",
    "catalog/publishing/bulk.py": "the engine's own messages, for the operator",
    "marketplace/cli.py": "English of the command line",
    "marketplace/core/backup": "English of the command line",
    "marketplace/core/channel_names.py": "English of the configuration",
    "marketplace/core/checks.py": "names of migrations",
    "marketplace/core/events.py": "a programmer's error",
    "marketplace/core/management/commands": "English of the command line",
    "marketplace/demo/management/commands": "English of the command line",
    "marketplace/embedded": "the engine's messages, as Saleor writes them",
    "marketplace/environment": "English of the configuration",
    "marketplace/moving/steps/listings.py": "the engine's own messages, for the operator",
    "marketplace/orders/services/pickup_words.py": "lines of an address",
    "marketplace/orders/services/checkout": "codes, kept for the operator",
    "marketplace/payments/services/bank_import.py": "numbers of statements, kept",
    "marketplace/payments/services/refund.py": "codes, kept for the operator",
    "marketplace/payouts/documents/annual_summary_files.py": "cells of a data set",
    "marketplace/process.py": "English of the command line",
    "marketplace/saleor/app_plan.py": "names in the plan of the set-up",
    "marketplace/saleor/errors.py": "what a log shows of an error",
    "marketplace/saleor/stock_zone.py": "names in the plan of the set-up",
    "marketplace/web/browser_rules.py": "a header",
    "search/ranking/evaluation.py": "English of the command line",
    "search/rows.py": "columns of SQL",
}
_JOINED = re.compile(r"""(['"])[,;،؛] \1\.join\(""")


def joins_by_hand() -> set[str]:
    """The files that join a list with a comma or semicolon of one script."""
    root = ROOMS.parent.parent
    return {
        str(path.relative_to(root))
        for room in ("marketplace", "catalog", "vendors", "search")
        for path in (root / room).rglob("*.py")
        if "saleor/client" not in str(path) and _JOINED.search(path.read_text(encoding="utf-8"))
    }


def test_lists_that_people_read_are_joined_in_their_language() -> None:
    unlisted = {file for file in joins_by_hand() if not file.startswith(tuple(NO_READERS_LIST))}
    assert unlisted == set()


def test_each_exception_is_still_one() -> None:
    files = joins_by_hand()
    unused = {own for own in NO_READERS_LIST if not any(file.startswith(own) for file in files)}
    assert unused == set()
