"""Codes that are sent to a buyer and typed from there: six digits, of which only a hash is kept."""

import hmac
import secrets

from marketplace.core.formats import western_digits
from marketplace.core.hashes import keyed_hash

DIGITS = 6


def new_code() -> str:
    """Six digits, as they are sent."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"


def code_hash(*parts: str, code: str) -> str:
    """What is kept of a code, however its digits are written; ``parts`` say what it is good for."""
    digits = "".join(sign for sign in western_digits(code) if sign.isdigit())
    return keyed_hash((*parts, digits))


def is_right(kept: str, *parts: str, code: str) -> bool:
    """Whether a typed code is the one that was kept; never where none was."""
    return bool(kept) and hmac.compare_digest(kept, code_hash(*parts, code=code))
