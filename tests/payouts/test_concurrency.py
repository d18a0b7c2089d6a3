"""Two at once: one sale's events, and two people who prepare the same payout."""

import pytest

from marketplace.payouts import services
from marketplace.payouts.book_checks import findings
from marketplace.payouts.errors import RunAlreadyOpen
from marketplace.payouts.models import PayoutRun
from tests.concurrency import at_once
from tests.payouts.world import (
    SaleOf,
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)

pytestmark = pytest.mark.django_db(transaction=True)


def test_events_of_one_sale_heard_at_once_are_booked_once_each() -> None:
    sale = SaleOf(make_cooperative(make_programme()))
    events = [sale.placed(), sale.captured(), sale.delivered()]
    assert at_once(*events, *events) == []
    assert balances() == {
        "psp_clearing": 13_000,
        "released": -8_800,
        "commission": -1_200,
        "shipping_payable": -3_000,
    }
    assert list(findings()) == []


def test_two_preparers_at_once_make_one_run() -> None:
    programme = make_programme()
    sold_and_delivered(make_cooperative(programme))
    people = [make_user(f"preparer{n}", programme, "finance_preparer") for n in range(2)]
    raised = at_once(
        *(
            lambda person=person: services.prepare_run(programme=programme, by=person.actor)
            for person in people
        )
    )
    assert [type(error) for error in raised] == [RunAlreadyOpen]
    assert (PayoutRun.objects.count(), balances()["in_run"]) == (1, -8_800)


def test_two_programmes_at_once_get_a_reference_each() -> None:
    programmes = [make_programme(slug) for slug in ("mourafaka", "jisr")]
    preparers = []
    for programme in programmes:
        sold_and_delivered(make_cooperative(programme, f"of-{programme.slug}"))
        preparers.append(make_user(f"of-{programme.slug}", programme, "finance_preparer"))
    raised = at_once(
        *(
            lambda programme=programme, person=person: services.prepare_run(
                programme=programme, by=person.actor
            )
            for programme, person in zip(programmes, preparers, strict=True)
        )
    )
    assert raised == []
    first, second = sorted(PayoutRun.objects.values_list("reference", flat=True))
    assert second == f"{first}-2"
