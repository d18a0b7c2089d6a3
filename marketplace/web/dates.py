"""Days that people choose in forms."""

from django import forms


def day_input() -> forms.DateInput:
    """A browser's own input of a day.

    It takes and shows a value only as ``2026-12-31``, whatever the format of the page's language.
    """
    return forms.DateInput(attrs={"type": "date", "dir": "ltr"}, format="%Y-%m-%d")
