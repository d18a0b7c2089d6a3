"""The list of transfers as CSV, in the format of the programme's bank."""

import csv
import io
from collections.abc import Sequence

from marketplace.payouts.bank_files.csv_profiles import profile_for
from marketplace.payouts.models import PayoutLine, PayoutRun


def write(run: PayoutRun, lines: Sequence[PayoutLine]) -> bytes:
    """One row for each line, by the profile of the programme's bank."""
    profile = profile_for(run)
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=profile.delimiter, lineterminator="\r\n")
    if profile.headings:
        writer.writerow([column.heading for column in profile.columns])
    writer.writerows(profile.row(run, line) for line in lines)
    return out.getvalue().encode(profile.encoding)
