"""A name that a stranger typed carries no advertisement into a mail."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.person_names import greeted_name, has_an_address

ADVERTISEMENTS = [
    "Win https://evil.example",
    "WWW.evil.example",
    "evil.example",
    "call me@evil.example",
    "evil\u200b.example",
    "ev\u00adil.example now",
    "https\u200b://evil",
    "موقع.كوم",
]


@pytest.mark.parametrize("name", ADVERTISEMENTS)
def test_an_address_is_no_name(name: str) -> None:
    assert has_an_address(name)
    assert greeted_name(name) == ""


@pytest.mark.parametrize(
    "name",
    ["Salma Bennani", "سلمى بناني", "J.-P. O’Neil", "Dr. A. Alaoui", "M.A. Idrissi", "Riad 7"],
)
def test_names_of_people_are_greeted(name: str) -> None:
    assert greeted_name(name) == name


def test_a_name_is_one_line_without_hidden_marks_and_of_some_length() -> None:
    assert greeted_name("Salma\r\nBcc: all@\x00") == ""
    assert greeted_name("Salma\n\u202e Bennani") == "Salma Bennani"
    assert len(greeted_name("a" * 500)) == 60


@given(st.text(max_size=200))
def test_whatever_is_typed_a_greeting_is_one_visible_line(name: str) -> None:
    greeting = greeted_name(name)

    assert greeting.isprintable()
    assert len(greeting) <= 60
    assert "://" not in greeting
    assert "@" not in greeting
