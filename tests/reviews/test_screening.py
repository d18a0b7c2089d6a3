"""What a rule leaves to a person: addresses, shouting, repetitions; and what it lets pass."""

import pytest

from marketplace.reviews.screening import reasons_to_hold
from marketplace.reviews.texts import language_of

FINE = [
    "Très bon miel, je recommande !",
    "عسل ممتاز، وصل في الموعد. شكرا جزيلا!!",
    "Arrived 12.11.2026, 500 g, 95 DH. OK.",
    "OUI",
    "",
]
HELD = [
    ("Commandez sur www.miel.example c'est moins cher", "address"),
    ("Écrivez-moi : salma (at) example . org", "address"),
    ("واتساب 0661 22 33 44", "address"),
    ("@salma_miel sur Instagram", "address"),
    ("MIEL TRÈS MAUVAIS NE COMMANDEZ PAS", "shouting"),
    ("Nuuuuuuuul", "repeats"),
    ("Nul ?!?!?!", "repeats"),
    ("سيء ؟؟؟؟", "repeats"),
]


@pytest.mark.parametrize("text", FINE)
def test_an_ordinary_review_passes(text: str) -> None:
    assert reasons_to_hold([text, "Salma"], countries=["MA"]) == []


@pytest.mark.parametrize(("text", "reason"), HELD)
def test_a_rule_leaves_it_to_a_person(text: str, reason: str) -> None:
    assert reasons_to_hold([text, ""], countries=["MA"]) == [reason]


def test_the_name_is_looked_at_too() -> None:
    assert reasons_to_hold(["Bon", "www.pub.example"], countries=["MA"]) == ["address"]


@pytest.mark.parametrize(
    ("text", "said", "found"),
    [
        ("عسل ممتاز", "fr", "ar"),
        ("zwin bzaf", "ar", "und"),
        ("Très bon", "fr", "fr"),
        ("Muy bueno", "und", "und"),
        ("", "ar", "ar"),
    ],
)
def test_the_script_corrects_the_language(text: str, said: str, found: str) -> None:
    assert language_of(text, said) == found
