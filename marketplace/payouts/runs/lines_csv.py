"""The lines of a payout run as CSV: how each amount comes about, and what became of it."""

import io

from django.utils.translation import gettext as _

from marketplace.core.formats import plain_amount
from marketplace.core.spreadsheets import csv_writer
from marketplace.payouts.models import PayoutLine, PayoutRun
from marketplace.payouts.queries.line_sums import TERMS, term_labels
from vendors.scoping import ProgrammeScope

BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def lines_csv(scope: ProgrammeScope, run: PayoutRun) -> bytes:
    """All lines by position: the signed terms of each amount, the amount, its state.

    UTF-8 with a byte order mark, decimal points, headings in the reader's language.
    """
    text = io.StringIO(newline="")
    table = csv_writer(text, lineterminator="\r\n")
    labels = term_labels()
    table.writerow(
        [
            *(_("Payout run"), _("Reference"), _("Cooperative"), _("Orders")),
            *(labels[name] for name in TERMS),
            *(_("Amount"), _("Currency"), _("State"), _("Reason"), _("Paid on"), _("Returned on")),
        ]
    )
    rows = PayoutLine.objects.within(scope).filter(run=run).select_related("cooperative")
    for line in rows.order_by("position").iterator(chunk_size=500):
        table.writerow(_row(run, line))
    return BYTE_ORDER_MARK + text.getvalue().encode()


def _row(run: PayoutRun, line: PayoutLine) -> list[object]:
    terms = [getattr(line, name) * sign for name, sign in TERMS.items()]
    return [
        run.reference,
        line.end_to_end_id,
        line.cooperative.legal_name,
        line.sale_count,
        *(plain_amount(amount, run.currency) for amount in (*terms, line.amount_minor)),
        run.currency,
        line.get_state_display(),
        line.get_reason_display() or line.return_reason,
        f"{line.settled_at:%Y-%m-%d}" if line.settled_at else "",
        f"{line.returned_at:%Y-%m-%d}" if line.returned_at else "",
    ]
