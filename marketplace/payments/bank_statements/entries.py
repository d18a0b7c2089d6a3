"""Statements and their entries."""

import hashlib
from dataclasses import dataclass, field
from datetime import date

LARGEST_BYTES = 30 * 1024 * 1024
MOST_ENTRIES = 200_000


@dataclass(frozen=True)
class Entry:
    """One booking on the account. Empty texts were not given.

    ``amount_minor`` is positive; ``is_reversal`` marks the reversal of an earlier one, and
    ``return_reason`` (ISO external code such as AC04) why a payment of ours came back.
    ``payment_id`` is the payment instruction of ours that the bank booked in one sum.
    """

    booked_on: date
    value_on: date | None
    amount_minor: int
    currency: str
    is_credit: bool
    is_reversal: bool = False
    end_to_end_id: str = ""
    message_id: str = ""
    payment_id: str = ""
    bank_reference: str = ""
    remittance: str = ""
    counterparty_name: str = ""
    counterparty_iban: str = ""
    return_reason: str = ""

    @property
    def signed_minor(self) -> int:
        """Positive when the money came in."""
        return self.amount_minor if self.is_credit else -self.amount_minor

    @property
    def content_hash(self) -> str:
        """The same for the same booking in another file; two equal ones on one day share it."""
        parts = (
            self.booked_on, self.signed_minor, self.currency, self.is_reversal,
            self.end_to_end_id, self.message_id, self.bank_reference, self.remittance,
            self.counterparty_name, self.counterparty_iban,
        )  # fmt: skip
        return hashlib.sha256("\x1f".join(str(part) for part in parts).encode()).hexdigest()


@dataclass(frozen=True)
class LeftOut:
    """A row that is no entry: totals, a balance, an amount of zero."""

    line: int
    text: str


@dataclass(frozen=True)
class Statement:
    """An account over a period. Balances are signed minor units; None when the file has none."""

    statement_id: str
    account: str
    currency: str
    from_on: date | None
    to_on: date | None
    opening_minor: int | None
    closing_minor: int | None
    entries: list[Entry] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)

    @property
    def is_complete(self) -> bool | None:
        """Whether the entries lead from one balance to the other; None when it cannot be said."""
        if self.opening_minor is None or self.closing_minor is None:
            return None
        moved = sum(entry.signed_minor for entry in self.entries)
        return self.opening_minor + moved == self.closing_minor
