"""A sale is recorded once, corrected and cancelled with a reason, and never deleted."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError

from marketplace.core.models import AuditEntry
from marketplace.direct_sales import services
from marketplace.direct_sales.errors import (
    AlreadyCancelled,
    ChangedMeanwhile,
    ImpossibleSale,
    OtherSaleRecorded,
    ReasonMissing,
    SaleNotFound,
)
from marketplace.direct_sales.models import DirectSaleChange
from marketplace.ledger.models import LedgerTransaction
from tests.direct_sales.selling import (
    BY,
    NOON,
    cancel,
    correct,
    everything,
    now,
    sell,
    stock,
    wanted,
)
from tests.orders.world import World
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


def test_the_same_key_counts_once_however_late_it_comes_again(world: World) -> None:
    key = uuid4()
    first = sell(world, 2, key=key)
    assert sell(world, 2, key=key).pk == first.pk
    correct(world, first, 3)
    # The page that was sent first comes again after the correction, and after the cancellation.
    assert sell(world, 2, key=key).quantity == 3
    cancel(world, first)
    assert sell(world, 2, key=key).is_cancelled
    assert len(everything()) == 1
    assert stock(world) == 5


def test_late_and_out_of_order_sales_have_the_day_on_which_they_took_place(world: World) -> None:
    for days in (0, 40, 3):
        sell(world, sold_at=NOON - timedelta(days=days))
    found = [(sale.sold_on - NOON.date()).days for sale in everything()]
    assert found == [0, -40, -3]
    assert stock(world) == 2


def test_the_same_key_with_other_details_is_refused(world: World) -> None:
    key = uuid4()
    first = sell(world, 1, key=key)
    for said in ({"quantity": 2}, {"price": 1}, {"place": "phone"}):
        with pytest.raises(OtherSaleRecorded) as refused:
            sell(world, **({"quantity": 1} | said), key=key)  # type: ignore[arg-type]
        assert refused.value.sale_id == first.pk
    assert [sale.quantity for sale in everything()] == [1]


def test_the_key_of_another_cooperative_is_another_sale(world: World) -> None:
    key = uuid4()
    sell(world, key=key)
    other = services.record_sale(
        cooperative=world.growers, key=key, variant_id=world.honey, wanted=wanted(), by=BY
    )
    assert other.cooperative_id == world.growers.pk
    assert len(everything()) == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"quantity": 0}, "quantity"),
        ({"quantity": -3}, "quantity"),
        ({"quantity": 2**40}, "quantity"),
        ({"price": -1}, "unit_price"),
        ({"price": 2**62}, "unit_price"),
        ({"quantity": 1000, "price": 10**10}, "unit_price"),
        ({"paid_by": "card"}, "paid_by"),
        ({"place": "moon"}, "place"),
        ({"sold_at": NOON + timedelta(days=2)}, "sold_on"),
        ({"sold_at": NOON - timedelta(days=94)}, "sold_on"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_happens(
    world: World, said: dict[str, Any], field: str
) -> None:
    with pytest.raises(ImpossibleSale) as refused:
        sell(world, **said)
    assert set(refused.value.errors) == {field}
    assert everything() == []
    assert stock(world) == 5


def test_another_cooperatives_product_and_sale_do_not_exist(world: World) -> None:
    with pytest.raises(SaleNotFound):
        services.record_sale(
            cooperative=world.growers, key=uuid4(), variant_id=world.rug, wanted=wanted(), by=BY
        )
    sale = sell(world)
    said: dict[str, Any] = {"scope": world.growers.scope, "sale_id": sale.pk, "key": uuid4()}
    with pytest.raises(SaleNotFound):
        services.cancel_sale(**said, reason="ours", by=BY)
    with pytest.raises(SaleNotFound):
        services.correct_sale(**said, seen=1, wanted=wanted(), reason="ours", by=BY)
    assert (now(sale).changes, stock(world)) == (1, 4)


def test_history_keeps_what_it_said_who_and_why(world: World) -> None:
    sale = sell(world, 2)
    key = uuid4()
    correct(world, sale, 3, key=key)
    correct(world, sale, 3, key=key)
    cancel(world, sale)
    cancel(world, sale)
    rows = DirectSaleChange.objects.crossing(Crossing.POLICY).order_by("number")
    assert [(row.number, row.act, row.reason) for row in rows] == [
        (1, "recorded", ""),
        (2, "corrected", "wrong quantity"),
        (3, "cancelled", "not sold"),
    ]
    assert [row.content.get("quantity") for row in rows] == [2, 3, None]
    acts = AuditEntry.objects.filter(subject_id=str(sale.pk)).order_by("id")
    assert [entry.action for entry in acts] == [
        "direct_sale.recorded",
        "direct_sale.corrected",
        "direct_sale.cancelled",
    ]


def test_a_correction_needs_a_reason_a_sale_that_counts_and_the_last_state(world: World) -> None:
    sale = sell(world)
    said: dict[str, Any] = {"scope": world.weavers.scope, "sale_id": sale.pk, "by": BY}
    with pytest.raises(ReasonMissing):
        services.correct_sale(**said, key=uuid4(), seen=1, wanted=wanted(2), reason=" \n ")
    with pytest.raises(ReasonMissing):
        services.cancel_sale(**said, key=uuid4(), reason="")
    correct(world, sale, 2)
    with pytest.raises(ChangedMeanwhile):
        services.correct_sale(**said, key=uuid4(), seen=1, wanted=wanted(4), reason="mine")
    cancel(world, sale)
    with pytest.raises(AlreadyCancelled):
        services.correct_sale(**said, key=uuid4(), seen=3, wanted=wanted(4), reason="mine")
    assert (now(sale).quantity, stock(world)) == (2, 5)


def test_an_old_sale_can_still_be_corrected_on_its_own_day(
    world: World,
) -> None:
    old = NOON - timedelta(days=90)
    sale = sell(world, sold_at=old)
    type(sale).objects.crossing(Crossing.POLICY).filter(pk=sale.pk).update(
        sold_at=old - timedelta(days=30), sold_on=(old - timedelta(days=30)).date()
    )
    assert correct(world, sale, 2, sold_at=old - timedelta(days=30)).quantity == 2
    with pytest.raises(ImpossibleSale):
        correct(world, sale, 2, sold_at=old - timedelta(days=29))


def test_no_money_of_it_is_posted(world: World) -> None:
    posted = LedgerTransaction.objects.crossing(Crossing.POLICY)
    before = posted.count()
    cancel(world, sell(world))
    assert posted.count() == before


def test_the_database_forbids_deletion_changed_history_and_wrong_sums(
    world: World,
) -> None:
    sale = sell(world, 2)
    for statement in (
        "DELETE FROM direct_sales_directsale",
        "DELETE FROM direct_sales_directsalechange",
        "UPDATE direct_sales_directsalechange SET reason = 'x'",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    for changes in ({"amount_minor": 1}, {"quantity": 0}, {"taken": 9}):
        with pytest.raises(IntegrityError), transaction.atomic():
            type(sale).objects.crossing(Crossing.POLICY).filter(pk=sale.pk).update(**changes)
    assert now(sale).amount_minor == 280_000


def test_who_sends_the_same_sale_again_may_be_somebody_else(world: World) -> None:
    key = uuid4()
    first = sell(world, key=key)
    again = services.record_sale(
        cooperative=world.weavers,
        key=key,
        variant_id=world.rug,
        wanted=wanted(),
        by=replace(BY, name="the other phone"),
    )
    assert again.pk == first.pk
