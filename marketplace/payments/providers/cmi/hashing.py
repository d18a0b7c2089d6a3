"""CMI's hash, version 3: who does not know the store's key cannot make it.

The values of all fields but ``HASH`` and ``encoding``, in the natural order of their names without
regard to case, each with ``\\`` and ``|`` escaped, joined by ``|``, with the store's key at the
end; SHA-512, base64.
"""

import base64
import hashlib
import hmac
import html
import re
from collections.abc import Mapping

LEFT_OUT = {"hash", "encoding"}


def hash_of(fields: Mapping[str, str], store_key: str) -> str:
    """The hash of a form's fields."""
    names = sorted((name for name in fields if name.lower() not in LEFT_OUT), key=_natural)
    values = [_escaped(fields[name]) for name in names]
    text = "|".join([*values, _escaped(store_key)])
    return base64.b64encode(hashlib.sha512(text.encode()).digest()).decode()


def is_signed(fields: Mapping[str, str], store_key: str) -> bool:
    """Whether the form carries the right hash; without a key nothing does."""
    given = next((value for name, value in fields.items() if name.lower() == "hash"), "")
    decoded = {name: html.unescape(value).removesuffix("\n") for name, value in fields.items()}
    return bool(store_key) and hmac.compare_digest(
        given.encode(), hash_of(decoded, store_key).encode()
    )


def _escaped(value: str) -> str:
    return value.strip().replace("\\", "\\\\").replace("|", "\\|")


def _natural(name: str) -> list[tuple[int, int, str]]:
    """Digits compare as numbers: ``Street2`` before ``Street10``."""
    parts = re.findall(r"\d+|\D+", name.lower())
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]
