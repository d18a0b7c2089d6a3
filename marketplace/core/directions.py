"""Text that reads left to right, within sentences of any language."""

from django.utils.translation import get_language_bidi


def as_code(text: str) -> str:
    """A code or a number with spaces, for a sentence of the active language.

    In Arabic it is isolated: without that, groups of digits would stand in the opposite order. It
    is not broken either: its end would stand in the next line, on the other side.
    """
    if not get_language_bidi():
        return text
    unbroken = text.replace(" ", "\u00a0")
    return f"\u2066{unbroken}\u2069"
