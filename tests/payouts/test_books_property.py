"""Whatever happens in whichever order, the books balance and nothing is lost or made."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.payouts.book_checks import findings
from tests.payouts.sale_stories import Outside, pay_and_settle, sale_stories
from tests.payouts.world import (
    RIBS,
    balances,
    make_cooperative,
    make_programme,
    make_user,
)

pytestmark = pytest.mark.django_db

CURRENCIES = ("MAD", "EUR", "TND", "XOF")


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), currency=st.sampled_from(CURRENCIES), bp=st.integers(0, 3_333))
def test_the_books_always_balance_and_account_for_every_unit(
    db: None, data: st.DataObject, currency: str, bp: int
) -> None:
    with transaction.atomic():
        programme = make_programme(currency=currency, bp=bp)
        preparer = make_user("preparer", programme, "finance_preparer")
        approver = make_user("approver", programme, "finance_approver")
        cooperatives = [
            make_cooperative(programme, slug, rib=rib, currency=currency)
            for slug, rib in (("tifawine", RIBS[0]), ("tadla", RIBS[1]))
        ]
        told, world = [], Outside()
        for number in range(data.draw(st.integers(1, 4))):
            outside = data.draw(sale_stories(cooperatives[number % 2], currency))
            told.append(outside)
            world.came_in += outside.came_in
            world.refunded += outside.refunded
        for outside in told:
            for event in outside.story:
                event()
            if data.draw(st.booleans()):
                world.paid_out += pay_and_settle(programme, preparer, approver, data)
            assert list(findings()) == []
        _assert_accounted_for(currency, world)
        transaction.set_rollback(True)


def _assert_accounted_for(currency: str, world: Outside) -> None:
    """What we have is what came in less what went out, and it is all somebody's."""
    found = balances(currency)
    assets = {code: found.pop(code, 0) for code in ("psp_clearing", "carrier_cod", "bank")}
    cost = found.pop("shipping_refunded", 0)
    assert sum(assets.values()) == world.came_in - world.refunded - world.paid_out
    assert set(found) <= {
        "held",
        "released",
        "in_run",
        "shipping_payable",
        "buyer_refundable",
        "commission",
    }
    assert -sum(found.values()) - cost == sum(assets.values())
