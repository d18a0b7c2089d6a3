"""Checks of the books, of reconciliation and of the payout schedule for ``twiza doctor``."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from marketplace.core.checks import last_upgrade
from marketplace.core.checkup import Finding, broken, good, warning
from marketplace.ledger.checks import tally
from marketplace.payouts.book_checks import findings
from marketplace.payouts.models import DuePayout, PayoutRun, RunState
from marketplace.payouts.reconciliation import queries
from marketplace.payouts.runs.schedule import due_payouts
from vendors.models import Programme


def books() -> Iterator[Finding]:
    """Whether the books are consistent; details only in ``twiza ledger check``.

    Staff of every programme see it, so it names no programme and no cooperative.
    """
    if wrong := sum(1 for _finding in findings()):
        yield broken(
            "books",
            _("Ledger inconsistencies: %(count)d.") % {"count": wrong},
            _("Make no payouts until this is explained: twiza ledger check"),
        )
        return
    counted = tally()
    yield good(
        "books",
        _("All transactions balance: %(transactions)d in %(books)d books.")
        % {"transactions": counted.transactions, "books": counted.books},
    )


# A new shop has nothing to compare before its first night.
_FIRST_RECONCILIATION = timedelta(hours=26)


def reconciliation() -> Iterator[Finding]:
    """When the books were last reconciled, and how many differences are open in all programmes."""
    last = queries.last_run()
    upgraded_at = last_upgrade()
    if last is None and upgraded_at and timezone.now() - upgraded_at <= _FIRST_RECONCILIATION:
        yield good("reconciliation", _("The ledger is reconciled for the first time at 4:10 UTC."))
        return
    if last is None or last.succeeded_at is None:
        yield warning(
            "reconciliation",
            _("The ledger has never been reconciled with the shop, the provider and the carriers."),
            _("Keep the worker running overnight; reconciliation starts at 4:10 UTC."),
        )
        return
    count = queries.open_count()
    message = _("Ledger last reconciled on %(day)s; open differences: %(count)d.") % {
        "day": date_format(last.succeeded_at, "SHORT_DATETIME_FORMAT"),
        "count": count,
    }
    if count:
        yield warning("reconciliation", message, _("Explain them on the Reconciliation page."))
    else:
        yield good("reconciliation", message)


# A draft older than this should have been reviewed.
_REVIEW_DAYS = 3


def payout_schedule() -> Iterator[Finding]:
    """Whether due payouts are prepared and drafts reviewed, over all programmes."""
    now = timezone.now()
    due = [d for p in Programme.objects.all() for d in due_payouts(p, now)]
    unreviewed = PayoutRun.objects.filter(
        state=RunState.DRAFT, prepared_at__lt=now - timedelta(days=_REVIEW_DAYS)
    ).count()
    if late := [d for d in due if d.due_on < now.date()]:
        yield warning(
            "payout_schedule",
            _("%(count)d payout runs are overdue, the oldest since %(day)s.")
            % {"count": len(late), "day": date_format(min(d.due_on for d in late))},
            _("Complete the previous payout run; check that the hourly job is running."),
        )
    if unreviewed:
        yield warning(
            "payout_schedule",
            _("%(count)d payout runs prepared on schedule have not been reviewed.")
            % {"count": unreviewed},
            _("A finance member should review them under Payouts."),
        )
    if late or unreviewed:
        return
    last = DuePayout.objects.order_by("-done_at").values_list("done_at", flat=True).first()
    message = (
        _("A payout run was last prepared on schedule on %(day)s.") % {"day": date_format(last)}
        if last
        else _("No payout run was due yet.")
    )
    yield good("payout_schedule", message)
