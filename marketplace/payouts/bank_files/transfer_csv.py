"""The plain list of transfers that banks' business portals take, as CSV in the bank's own form."""

import csv
import io
from collections.abc import Sequence

from marketplace.payouts.bank_files.csv_profiles import profile_for
from marketplace.payouts.models import PayoutLine, PayoutRun


def write(run: PayoutRun, lines: Sequence[PayoutLine]) -> bytes:
    """One row for each line, in the form of the bank from which the programme pays."""
    profile = profile_for(run)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=profile.delimiter, lineterminator="\r\n")
    if profile.headings:
        writer.writerow([column.heading for column in profile.columns])
    writer.writerows(profile.row(run, line) for line in lines)
    return out.getvalue().encode(profile.encoding)
