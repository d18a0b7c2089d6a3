"""What the page of one payout shows, and who may see its bank file."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.models import AuditEntry
from marketplace.payouts import queries
from marketplace.payouts.models import BY_STRIPE, LineState, PayoutRun, Provider, RunState
from marketplace.payouts.runs.approval_checks import checks
from marketplace.payouts.runs.states import AT_THE_BANK
from marketplace.web.outcomes import carry_out
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess
from marketplace.web.ui.components import Step, Tile
from vendors.permissions import StaffPermission

TABS = {
    "ready": (LineState.READY,),
    "paid": (LineState.SETTLED,),
    "freed": (LineState.FREED,),
    "held": (LineState.HELD,),
    "carried": (LineState.CARRIED,),
    "returned": (LineState.RETURNED,),
}
_PASSED = {
    RunState.DRAFT: 0,
    RunState.PREPARED: 1,
    RunState.SENT_BACK: 1,
    RunState.APPROVED: 2,
    RunState.FILED: 3,
    RunState.SENT: 4,
    RunState.ACCEPTED: 4,
    RunState.SETTLED: 5,
    RunState.RETURNED: 5,
}


def context(request: HttpRequest, access: StaffAccess, run: PayoutRun) -> dict[str, Any]:
    """Steps, figures, checks, lines and the journal of a payout."""
    tab = request.GET.get("lines", "")
    tab = tab if tab in TABS else ""
    tallies = queries.tallies(access.scope, run)
    counts = {
        name: sum(tallies[state].count for state in states if state in tallies)
        for name, states in TABS.items()
    }
    waits = run.state == RunState.PREPARED
    return {
        "steps": _steps(run),
        "tiles": _tiles(run, tallies, format_of(access)),
        "sums": queries.run_sums(access.scope, run),
        "checks": checks(run) if waits or run.state == RunState.DRAFT else [],
        "lines": queries.run_lines(
            access.scope, run, states=TABS.get(tab, ()), page=request.GET.get("page", 1)
        ),
        "tab": tab,
        "tabs": _tabs(counts, tab),
        "counts": counts,
        "files": list(run.bank_files.order_by("format")),
        **_method(run),
        "journal": AuditEntry.objects.filter(
            subject_type=run._meta.label_lower,  # noqa: SLF001 -- Django's documented API
            subject_id=str(run.pk),
        ).order_by("at"),
        "acts": _acts(),
        **_permissions(access, run),
    }


def _method(run: PayoutRun) -> dict[str, bool]:
    return {
        "by_file": run.provider == Provider.BANK_BATCH,
        "by_hand": run.provider == Provider.MANUAL,
        "by_stripe": run.provider in BY_STRIPE,
    }


def _permissions(access: StaffAccess, run: PayoutRun) -> dict[str, bool]:
    """What this person may do with the run; nobody approves a run of their own."""
    may_prepare = access.allows(StaffPermission.PAYOUT_PREPARE)
    is_own = run.prepared_by_id == access.user.pk
    return {
        "may_approve": run.state == RunState.PREPARED
        and access.allows(StaffPermission.PAYOUT_APPROVE)
        and not is_own,
        "may_prepare": may_prepare,
        "may_note_return": may_prepare and run.state in AT_THE_BANK,
        "is_finance": access.allows(StaffPermission.PAYOUT_HANDLE),
        "is_own": is_own,
    }


def format_of(access: StaffAccess) -> Format:
    """How the reader's language writes amounts in the programme's country."""
    return Format(get_language() or "en", pages.market_of(access))


def payable_currencies(access: StaffAccess) -> list[str]:
    """The currencies in which a cooperative has something available, the programme's own first."""
    found = {b.currency for b in queries.balances(access.scope) if b.released_minor > 0}
    own = access.programme.base_currency
    return sorted(found, key=lambda code: (code != own, code))


def to_run(access: StaffAccess, reference: str) -> HttpResponse:
    """Redirect to the run's page."""
    return redirect("staff:payout-run", programme=access.programme.slug, reference=reference)


def act(
    request: HttpRequest,
    access: StaffAccess,
    run: PayoutRun,
    use_case: Callable[[], object],
    done: str | Promise,
) -> HttpResponse:
    """Call ``use_case``, tell the outcome (``done``, or why it was refused), back to the run."""
    carry_out(request, use_case, done)
    return to_run(access, run.reference)


def _steps(run: PayoutRun) -> list[Step]:
    passed = _PASSED[RunState(run.state)]
    last = _("Returned by the bank") if run.state == RunState.RETURNED else _("Settled")
    made, sent = _("Bank file"), _("At the bank")
    if run.provider != Provider.BANK_BATCH:
        made, sent = run.get_provider_display(), _("On its way")
    labels = [_("Prepared"), pgettext("payout", "Approved"), made, sent, last]
    states = ["done" if n < passed else "now" if n == passed else "next" for n in range(5)]
    return [Step(label, state) for label, state in zip(labels, states, strict=True)]


def _tiles(run: PayoutRun, tallies: dict[str, queries.StateTally], format_: Format) -> list[Tile]:
    def tile(label: str, state: LineState) -> Tile:
        tally = tallies.get(state)
        note = format_.money(tally.amount_minor, run.currency) if tally else ""
        return Tile(label, value=format_.number(tally.count if tally else 0), note=note)

    total = Tile(
        _("Total of the run") if run.state in AT_THE_BANK else _("To pay"),
        value=format_.money(run.total_minor, run.currency),
        note=_cooperatives(run.line_count),
    )
    return [
        total,
        *([_paid(run, tallies, format_)] if run.state in AT_THE_BANK else []),
        tile(_("On hold"), LineState.HELD),
        tile(_("Carried over"), LineState.CARRIED),
        tile(_("Returned by the bank"), LineState.RETURNED),
    ]


def _paid(run: PayoutRun, tallies: dict[str, queries.StateTally], format_: Format) -> Tile:
    """What the bank has paid; a payment that came back is not in it."""
    tally = tallies.get(LineState.SETTLED)
    return Tile(
        _("Paid"),
        value=format_.money(tally.amount_minor if tally else 0, run.currency),
        note=_cooperatives(tally.count if tally else 0),
    )


def _cooperatives(count: int) -> str:
    return ngettext("%(count)s cooperative", "%(count)s cooperatives", count) % {"count": count}


def _tabs(counts: dict[str, int], tab: str) -> list[tuple[str, str, int, bool]]:
    labels = {
        "ready": _("To pay"),
        "paid": _("Paid"),
        "freed": _("Removed from the run"),
        "held": _("On hold"),
        "carried": _("Carried over"),
        "returned": _("Returned by the bank"),
    }
    found = [("", _("All"), sum(counts.values()), not tab)]
    return found + [
        (name, label, counts[name], name == tab) for name, label in labels.items() if counts[name]
    ]


def _acts() -> dict[str, str]:
    return {
        "payout.prepare": _("Prepared"),
        "payout.submit_draft": _("Reviewed and taken over"),
        "payout.accept": _("Accepted by the bank"),
        "payout.bank_report": _("Bank report imported"),
        "payout.approve": pgettext("payout", "Approved"),
        "payout.send_back": _("Sent back"),
        "payout.file": _("Bank file created"),
        "payout.download": _("Bank file downloaded"),
        "payout.send": _("Sent to the bank"),
        "payout.settle": _("Settled"),
        "payout.return": _("Returned by the bank"),
    }
