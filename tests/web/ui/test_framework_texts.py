"""What Django says of a form that is filled wrongly is said in our own voice, in each language."""

from pathlib import Path

import django
import pytest
from babel.messages.pofile import read_po
from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import translation

from marketplace.core.messages import catalogue_files

OF_FORMS = ("forms/fields", "forms/models", "forms/utils", "core/validators")
# Of fields that no form of ours has: addresses of computers, durations, JSON, sets of forms.
NOT_OURS = (
    "domain name", "%(protocol)s", "IPv4", "IPv6", "separated by commas", "(it is %(show_value)s)",
    "step size", "and", "duration", "number of days", "clear checkbox", "JSON", "duplicate",
    "inline value", "time zone",
)  # fmt: skip


def singular(message_id: str | tuple[str, ...] | list[str]) -> str:
    return message_id if isinstance(message_id, str) else message_id[0]


def of_django() -> list[str]:
    """Django's texts of fields and validators, as its own English catalogue places them."""
    path = Path(django.__file__).parent / "conf/locale/en/LC_MESSAGES/django.po"
    with path.open("rb") as file:
        found = [
            singular(message.id)
            for message in read_po(file)
            if message.id and any(place.startswith(OF_FORMS) for place, _line in message.locations)
        ]
    return [text for text in found if not any(part in text for part in NOT_OURS)]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_no_text_of_a_form_is_left_to_django(language: str) -> None:
    ours = set()
    for path in catalogue_files(language):
        with path.open("rb") as file:
            ours |= {singular(message.id) for message in read_po(file) if message.string}
    assert len(of_django()) > 30
    assert [text for text in of_django() if text not in ours] == []


@pytest.mark.parametrize(
    ("language", "limit", "said"),
    [
        ("ar", 1, "حرف واحد على الأكثر؛ كتبتم 45."),
        ("ar", 3, "3 أحرف على الأكثر؛ كتبتم 45."),
        ("ar", 40, "40 حرفا على الأكثر؛ كتبتم 45."),
        ("fr", 40, "40 caractères au plus\u202f; vous en avez saisi 45."),
        ("en", 40, "At most 40 characters; you typed 45."),
    ],
)
def test_a_text_that_is_too_long_is_told_in_the_readers_grammar(
    language: str, limit: int, said: str
) -> None:
    field = forms.CharField(validators=[MaxLengthValidator(limit)])
    with translation.override(language):
        with pytest.raises(forms.ValidationError) as refused:
            field.clean("x" * 45)
        assert refused.value.messages == [said]
