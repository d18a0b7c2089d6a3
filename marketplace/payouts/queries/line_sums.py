"""How the amounts of payout lines come about, as sums that add up."""

from django.db.models import Sum
from django.utils.translation import gettext as _

from marketplace.payouts.models import LineState, PayoutLine, PayoutRun
from vendors.scoping import ProgrammeScope

# The columns of a line that make its amount, with the sign of each.
TERMS = {
    "brought_forward_minor": 1,
    "gross_minor": 1,
    "refunded_minor": -1,
    "commission_minor": -1,
    "tax_minor": -1,
    "delivery_minor": -1,
    "converted_minor": 1,
    "corrected_minor": 1,
    "returned_minor": 1,
    "withheld_minor": -1,
}
# Lines whose amount is in the run's total.
_IN_TOTAL = (LineState.READY, LineState.SETTLED, LineState.RETURNED, LineState.FREED)


def term_labels() -> dict[str, str]:
    """The name of each term in the reader's language."""
    return {
        "brought_forward_minor": _("Carried over from earlier payouts"),
        "gross_minor": _("Delivered sales"),
        "refunded_minor": _("Refunded to buyers"),
        "commission_minor": _("Commission"),
        "tax_minor": _("VAT on the commission"),
        "delivery_minor": _("Delivery made free for buyers"),
        "converted_minor": _("Currency conversion"),
        "corrected_minor": _("Corrections"),
        "returned_minor": _("Earlier payouts that did not arrive"),
        "withheld_minor": _("Reserve for returns"),
    }


def line_sums(line: PayoutLine) -> list[tuple[str, int]]:
    """The terms of a line's amount with their labels, in minor units; they add up to it.

    Terms of zero are omitted, except sales.
    """
    return _sums({name: getattr(line, name) for name in TERMS})


def run_sums(scope: ProgrammeScope, run: PayoutRun) -> list[tuple[str, int]]:
    """The same for a whole run: the terms of all lines in its total."""
    lines = PayoutLine.objects.within(scope).filter(run=run, state__in=_IN_TOTAL)
    return _sums(lines.aggregate(**{name: Sum(name, default=0) for name in TERMS}))


def _sums(amounts: dict[str, int]) -> list[tuple[str, int]]:
    labels = term_labels()
    return [
        (labels[name], amounts[name] * sign)
        for name, sign in TERMS.items()
        if amounts[name] or name == "gross_minor"
    ]
