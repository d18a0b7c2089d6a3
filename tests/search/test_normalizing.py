"""Normalizing: spellings of one word become one stem, quantities one token."""

import pytest

from search.language.normalizing import normalize, stems, tokenize


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


def test_normalized_words_are_separated_by_one_space() -> None:
    assert normalize("  Huile — d'OLIVE (vierge)\n100% ") == "huile olive vierge 100"


def test_stop_words_and_single_letters_do_not_count() -> None:
    assert stems("eau de la rose à M") == ["eau", "ros"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("500 غ", ["500g"]),
        ("٥٠٠ غرام", ["500g"]),
        ("0,5 kg", ["500g"]),
        ("1 L", ["1000ml"]),
        ("75 cl", ["750ml"]),
        ("كيلو 1 كلغ", ["كيلو", "1000g"]),
        ("lot de 3", ["lot", "3"]),
    ],
)
def test_a_quantity_is_one_token_in_any_unit(text: str, words: list[str]) -> None:
    assert tokenize(text) == words
