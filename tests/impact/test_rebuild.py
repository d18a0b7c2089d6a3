"""The figures of sales are computed again by a command, or only compared."""

import io
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from marketplace.core.models import AuditEntry
from marketplace.payouts.balances import rebuild_sales
from marketplace.payouts.models import Sale
from tests.payouts.world import make_cooperative, make_programme, sold_and_delivered
from vendors.models import Programme
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme(monkeypatch: pytest.MonkeyPatch) -> Programme:
    """Five sales, in batches of two."""
    monkeypatch.setattr(rebuild_sales, "BATCH", 2)
    found = make_programme()
    cooperative = make_cooperative(found)
    for day in range(1, 6):
        when = datetime(2026, 11, day, 10, tzinfo=UTC)
        sold_and_delivered(cooperative, totals=(day * 1_000,), when=when)
    return found


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("impact", "rebuild", "mourafaka", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def wrong(programme: Programme) -> Sale:
    """One sale whose stored figure is not what its facts say."""
    rows = Sale.objects.within(ProgrammeScope(programme.pk))
    sale: Sale = rows.order_by("id")[3]
    rows.filter(pk=sale.pk).update(net_goods_base_minor=1)
    return sale


def test_figures_that_are_right_are_left_alone(programme: Programme) -> None:
    before = AuditEntry.objects.count()
    assert run() == "5 sales, 0 of them corrected\n"
    assert run("--check") == "5 sales, 0 of them corrected\n"
    assert AuditEntry.objects.count() == before


def test_a_check_finds_what_differs_and_changes_nothing(programme: Programme) -> None:
    sale = wrong(programme)
    with pytest.raises(CommandError, match="1 of 5 sales differ"):
        run("--check")
    now = Sale.objects.within(ProgrammeScope(programme.pk)).get(pk=sale.pk)
    assert now.net_goods_base_minor == 1


def test_what_differs_is_put_right_and_noted(programme: Programme) -> None:
    sale = wrong(programme)
    out = run()
    assert out.splitlines() == [f"differs: sale {sale.pk}", "5 sales, 1 of them corrected"]
    now = Sale.objects.within(ProgrammeScope(programme.pk)).get(pk=sale.pk)
    assert now.net_goods_base_minor == sale.net_goods_base_minor > 1
    entry = AuditEntry.objects.get(action="sale.figures_rebuilt")
    assert entry.subject_id == str(sale.pk)
    assert run("--check") == "5 sales, 0 of them corrected\n"


def test_sales_of_another_programme_are_not_touched(programme: Programme) -> None:
    other = make_programme("other")
    sold_and_delivered(make_cooperative(other, "elsewhere"))
    rows = Sale.objects.within(ProgrammeScope(other.pk))
    rows.update(net_goods_base_minor=7)
    assert run() == "5 sales, 0 of them corrected\n"
    assert rows.get().net_goods_base_minor == 7


def test_an_unknown_programme_is_said_so() -> None:
    with pytest.raises(CommandError, match="no programme mourafaka"):
        run()
