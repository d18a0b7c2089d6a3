"""What strangers write in several lines: invisible marks go, and what nobody sees is no text."""

import pytest

from marketplace.core.plain_text import plain_text


@pytest.mark.parametrize(
    "text", ["\u200b", "\x07\u200b\u202e", " \u00a0\n\t", "\u3164", "\u2800\u2060", "\u0301\ufe0f"]
)
def test_a_text_of_which_nothing_is_seen_is_empty(text: str) -> None:
    assert plain_text(text) == ""


@pytest.mark.parametrize("text", ["?", "3", "👍🏽", "شكرا", "می\u200cخواهم", "👩\u200d🌾"])
def test_what_is_seen_stays_with_its_joiners(text: str) -> None:
    assert plain_text(f" {text}\r\n") == text


def test_lines_end_alike_and_nothing_turns_the_direction() -> None:
    assert plain_text("un\r\ndeux\r\u202etrois\n\n\n\n\nquatre") == "un\ndeux\ntrois\n\n\nquatre"
