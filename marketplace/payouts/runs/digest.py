"""The digest that binds an approval to exactly these lines and these accounts."""

import hashlib
import json
from collections.abc import Iterable

from marketplace.payouts.models import PayoutLine, PayoutRun, Provider


class LinesDigest:
    """SHA-256 over payer, currency, payout method and every line to pay with its account.

    Add the lines in the order of their positions; they are not held in memory.
    """

    def __init__(self, run: PayoutRun) -> None:
        self._hash = hashlib.sha256()
        head = {
            "programme": str(run.programme_id),
            "debtor": run.programme.debtor_account,
            "reference": run.reference,
            "currency": run.currency,
        }
        if run.provider != Provider.BANK_BATCH:
            head["provider"] = run.provider
        self._hash.update(json.dumps(head, sort_keys=True).encode())

    def add(self, line: PayoutLine) -> None:
        """Add a line to pay."""
        content = [
            line.end_to_end_id,
            str(line.cooperative_id),
            str(line.amount_minor),
            line.holder_name,
            line.account_number,
            line.account_bic,
            line.destination,
        ]
        self._hash.update(b"\n" + json.dumps(content).encode())

    def hexdigest(self) -> str:
        """The digest of the lines added so far."""
        return self._hash.hexdigest()


def digest_of(run: PayoutRun, lines: Iterable[PayoutLine]) -> str:
    """The digest of a run's lines, given in any order."""
    digest = LinesDigest(run)
    for line in sorted(lines, key=lambda line: line.position):
        digest.add(line)
    return digest.hexdigest()
