"""Commission invoices from the command line."""

import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command

from marketplace.payouts.documents.models import CommissionInvoice
from tests.payouts.payers import known_payer
from tests.payouts.world import make_cooperative, make_programme, sold_and_delivered
from vendors.models import Programme
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    """With everything that Moroccan law wants on its invoices, and a sale in November."""
    made = known_payer(make_programme())
    sold_and_delivered(make_cooperative(made))
    return made


def issue(*words: str) -> list[str]:
    out = io.StringIO()
    with time_machine.travel(datetime(2026, 12, 2, 9, tzinfo=UTC), tick=False):
        call_command("papers", "issue", *words, stdout=out)
    return out.getvalue().splitlines()


def invoices() -> int:
    return CommissionInvoice.objects.crossing(Crossing.LEDGER_POSTING).count()


def test_a_month_is_invoiced_once(programme: Programme) -> None:
    first, closing = issue("mourafaka", "2026-11")

    assert first.startswith("C-2026-000001: ")
    assert first.endswith("Cooperative Tifawine, MAD\u00a012.00")
    assert closing == "1 papers issued"
    assert issue("mourafaka", "2026-11") == ["0 papers issued"]
    assert invoices() == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("elsewhere", "2026-11"), "no programme elsewhere"),
        (("mourafaka", "11/2026"), "write 2026-11"),
        (("mourafaka", "2026-13"), "write 2026-11"),
        (("mourafaka", "2026-12"), "month"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_issued(
    programme: Programme, words: tuple[str, str], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        issue(*words)
    assert invoices() == 0
