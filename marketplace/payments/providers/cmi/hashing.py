"""CMI's hash, version 3: who does not know the store's key cannot make it.

The values of all fields but ``HASH`` and ``encoding``, in the natural order of their names without
regard to case, each with ``\\`` and ``|`` escaped, joined by ``|``, with the store's key at the
end; SHA-512, base64. CMI works it out in PHP, on bytes: only ``0`` to ``9`` are digits, only ``A``
to ``Z`` have a small letter, only ASCII's blanks are trimmed.
"""

import base64
import hashlib
import hmac
import re
import sys
from collections.abc import Mapping
from html.entities import name2codepoint

LEFT_OUT = {"hash", "encoding"}
_TRIMMED = " \t\n\r\0\x0b"
_BLANKS = {0x09, 0x0A, 0x0D}
_PARTS = re.compile(rb"[0-9]+|[^0-9]+")
_ENTITY = re.compile(
    "&(?:#0*(?P<number>[0-9]{1,7})|#[xX]0*(?P<hex>[0-9a-fA-F]{1,6})|(?P<name>[A-Za-z0-9]{1,20}));"
)


def hash_of(fields: Mapping[str, str], store_key: str) -> str:
    """The hash of a form's fields."""
    names = sorted((name for name in fields if name.lower() not in LEFT_OUT), key=_natural)
    values = [_escaped(fields[name]) for name in names]
    text = "|".join([*values, _escaped(store_key)])
    return base64.b64encode(hashlib.sha512(_bytes(text)).digest()).decode()


def is_signed(fields: Mapping[str, str], store_key: str) -> bool:
    """Whether the form carries the right hash; without a key nothing does."""
    given = next((value for name, value in fields.items() if name.lower() == "hash"), "")
    decoded = {name: _unescaped(value.removesuffix("\n")) for name, value in fields.items()}
    return bool(store_key) and hmac.compare_digest(
        _bytes(given), hash_of(decoded, store_key).encode()
    )


def _unescaped(value: str) -> str:
    """What HTML 4.01 writes as ``&name;``; an ``&`` without a name and a semicolon stays."""
    return _ENTITY.sub(lambda found: _character(found) or found[0], value)


def _character(found: re.Match[str]) -> str:
    if found["name"]:
        return chr(name2codepoint[found["name"]]) if found["name"] in name2codepoint else ""
    code = int(found["number"]) if found["number"] else int(found["hex"], 16)
    is_text = code in _BLANKS or 0x20 <= code < 0x7F or 0xA0 <= code < 0xD800 or code >= 0xE000  # noqa: PLR2004 -- what HTML 4.01 allows
    return chr(code) if is_text and code <= sys.maxunicode else ""


def _escaped(value: str) -> str:
    return value.strip(_TRIMMED).replace("\\", "\\\\").replace("|", "\\|")


def _natural(name: str) -> list[tuple[int, int, bytes]]:
    """Digits compare as numbers, however many: ``Street2`` before ``Street10``."""
    parts = _PARTS.findall(_bytes(name).lower())
    digits = [(part, part.lstrip(b"0")) for part in parts]
    return [(0, len(number), number) if part.isdigit() else (1, 0, part) for part, number in digits]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
