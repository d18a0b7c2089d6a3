"""Text that reads left to right, within sentences of any language."""

from django.utils.translation import get_language_bidi


def as_code(text: str) -> str:
    """A code or a number with spaces, for a sentence of the active language.

    In Arabic it is isolated: without that, groups of digits would stand in the opposite order.
    """
    return f"\u2066{text}\u2069" if get_language_bidi() else text
