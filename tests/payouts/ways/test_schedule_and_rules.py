"""What the clock prepares, who waits by which rule, and what a bank or a person is told of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from marketplace.payouts import services
from marketplace.payouts.checks import payout_schedule
from marketplace.payouts.errors import AlreadyHeld, RunAlreadyOpen, RunChanged, WrongState
from marketplace.payouts.models import DuePayout, PayoutLine, PayoutRun, Provider, RunState
from marketplace.payouts.providers.availability import compare_with_stripe, serves, serving
from marketplace.payouts.runs import terms as terms_module
from marketplace.payouts.runs.prepare_due import prepare_due
from marketplace.payouts.runs.schedule import known_schedules
from marketplace.payouts.runs.terms import known_terms
from tests.payouts.world import (
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Cooperative, Programme, User
from vendors.scoping import ProgrammeScope
from vendors.services import let_leave

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture
def programme() -> Programme:
    with time_machine.travel(MONDAY - timedelta(days=20)):
        found = make_programme()
        sold_and_delivered(make_cooperative(found, "tifawine"))
    return found


@pytest.fixture
def preparer(programme: Programme) -> User:
    return make_user("preparer", programme, "finance_preparer")


@pytest.fixture
def approver(programme: Programme) -> User:
    return make_user("approver", programme, "finance_approver")


def lines(run: PayoutRun) -> dict[str, tuple[int, str, str]]:
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id)).filter(run=run)
    return {
        line.cooperative.slug: (line.amount_minor, line.state, line.reason)
        for line in rows.select_related("cooperative")
    }


def with_terms(monkeypatch: pytest.MonkeyPatch, **changes: int) -> None:
    rule = next(t for t in known_terms() if t.currency == "MAD")._replace(**changes)
    monkeypatch.setattr(terms_module, "known_terms", lambda: (rule,))


def test_a_draft_is_prepared_once_each_due_day(
    programme: Programme, preparer: User, approver: User
) -> None:
    with time_machine.travel(MONDAY):
        assert [row.outcome for row in prepare_due() if row.provider == "bank_batch"] == [
            "prepared"
        ]
        assert prepare_due() == []
        run = PayoutRun.objects.get()
        assert (run.state, run.prepared_by, run.total_minor) == (RunState.DRAFT, None, 8_800)
        assert balances()["in_run"] == -8_800
        for act in (
            lambda: services.approve_run(run=run, typed_total=8_800, by=approver.actor),
            lambda: services.make_bank_file(run=run, by=approver.actor),
        ):
            with pytest.raises(WrongState):
                act()
        with pytest.raises(RunAlreadyOpen):
            services.prepare_run(programme=programme, by=preparer.actor)
        run = services.submit_draft(run=run, by=preparer.actor)
        assert (run.state, run.prepared_by) == (RunState.PREPARED, preparer)
        run = services.approve_run(run=run, typed_total=8_800, by=approver.actor)
        assert run.state == RunState.APPROVED


def test_a_schedule_that_stood_still_makes_up_for_it(programme: Programme) -> None:
    with time_machine.travel(MONDAY + timedelta(days=3)):
        prepare_due()
    assert DuePayout.objects.get(provider="bank_batch").due_on == MONDAY.date()


def test_a_draft_that_nobody_wants_goes_back_and_frees_the_money(
    programme: Programme, preparer: User
) -> None:
    with time_machine.travel(MONDAY):
        prepare_due()
    run = services.send_back(run=PayoutRun.objects.get(), remark="no", by=preparer.actor)
    assert (run.state, balances()["released"]) == (RunState.SENT_BACK, -8_800)


def test_the_doctor_says_when_a_payout_was_last_prepared_and_what_lies(
    programme: Programme,
) -> None:
    with time_machine.travel(MONDAY + timedelta(days=1)):
        assert {finding.mark.value for finding in payout_schedule()} == {"warning"}
        prepare_due()
        assert {finding.mark.value for finding in payout_schedule()} == {"good"}
    with time_machine.travel(MONDAY + timedelta(days=6)):
        assert {finding.mark.value for finding in payout_schedule()} == {"warning"}


def test_a_held_cooperative_is_not_paid_and_stops_an_approval(
    programme: Programme, preparer: User, approver: User
) -> None:
    run = services.prepare_run(programme=programme, by=preparer.actor)
    cooperative = Cooperative.objects.within(ProgrammeScope(programme.pk)).get()
    hold = services.place_hold(cooperative=cooperative, reason="inquiry", by=preparer.actor)
    with pytest.raises(AlreadyHeld):
        services.place_hold(cooperative=cooperative, reason="again", by=preparer.actor)
    with pytest.raises(RunChanged):
        services.approve_run(run=run, typed_total=8_800, by=approver.actor)
    services.send_back(run=run, remark="held", by=preparer.actor)
    sold_and_delivered(make_cooperative(programme, "other"))
    again = services.prepare_run(programme=programme, by=preparer.actor)
    assert lines(again)["tifawine"] == (8_800, "held", "on_hold")
    services.lift_hold(hold=hold, by=approver.actor)
    with pytest.raises(WrongState):
        services.lift_hold(hold=hold, by=approver.actor)


def test_what_was_released_lately_rests_and_a_part_of_the_older_is_kept(
    programme: Programme, preparer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    cooperative = Cooperative.objects.within(ProgrammeScope(programme.pk)).get()
    at = datetime(2026, 11, 20, 10, tzinfo=UTC)
    sold_and_delivered(cooperative, when=at)
    with_terms(monkeypatch, rest_days=7, reserve_bp=1_000, reserve_days=90)
    run = services.prepare_run(
        programme=programme, by=preparer.actor, now=datetime(2026, 11, 25, 9, tzinfo=UTC)
    )
    # 88.00 of 3 November is paid but for a tenth; 88.00 of 20 November rests.
    assert lines(run)["tifawine"] == (8_800 - 880, "ready", "")
    line = PayoutLine.objects.within(cooperative.scope).get()
    assert line.withheld_minor == 8_800 + 880
    assert balances()["released"] == -(8_800 + 880)


def test_nothing_but_resting_money_is_carried_over(
    programme: Programme, preparer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_terms(monkeypatch, rest_days=30)
    later = datetime(2026, 11, 5, 9, tzinfo=UTC)
    sold_and_delivered(make_cooperative(programme, "old"), when=later - timedelta(days=40))
    run = services.prepare_run(programme=programme, by=preparer.actor, now=later)
    assert lines(run) == {
        "old": (8_800, "ready", ""),
        "tifawine": (8_800, "carried", "resting"),
    }


def test_a_cooperative_that_left_is_paid_to_the_last_centime(
    programme: Programme, preparer: User, approver: User
) -> None:
    cooperative = make_cooperative(programme, "leaver")
    sold_and_delivered(cooperative, totals=(1_000,))
    let_leave(cooperative=cooperative, reason="end of phase", by=preparer.actor)
    run = services.prepare_run(programme=programme, by=preparer.actor)
    assert lines(run)["leaver"] == (880, "ready", "")
    services.approve_run(run=run, typed_total=run.total_minor, by=approver.actor)
    services.make_bank_file(run=run, by=approver.actor)
    services.mark_sent(run=run, by=preparer.actor)
    services.mark_settled(run=run, by=preparer.actor)
    assert "released" not in balances()
    assert "in_run" not in balances()


def test_payments_by_hand_need_no_file(
    programme: Programme, preparer: User, approver: User
) -> None:
    cooperative = make_cooperative(programme, "cash", rib=None)
    sold_and_delivered(cooperative)
    services.set_route(cooperative=cooperative, provider="manual", by=preparer.actor)
    run = services.prepare_run(programme=programme, by=preparer.actor, provider="manual")
    assert lines(run) == {"cash": (8_800, "ready", "")}
    run = services.approve_run(run=run, typed_total=8_800, by=approver.actor)
    with pytest.raises(WrongState):
        services.make_bank_file(run=run, by=approver.actor)
    services.mark_sent(run=run, by=preparer.actor)
    assert services.mark_settled(run=run, by=preparer.actor).state == RunState.SETTLED


def test_where_a_provider_pays_is_dated() -> None:
    early, late = date(2026, 3, 24), date(2026, 3, 25)
    egypt = {"country": "EG", "currency": "EGP"}
    assert not serves("stripe_global_payout", on=early, **egypt)
    assert serves("stripe_global_payout", on=late, **egypt)
    assert serving("MA", "MAD", late) == [Provider.BANK_BATCH, Provider.MANUAL]
    assert not serves("stripe_transfer", country="XX", currency="XXX", on=late)


def test_our_list_is_compared_with_stripes() -> None:
    day = date(2026, 11, 26)
    assert compare_with_stripe(["DE", "ES", "FR", "GB", "IT", "US"], on=day) == []
    differing = compare_with_stripe(["MA", "DE", "ES", "FR"], on=day)
    assert [(d.country, d.we_say, d.stripe_says) for d in differing] == [
        ("IT", True, False),
        ("MA", False, True),
    ]


def test_every_schedule_has_a_source() -> None:
    assert [rule for rule in known_schedules() if not rule.source] == []
