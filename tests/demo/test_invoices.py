"""The demo's payers have numbers that pass the controls, so that invoices exist."""

from datetime import UTC, date, datetime
from random import Random

import pytest

from marketplace.demo.stages import invoices
from marketplace.demo.world.cooperatives import MOROCCO
from marketplace.demo.world.legal_numbers import ice
from marketplace.payouts.documents.models import CommissionInvoice
from tests.payouts.world import make_cooperative, make_programme, sold_and_delivered
from vendors.scoping import Crossing

BEGUN = datetime(2026, 12, 10, 9, tzinfo=UTC)


@pytest.mark.parametrize("seed", range(20))
def test_an_ice_has_fifteen_digits_that_97_divides(seed: int) -> None:
    number = ice(Random(seed))
    assert (len(number), number[:3], int(number) % 97) == (15, "999", 0)


@pytest.mark.django_db
def test_a_month_is_invoiced_once_with_the_payers_numbers() -> None:
    # given a sale of November
    programme = make_programme(MOROCCO)
    sold_and_delivered(make_cooperative(programme))
    # when the demo makes the invoices of the last month, and is killed and comes back
    for _twice in range(2):
        invoices.make(invoices.MONTHS - 1, invoices.MONTHS, BEGUN)
    # then
    invoice = CommissionInvoice.objects.crossing(Crossing.DEMO_WORLD).get()
    assert (invoice.month, invoice.issued_on) == (date(2026, 11, 1), date(2026, 12, 1))
    assert invoice.number.endswith("-2026-000001")
    numbers = invoice.facts["payer"]["ids"]
    assert sorted(numbers) == ["address", "ice", "if", "rc"]
    assert "(démo)" in numbers["address"]
