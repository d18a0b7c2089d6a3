"""Why the engine did not take something, stored without words: each reader gets their own."""

from marketplace.core.errors import TwizaError
from marketplace.core.logs import request_id
from marketplace.saleor.errors import (
    EngineRefused,
    EngineUnavailable,
    NotInstalled,
    NotSetUp,
    UnknownId,
)
from marketplace.saleor.refusal_words import CODES, in_words, last_step, unknown

_WORDS = {error.code: error.message for error in (EngineUnavailable, NotInstalled, NotSetUp)} | {
    UnknownId.code: CODES["NOT_FOUND"]
}


def kept_reason(error: TwizaError | None) -> str:
    """``engine_refused|INVALID:name|3f0c…``: the code, of a refusal its codes and fields, and the
    request's number; without an error what nobody expected."""
    refused = error.errors if isinstance(error, EngineRefused) else []
    codes = ",".join(f"{e.get('code') or ''}:{last_step(e.get('field'))}" for e in refused)
    return f"{error.code if error else 'unexpected'}|{codes}|{request_id.get()}"


def reason_in_words(kept: str) -> str:
    """What ``kept_reason`` stored, in the reader's language; empty for nothing.

    Text of any other form, as it was stored once, becomes the plain sentence: it may be the
    engine's own.
    """
    if not kept:
        return ""
    code, codes, number = [*kept.split("|"), "", ""][:3]
    if code == EngineRefused.code and codes:
        pairs = (pair.partition(":") for pair in codes.split(","))
        return in_words([{"code": one, "field": field} for one, _colon, field in pairs], number)
    return str(_WORDS.get(code) or unknown(number or "–"))
