"""Spellings of one word are one word."""

import pytest

from search.language.edit_distance import edit_distance
from search.language.normalizing import normalize, stems
from search.language.phonetics import phonetic_key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("أركان", "اركان"),
        ("إكليل", "اكليل"),
        ("زربيّة", "زربيه"),
        ("مصطفى", "مصطفي"),
        ("عســـل", "عسل"),
        ("عَسَل", "عسل"),
        ("زيت الزيتون", "زيت زيتون"),
        ("٢٥٠ غرام", "250 غرام"),
        ("۲۵۰", "250"),
        ("أرگان", "أركان"),
        ("بالعسل", "عسل"),
        ("الللشعر", "شعر"),
        ("سبّاط", "سباط"),
        ("مؤونة", "موونة"),
        ("Huile d'argan", "huile argan"),
        ("Huile d’argan", "HUILE ARGAN"),
        ("séché", "seche"),
        ("dattes", "Datte"),
        ("Za'atar", "zaatar"),
        ("Œuvre", "oeuvre"),
    ],
)
def test_spellings_of_a_word_have_the_same_stems(left: str, right: str) -> None:
    assert stems(left) == stems(right) != []


@pytest.mark.parametrize(
    ("left", "right"),
    [("زيت", "زيتون"), ("ورد", "رد"), ("تمر", "تين"), ("miel", "mil"), ("rose", "riz")],
)
def test_different_words_stay_different(left: str, right: str) -> None:
    assert stems(left) != stems(right)


def test_fold_parts_words_by_one_space() -> None:
    assert normalize("  Huile — d'OLIVE (vierge)\n100% ") == "huile olive vierge 100"


def test_stop_words_and_single_letters_do_not_count() -> None:
    assert stems("eau de la rose à M") == ["eau", "ros"]


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("argan", "أركان"),
        ("argan", "أرغان"),
        ("zitoun", "زيتون"),
        ("zit", "زيت"),
        ("kouskous", "كسكس"),
        ("7sir", "حصير"),
        ("ghassoul", "غاسول"),
        ("ward", "ورد"),
        ("belgha", "بلغة"),
        ("khmassi", "خماسي"),
    ],
)
def test_a_word_sounds_the_same_in_both_scripts(latin: str, arabic: str) -> None:
    assert phonetic_key(normalize(latin)) == phonetic_key(normalize(arabic)) != ""


def test_too_few_consonants_have_no_sound() -> None:
    assert phonetic_key("eau") == ""
    assert phonetic_key("2026") == ""


@pytest.mark.parametrize(
    ("left", "right", "edits"),
    [("miel", "miel", 0), ("meil", "miel", 1), ("zafran", "zaafran", 1), ("abc", "xyz", 3)],
)
def test_edit_distances(left: str, right: str, edits: int) -> None:
    assert edit_distance(left, right) == edits
