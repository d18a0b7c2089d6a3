"""What certificates are called: registered names have one in each language, others their own."""

from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.vocabulary import LANGUAGES, Term, by_spelling, plain, read_terms, written_in

_FILE = Path(__file__).parent / "data" / "certificates.csv"


class Named(NamedTuple):
    """A name, and its language where that is not the page's."""

    text: str
    language: str = ""


def certificate_name(written: str, language: str) -> Named:
    """What a certificate is called in a language; one that is not known, as it was written."""
    code = _spellings().get(plain(written))
    if code and language in LANGUAGES:
        return Named(certificates()[code].name(language))
    own = written_in(written)
    return Named(written, "" if own == language else own)


@cache
def certificates() -> dict[str, Term]:
    """The known names by code, as ``data/certificates.csv`` has them."""
    return read_terms(_FILE)


@cache
def _spellings() -> dict[str, str]:
    return by_spelling(certificates())
