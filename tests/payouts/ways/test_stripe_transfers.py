"""A run paid by Stripe transfers: each line once, whatever Stripe and the network do."""

import pytest

from marketplace.core.worker import work_off
from marketplace.payouts import services
from marketplace.payouts.book_checks import findings
from marketplace.payouts.errors import NotServedThere, SamePerson, WrongState
from marketplace.payouts.models import LineState, PayoutLine, PayoutRoute, RunState
from marketplace.payouts.runs.send import resume_sent_runs
from tests.fakes.stripe import FakeStripe, use
from tests.payouts.stripe_transfers import approved, cooperative_with_account
from tests.payouts.world import (
    balances,
    make_cooperative,
    make_programme,
    make_user,
)
from vendors.models import Programme, User
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db


@pytest.fixture
def stripe(monkeypatch: pytest.MonkeyPatch, settings: object) -> FakeStripe:
    settings.STRIPE_SECRET_KEY = "sk_test_fake"  # type: ignore[attr-defined]
    fake = FakeStripe()
    use(monkeypatch, fake)
    return fake


@pytest.fixture
def programme() -> Programme:
    return make_programme(currency="EUR")


@pytest.fixture
def preparer(programme: Programme) -> User:
    return make_user("preparer", programme, "finance_preparer")


@pytest.fixture
def approver(programme: Programme) -> User:
    return make_user("approver", programme, "finance_approver")


def states(programme: Programme) -> dict[str, str]:
    rows = PayoutLine.objects.within(ProgrammeScope(programme.pk)).select_related("cooperative")
    return {line.cooperative.slug: line.state for line in rows}


def made(stripe: FakeStripe) -> list[tuple[int, str]]:
    return [(t["amount"], t["destination"]) for t in stripe.books.all_of("transfer")]


def test_each_cooperative_gets_one_transfer(
    stripe: FakeStripe, programme: Programme, preparer: User, approver: User
) -> None:
    first, second = stripe.add_account(), stripe.add_account()
    cooperative_with_account(programme, "alpes", first)
    cooperative_with_account(programme, "berry", second)
    stripe.fund(100_000, "eur")
    run = services.send_by_provider(run=approved(programme, preparer, approver), by=preparer.actor)
    assert (run.state, run.total_minor) == (RunState.SETTLED, 17_600)
    assert sorted(made(stripe)) == sorted([(8_800, first), (8_800, second)])
    assert balances("EUR")["psp_clearing"] == 26_000 - 17_600
    assert "in_run" not in balances("EUR")
    assert list(findings()) == []
    with pytest.raises(WrongState):
        services.send_by_provider(run=run, by=preparer.actor)
    assert len(made(stripe)) == 2


def test_too_little_in_the_balance_waits_and_goes_on_later(
    stripe: FakeStripe, programme: Programme, preparer: User, approver: User
) -> None:
    cooperative_with_account(programme, "alpes", stripe.add_account())
    cooperative_with_account(programme, "berry", stripe.add_account())
    stripe.fund(10_000, "eur")
    run = services.send_by_provider(run=approved(programme, preparer, approver), by=preparer.actor)
    assert (run.state, len(made(stripe))) == (RunState.SENT, 1)
    assert "insufficient" in run.stuck_reason
    stripe.fund(10_000, "eur")
    resume_sent_runs()
    run.refresh_from_db()
    assert (run.state, run.stuck_reason, len(made(stripe))) == (RunState.SETTLED, "", 2)


@pytest.mark.parametrize("done", [True, False])
def test_a_connection_that_dies_pays_nobody_twice(
    stripe: FakeStripe, programme: Programme, preparer: User, approver: User, *, done: bool
) -> None:
    cooperative_with_account(programme, "alpes", stripe.add_account())
    stripe.fund(10_000, "eur")
    run = approved(programme, preparer, approver)
    for _ in range(2):  # our client tries once more by itself
        stripe.fail("post", "transfers", done=done)
    run = services.send_by_provider(run=run, by=preparer.actor)
    assert run.state == RunState.SENT
    stripe._responses.clear()  # a day later Stripe has forgotten the key
    resume_sent_runs()
    run.refresh_from_db()
    assert (run.state, len(made(stripe))) == (RunState.SETTLED, 1)


def test_an_account_that_cannot_be_paid_comes_back_and_is_told(
    stripe: FakeStripe, programme: Programme, preparer: User, approver: User,
    mailoutbox: list[object],
) -> None:  # fmt: skip
    blocked = cooperative_with_account(programme, "alpes", stripe.add_account(transfers="inactive"))
    blocked.email = "alpes@example.org"
    blocked.save()
    cooperative_with_account(programme, "berry", stripe.add_account())
    stripe.fund(100_000, "eur")
    run = services.send_by_provider(run=approved(programme, preparer, approver), by=preparer.actor)
    work_off()
    assert run.state == RunState.SETTLED
    assert states(programme) == {"alpes": LineState.RETURNED, "berry": LineState.SETTLED}
    assert balances("EUR")["released"] == -8_800
    assert [m.to for m in mailoutbox] == [["alpes@example.org"]]  # type: ignore[attr-defined]


def test_nobody_pays_before_approval_or_by_another_way(
    stripe: FakeStripe, programme: Programme, preparer: User
) -> None:
    cooperative_with_account(programme, "alpes", stripe.add_account())
    run = services.prepare_run(programme=programme, by=preparer.actor, provider="stripe_transfer")
    with pytest.raises(WrongState):
        services.send_by_provider(run=run, by=preparer.actor)
    assert made(stripe) == []


def test_a_way_takes_two_people_and_a_country_that_is_served(
    programme: Programme, preparer: User, approver: User
) -> None:
    french = make_cooperative(programme, "alpes", currency="EUR", rib=None)
    french.country_code = "FR"
    french.save()
    moroccan = make_cooperative(programme, "souss")
    with pytest.raises(NotServedThere):
        services.set_route(
            cooperative=moroccan, provider="stripe_transfer", destination="acct_1",
            by=preparer.actor,
        )  # fmt: skip
    route = services.set_route(
        cooperative=french, provider="stripe_transfer", destination="acct_1", by=preparer.actor
    )
    both = make_user("both", programme, "finance_approver")
    PayoutRoute.objects.within(french.scope).update(added_by=both)
    with pytest.raises(SamePerson):
        services.confirm_route(route=route, by=both.actor)
    assert services.confirm_route(route=route, by=approver.actor).confirmed_by == approver
