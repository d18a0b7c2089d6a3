"""Payout runs carried through by two persons."""

from marketplace.payouts import services
from tests.payouts.world import (
    make_user,
)
from vendors.models import Programme


def paid_out(programme: Programme, *, settle: bool = True) -> None:
    preparer = make_user("preparer", programme, "finance_preparer")
    approver = make_user("approver", programme, "finance_approver")
    run = services.prepare_run(programme=programme, by=preparer.actor)
    services.approve_run(run=run, typed_total=run.total_minor, by=approver.actor)
    services.make_bank_file(run=run, by=approver.actor)
    services.mark_sent(run=run, by=preparer.actor)
    if settle:
        services.mark_settled(run=run, by=preparer.actor)
