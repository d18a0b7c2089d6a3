"""A payout run: one prepares, another approves, one file, settled or sent back line by line."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.core.errors import Forbidden
from marketplace.core.models import AuditEntry
from marketplace.payouts import services
from marketplace.payouts.bank_files import make, pain001
from marketplace.payouts.book_checks import findings
from marketplace.payouts.errors import (
    NothingToPay,
    RunAlreadyOpen,
    RunChanged,
    SamePerson,
    TotalMismatch,
    WrongState,
)
from marketplace.payouts.models import BankFile, LineState, PayoutLine, PayoutRun, RunState
from tests.payouts.world import (
    RIBS,
    SaleOf,
    add_account,
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Cooperative, Programme, User
from vendors.scoping import Crossing, ProgrammeScope

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def preparer(programme: Programme) -> User:
    return make_user("preparer", programme, "finance_preparer")


@pytest.fixture
def approver(programme: Programme) -> User:
    return make_user("approver", programme, "finance_approver")


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    cooperative = make_cooperative(programme, "tifawine")
    sold_and_delivered(cooperative)
    return cooperative


def lines(run: PayoutRun) -> dict[str, tuple[int, str, str]]:
    found = PayoutLine.objects.within(ProgrammeScope(run.programme_id)).filter(run=run)
    return {
        line.cooperative.slug: (line.amount_minor, line.state, line.reason)
        for line in found.select_related("cooperative")
    }


def the_line(run: PayoutRun, slug: str = "tifawine") -> PayoutLine:
    found = PayoutLine.objects.within(ProgrammeScope(run.programme_id))
    line: PayoutLine = found.get(run=run, cooperative__slug=slug)
    return line


def approved(programme: Programme, preparer: User, approver: User) -> PayoutRun:
    run = services.prepare_run(programme=programme, by=preparer.actor)
    return services.approve_run(run=run, typed_total=run.total_minor, by=approver.actor)


def sent(programme: Programme, preparer: User, approver: User) -> PayoutRun:
    run = approved(programme, preparer, approver)
    services.make_bank_file(run=run, by=approver.actor)
    return services.mark_sent(run=run, by=preparer.actor)


def test_preparing_sets_the_money_aside(
    programme: Programme, tifawine: Cooperative, preparer: User
) -> None:
    run = services.prepare_run(programme=programme, by=preparer.actor)
    assert (run.total_minor, run.line_count, run.state) == (8_800, 1, RunState.PREPARED)
    assert lines(run) == {"tifawine": (8_800, "ready", "")}
    line = the_line(run)
    assert (line.sale_count, line.gross_minor, line.commission_minor) == (1, 10_000, 1_200)
    assert balances()["in_run"] == -8_800
    assert "released" not in balances()


def test_who_is_not_paid_and_why(programme: Programme, preparer: User) -> None:
    ready = make_cooperative(programme, "ready")
    for slug in ("small", "refunded", "unconfirmed", "recent", "none", "arabic"):
        make_cooperative(programme, slug, rib=None if slug == "none" else RIBS[0])
    found = {c.slug: c for c in Cooperative.objects.within(ProgrammeScope(programme.pk))}
    found["recent"].bank_accounts.update(replaced_at=timezone.now())
    add_account(found["recent"], RIBS[1], days_ago=2)
    found["unconfirmed"].bank_accounts.update(confirmed_at=None)
    found["arabic"].legal_name_latin = "تعاونية"
    found["arabic"].save()
    for slug, cooperative in found.items():
        sold_and_delivered(cooperative, totals=(2_000,) if slug == "small" else (10_000,))
    refunded = sold_and_delivered(found["refunded"])
    run = services.prepare_run(programme=programme, by=preparer.actor)
    services.send_back(run=run, remark="", by=preparer.actor)
    refunded.refunded({0: 10_000})()
    run = services.prepare_run(programme=programme, by=preparer.actor)
    assert lines(run) == {
        "arabic": (8_800, "held", "name_not_latin"),
        "refunded": (8_800, "ready", ""),
        "none": (8_800, "held", "no_account"),
        "ready": (8_800, "ready", ""),
        "recent": (8_800, "held", "account_recent"),
        "small": (1_760, "carried", "below_minimum"),
        "unconfirmed": (8_800, "held", "account_unconfirmed"),
    }
    assert ready.slug == "ready"


def test_one_open_run_at_a_time(
    programme: Programme, tifawine: Cooperative, preparer: User
) -> None:
    services.prepare_run(programme=programme, by=preparer.actor)
    sold_and_delivered(tifawine)
    with pytest.raises(RunAlreadyOpen):
        services.prepare_run(programme=programme, by=preparer.actor)
    assert PayoutRun.objects.count() == 1


def test_nothing_to_pay_leaves_no_run(programme: Programme, preparer: User) -> None:
    with pytest.raises(NothingToPay):
        services.prepare_run(programme=programme, by=preparer.actor)
    assert PayoutRun.objects.count() == 0


def test_only_finance_people_prepare_and_approve(
    programme: Programme, tifawine: Cooperative, preparer: User
) -> None:
    coordinator = make_user("coordinator", programme, "coordinator")
    with pytest.raises(Forbidden):
        services.prepare_run(programme=programme, by=coordinator.actor)
    run = services.prepare_run(programme=programme, by=preparer.actor)
    for person in (coordinator, preparer):
        with pytest.raises(Forbidden):
            services.approve_run(run=run, typed_total=8_800, by=person.actor)
    run.refresh_from_db()
    assert run.state == RunState.PREPARED


def test_who_prepared_cannot_approve_even_with_both_roles(
    programme: Programme, tifawine: Cooperative, approver: User
) -> None:
    preparer = make_user("both", programme, "finance_preparer")
    grant = approver.staff_grants.get()
    programme.staff_grants.create(
        user=preparer,
        role="finance_approver",
        granted_by=grant.granted_by,
        confirmed_by=grant.confirmed_by,
        effective_at=grant.effective_at,
    )
    run = services.prepare_run(programme=programme, by=preparer.actor)
    with pytest.raises(SamePerson):
        services.approve_run(run=run, typed_total=8_800, by=preparer.actor)
    run.refresh_from_db()
    assert (run.state, run.approved_by) == (RunState.PREPARED, None)


def test_approval_wants_the_exact_total(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    run = services.prepare_run(programme=programme, by=preparer.actor)
    with pytest.raises(TotalMismatch):
        services.approve_run(run=run, typed_total=8_801, by=approver.actor)
    run = services.approve_run(run=run, typed_total=8_800, by=approver.actor)
    assert (run.state, run.approved_by) == (RunState.APPROVED, approver)


def test_an_account_changed_since_preparing_stops_the_approval(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    run = services.prepare_run(programme=programme, by=preparer.actor)
    tifawine.bank_accounts.update(replaced_at=timezone.now())
    add_account(tifawine, RIBS[1])
    with pytest.raises(RunChanged):
        services.approve_run(run=run, typed_total=8_800, by=approver.actor)
    services.send_back(run=run, remark="account", by=approver.actor)
    assert balances()["released"] == -8_800
    again = services.prepare_run(programme=programme, by=preparer.actor)
    assert again.reference == f"{run.reference}-2"
    assert the_line(again).account_number == RIBS[1]


def test_the_bank_file_is_made_once(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    run = approved(programme, preparer, approver)
    first = services.make_bank_file(run=run, by=approver.actor)
    second = services.make_bank_file(run=run, by=preparer.actor)
    assert [f.pk for f in first] == [f.pk for f in second]
    assert BankFile.objects.count() == 3
    name, content = services.download_bank_file(run=run, format_="csv", by=preparer.actor)
    assert name == f"{run.reference}.csv"
    assert content.decode().splitlines()[1] == (
        f"{run.reference}-0001,Cooperative Tifawine,{RIBS[0]},,88.00,MAD,"
        f"{run.execution_on},{run.reference}"
    )
    _, xml = services.download_bank_file(run=run, format_="pain001", by=preparer.actor)
    pain001.validate(xml)
    assert b"<CtrlSum>88.00</CtrlSum>" in xml
    assert hashlib.sha256(xml).hexdigest() == run.bank_files.get(format="pain001").sha256
    assert AuditEntry.objects.filter(action="payout.download").count() == 2


def test_no_file_before_approval(
    programme: Programme, tifawine: Cooperative, preparer: User
) -> None:
    run = services.prepare_run(programme=programme, by=preparer.actor)
    with pytest.raises(WrongState):
        services.make_bank_file(run=run, by=preparer.actor)
    assert BankFile.objects.count() == 0


def test_killed_while_making_the_file_it_is_made_the_same_once(
    programme: Programme,
    tifawine: Cooperative,
    preparer: User,
    approver: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run = approved(programme, preparer, approver)
    with monkeypatch.context() as patched:
        patched.setattr(make.audit, "record", _killed)
        with pytest.raises(KeyboardInterrupt):
            services.make_bank_file(run=run, by=approver.actor)
    assert BankFile.objects.count() == 0
    first = [f.sha256 for f in services.make_bank_file(run=run, by=approver.actor)]
    assert first == [f.sha256 for f in services.make_bank_file(run=run, by=approver.actor)]
    assert BankFile.objects.count() == 3


def _killed(*_args: object, **_kwargs: object) -> None:
    raise KeyboardInterrupt


def test_killed_while_preparing_nothing_is_set_aside_twice(
    programme: Programme,
    tifawine: Cooperative,
    preparer: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from marketplace.payouts.runs import prepare

    with monkeypatch.context() as patched:
        patched.setattr(prepare.audit, "record", _killed)
        with pytest.raises(KeyboardInterrupt):
            services.prepare_run(programme=programme, by=preparer.actor)
    assert (PayoutRun.objects.count(), balances()["released"]) == (0, -8_800)
    services.prepare_run(programme=programme, by=preparer.actor)
    assert balances()["in_run"] == -8_800


def test_settled_closes_the_balance_and_a_later_refund_leaves_one_below_zero(
    programme: Programme, preparer: User, approver: User
) -> None:
    tifawine = make_cooperative(programme, "tifawine")
    other = make_cooperative(programme, "other")
    sale = sold_and_delivered(tifawine, totals=(4_000, 6_000))
    sold_and_delivered(other)
    run = sent(programme, preparer, approver)
    run = services.mark_settled(run=run, by=preparer.actor)
    assert run.state == RunState.SETTLED
    assert "in_run" not in balances()
    assert balances()["bank"] == -17_600
    services.mark_settled(run=run, by=preparer.actor)
    assert balances()["bank"] == -17_600
    sale.refunded({0: 4_000})()
    assert balances()["released"] == 3_520
    sold_and_delivered(other)
    again = services.prepare_run(programme=programme, by=preparer.actor)
    assert lines(again) == {
        "other": (8_800, "ready", ""),
        "tifawine": (-3_520, "carried", "negative"),
    }


def test_a_payment_sent_back_is_never_settled(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    run = sent(programme, preparer, approver)
    services.mark_returned(line=the_line(run), reason="account closed", by=preparer.actor)
    run = services.mark_settled(run=run, by=preparer.actor)
    assert run.state == RunState.RETURNED
    assert lines(run) == {"tifawine": (8_800, "returned", "")}
    assert balances()["released"] == -8_800
    assert "bank" not in balances()
    sold_and_delivered(make_cooperative(programme, "other"))
    again = services.prepare_run(programme=programme, by=preparer.actor)
    assert lines(again)["tifawine"] == (8_800, "held", "returned_before")
    with pytest.raises(WrongState):
        services.mark_returned(line=the_line(run), reason="twice", by=preparer.actor)
    assert list(findings()) == []


def test_a_settled_payment_may_still_come_back(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    run = sent(programme, preparer, approver)
    services.mark_settled(run=run, by=preparer.actor)
    services.mark_returned(line=the_line(run), reason="unknown account", by=preparer.actor)
    run.refresh_from_db()
    assert (run.state, the_line(run).state) == (RunState.RETURNED, LineState.RETURNED)
    assert balances()["released"] == -8_800
    assert "bank" not in balances()


def test_nothing_is_sent_or_settled_out_of_turn(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    run = approved(programme, preparer, approver)
    for act in (services.mark_sent, services.mark_settled):
        with pytest.raises(WrongState):
            act(run=run, by=preparer.actor)
    with pytest.raises(WrongState):
        services.mark_returned(line=the_line(run), reason="early", by=preparer.actor)
    with pytest.raises(WrongState):
        services.send_back(run=run, remark="late", by=approver.actor)
    assert balances()["in_run"] == -8_800


def test_a_payout_holds_no_other_programmes_money(
    programme: Programme, tifawine: Cooperative, preparer: User
) -> None:
    second = make_programme("second")
    sold_and_delivered(make_cooperative(second, "elsewhere"))
    run = services.prepare_run(programme=programme, by=preparer.actor)
    assert list(lines(run)) == ["tifawine"]


def test_a_paid_sale_is_never_in_two_runs(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    sent(programme, preparer, approver)
    with pytest.raises(NothingToPay):
        services.prepare_run(programme=programme, by=preparer.actor)
    SaleOf(tifawine, totals=(9_000,)).placed()()
    second = sold_and_delivered(tifawine, totals=(10_000,))
    run = services.prepare_run(programme=programme, by=preparer.actor)
    line = the_line(run)
    assert (line.amount_minor, line.sale_count) == (8_800, 1)
    assert second.sale_id
    assert timezone.now() - run.prepared_at < timedelta(minutes=5)
    assert PayoutLine.objects.crossing(Crossing.LEDGER_POSTING).count() == 2
