"""Killed in the middle: the database connection is cut while a payout is being worked on."""

import pytest

from marketplace.payouts import services
from marketplace.payouts.bank_files import make
from marketplace.payouts.book_checks import findings
from marketplace.payouts.models import BankFile, PayoutRun, RunState
from marketplace.payouts.runs import prepare as prepare_module
from marketplace.payouts.runs import settle as settle_module
from tests.payouts.interruptions import killed
from tests.payouts.world import (
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_run_killed_at_every_step_pays_each_cooperative_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    programme = make_programme()
    preparer = make_user("preparer", programme, "finance_preparer").actor
    approver = make_user("approver", programme, "finance_approver").actor
    for slug in ("tifawine", "tadla"):
        sold_and_delivered(make_cooperative(programme, slug))

    def prepare() -> PayoutRun:
        return services.prepare_run(programme=programme, by=preparer)

    killed(monkeypatch, prepare_module, prepare)
    assert (PayoutRun.objects.count(), balances()["released"]) == (0, -17_600)
    run = prepare()
    services.approve_run(run=run, typed_total=17_600, by=approver)

    def make_file() -> list[str]:
        return [file.sha256 for file in services.make_bank_file(run=run, by=approver)]

    killed(monkeypatch, make, make_file)
    assert BankFile.objects.count() == 0
    assert make_file() == make_file()
    services.mark_sent(run=run, by=preparer)

    def settle() -> PayoutRun:
        return services.mark_settled(run=run, by=preparer)

    killed(monkeypatch, settle_module, settle)
    assert balances()["in_run"] == -17_600
    assert settle().state == settle().state == RunState.SETTLED
    assert balances()["bank"] == -17_600
    assert "in_run" not in balances()
    assert list(findings()) == []
