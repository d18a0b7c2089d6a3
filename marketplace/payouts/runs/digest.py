"""The hash that binds an approval to exactly these lines and these accounts."""

import hashlib
import json
from collections.abc import Iterable

from marketplace.payouts.models import PayoutLine, PayoutRun, Provider


class Seal:
    """SHA-256 over payer, currency, way and every line to pay with its account.

    Lines are added in the order of their positions; none of them is kept in memory.
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
        """One more line to pay."""
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

    def digest(self) -> str:
        """The hash of what was added."""
        return self._hash.hexdigest()


def seal(run: PayoutRun, lines: Iterable[PayoutLine]) -> str:
    """The hash of a run's lines, in whichever order they come."""
    made = Seal(run)
    for line in sorted(lines, key=lambda line: line.position):
        made.add(line)
    return made.digest()
