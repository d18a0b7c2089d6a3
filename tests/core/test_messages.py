"""The check of the catalogues: one English word has one translation, whichever room says it."""

import re
from pathlib import Path

import pytest

from marketplace.core.messages import LANGUAGES, catalogue_files, disagreements

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'


def catalogue(folder: Path, room: str, body: str) -> Path:
    path = folder / room / "fr" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    path.write_text(f"{HEAD}\n{body}", encoding="utf-8")
    return path


def found(*files: Path) -> list[tuple[str, str, str]]:
    return [(f.where, f.what, f.message) for f in disagreements("fr", files)]


def test_a_word_that_two_rooms_translate_differently_is_named(tmp_path: Path) -> None:
    orders = catalogue(tmp_path, "orders", 'msgid "paid"\nmsgstr "payée"\n')
    payments = catalogue(tmp_path, "payments", 'msgid "paid"\nmsgstr "payé"\n')

    assert found(orders, payments) == [("payments:5", "translated otherwise in orders", "paid")]


@pytest.mark.parametrize(
    "body",
    [
        pytest.param('msgid "paid"\nmsgstr "payée"\n', id="alike"),
        pytest.param('msgctxt "payment"\nmsgid "paid"\nmsgstr "payé"\n', id="in a context"),
        pytest.param('msgid "paid"\nmsgstr ""\n', id="not translated here"),
        pytest.param('#, fuzzy\nmsgid "paid"\nmsgstr "payé"\n', id="only guessed"),
    ],
)
def test_what_does_not_contradict_is_left_alone(tmp_path: Path, body: str) -> None:
    orders = catalogue(tmp_path, "orders", 'msgid "paid"\nmsgstr "payée"\n')

    assert found(orders, catalogue(tmp_path, "payments", body)) == []


def test_plural_forms_are_compared_too(tmp_path: Path) -> None:
    plural = 'msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "{}"\nmsgstr[1] "{}s"\n'
    one = catalogue(tmp_path, "orders", plural.format("%(n)s jour", "%(n)s jour"))
    other = catalogue(tmp_path, "ui", plural.format("%(n)s journée", "%(n)s journée"))

    assert [message for _where, _what, message in found(one, other)] == ["%(n)s day"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_our_rooms_agree(language: str) -> None:
    assert list(disagreements(language)) == []


def test_french_punctuation_is_set_as_in_print() -> None:
    """No-break spaces before : ; ? ! and inside « », and the curly apostrophe."""
    wrong = re.compile(r"(?<=\w)'|[ ][:;?!»](?!\w)|«(?!\u00a0)|(?<!\u00a0)»")
    found = [
        line
        for path in catalogue_files("fr")
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.startswith("msgstr") and wrong.search(line)
    ]

    assert found == []
