"""The number of the document behind a transaction, by which an auditor asks for it.

A sale's document is its order, a payout's its run, an explained difference or an ended debt has a
number of its own, a provider's or carrier's settlement the reference on their statement. A
transaction without any goes by its journal and its own number, as ``OD-123``.
"""

import re
from uuid import UUID

from marketplace.ledger.accounting.journals import journal_of
from marketplace.ledger.chart import Cause

# Numbers of explained differences and of ended debts, before their explanation.
_NUMBERED = re.compile(r"([A-Z]{2}\d{4}-\d{5}) ?(.*)", re.DOTALL)
# A provider's own number of a fee stands in the key, between these: the memo names the provider.
FEE_KEY = re.compile(r"psp-fee:(.+):[0-9a-f-]{36}")
OPENING_KEY = re.compile(r"opening:[^:]+:(\d{4}-\d{2}-\d{2}):")


def piece_of(
    cause: Cause, *, transaction_id: int, key: str, memo: str, sale_number: str | None
) -> tuple[str, str]:
    """The document's number, and what else the memo says of it.

    ``sale_number`` is the number of the vendor order, if the transaction is about one.
    """
    if numbered := _NUMBERED.fullmatch(memo):
        return numbered[1], numbered[2]
    if opening := OPENING_KEY.match(key):
        return f"AN-{opening[1]}", memo
    if sale_number:
        return sale_number, "" if _is_id(memo) else memo
    if cause == Cause.PSP_FEE_CHARGED and (fee := FEE_KEY.fullmatch(key)) and not _has_id(fee[1]):
        return fee[1], memo
    # Debts ended before they were numbered have only an explanation.
    if memo and not _is_id(memo) and cause not in {Cause.DEBT_REPAID, Cause.DEBT_BORNE}:
        return memo, ""
    return f"{journal_of(cause).code}-{transaction_id}", "" if _is_id(memo) else memo


def sale_of(key: str, sale_id: UUID | None) -> UUID | None:
    """The sale of a transaction; a fee on a dispute names it in its key only."""
    return UUID(key.split(":")[2]) if key.startswith("dispute-fee:") else sale_id


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True


def _has_id(text: str) -> bool:
    return any(_is_id(part) for part in text.split(":"))
