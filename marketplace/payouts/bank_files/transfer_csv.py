"""The plain list of transfers that Moroccan banks' business portals take, as CSV."""

import csv
import io
from collections.abc import Sequence

from marketplace.core.money import Money, exponent
from marketplace.payouts.bank_files.names import bank_name
from marketplace.payouts.bank_files.numbers import local_number
from marketplace.payouts.models import PayoutLine, PayoutRun

HEADINGS = (
    "end_to_end_id",
    "beneficiary",
    "account",
    "bic",
    "amount",
    "currency",
    "execution_date",
    "reference",
)


def write(run: PayoutRun, lines: Sequence[PayoutLine]) -> bytes:
    """One row for each line, amounts with a point and the currency's decimals."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for line in lines:
        amount = Money(line.amount_minor, run.currency).decimal
        writer.writerow(
            [
                line.end_to_end_id,
                bank_name(line.holder_name),
                local_number(line.account_country, line.account_number),
                line.account_bic,
                f"{amount:.{exponent(run.currency)}f}",
                run.currency,
                run.execution_on.isoformat(),
                run.reference,
            ]
        )
    return out.getvalue().encode()
