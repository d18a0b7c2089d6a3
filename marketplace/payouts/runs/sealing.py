"""The hash that binds an approval to exactly these lines and these accounts."""

import hashlib
import json
from collections.abc import Iterable

from marketplace.payouts.models import PayoutLine, PayoutRun


def seal(run: PayoutRun, lines: Iterable[PayoutLine]) -> str:
    """SHA-256 over payer, currency and every line to pay with its account, in any order."""
    content = {
        "programme": str(run.programme_id),
        "debtor": run.programme.debtor_account,
        "reference": run.reference,
        "currency": run.currency,
        "lines": sorted(
            [
                line.end_to_end_id,
                str(line.cooperative_id),
                str(line.amount_minor),
                line.holder_name,
                line.account_number,
                line.account_bic,
            ]
            for line in lines
        ),
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
