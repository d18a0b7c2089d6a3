"""Words that sound alike in both scripts have one phonetic key."""

import pytest

from search.language.normalizing import normalize
from search.language.phonetics import phonetic_key


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
def test_a_word_has_the_same_key_in_both_scripts(latin: str, arabic: str) -> None:
    assert phonetic_key(normalize(latin)) == phonetic_key(normalize(arabic)) != ""


def test_too_few_consonants_have_no_key() -> None:
    assert phonetic_key("eau") == ""
    assert phonetic_key("2026") == ""
