"""Orders that nobody at the cooperative has seen are found, so that somebody calls."""

from datetime import date, datetime, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from marketplace.core.dated_limits import limit_on
from marketplace.orders.models import PaymentMethod, PaymentStatus, VendorOrder
from marketplace.orders.queries import is_unseen, unseen
from marketplace.orders.queries.unseen import LIMITS_FILE, patience
from marketplace.orders.services.confirm import confirm_vendor_order
from tests.orders.world import World
from vendors.models import Cooperative
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db


def found(world: World, now: datetime | None = None) -> set[VendorOrder]:
    rows = VendorOrder.objects.within(ProgrammeScope(world.programme.pk))
    return set(unseen(rows, now))


def one(world: World) -> VendorOrder:
    return world.part(world.placed(rug=1), world.weavers)


def told_at(order: VendorOrder) -> datetime:
    order.refresh_from_db()
    return order.notified_at or order.placed_at


def test_an_order_is_somebody_s_task_when_its_time_has_passed(world: World) -> None:
    order = one(world)
    end = told_at(order) + patience(timezone.now())
    assert found(world, end - timedelta(seconds=1)) == set()
    assert found(world, end + timedelta(seconds=1)) == {order}


def test_the_time_runs_from_the_mail_to_the_cooperative(world: World) -> None:
    order = one(world)
    VendorOrder.objects.within(order.cooperative.scope).update(
        placed_at=timezone.now() - timedelta(days=9), notified_at=timezone.now()
    )
    assert found(world) == set()
    VendorOrder.objects.within(order.cooperative.scope).update(notified_at=None)
    assert found(world) == {order}


def test_a_confirmed_one_was_seen(world: World) -> None:
    order = one(world)
    much_later = timezone.now() + timedelta(days=30)
    assert found(world, much_later) == {order}
    confirm_vendor_order(vendor_order=order, by=world.manager.actor)
    assert found(world, much_later) == set()


def test_where_nobody_can_sign_in_it_is_a_task_at_once(world: World) -> None:
    order = one(world)
    assert not is_unseen(order)
    EmailAddress.objects.filter(user=world.manager).update(verified=False)
    assert found(world) == {order}
    assert is_unseen(order)


def test_one_that_waits_for_its_transfer_is_nobody_s_task(world: World) -> None:
    order = one(world)
    order.order.payment_method = PaymentMethod.BANK
    order.order.payment_status = PaymentStatus.PENDING
    order.order.save()
    much_later = timezone.now() + timedelta(days=30)
    assert found(world, much_later) == set()
    order.order.payment_status = PaymentStatus.PAID
    order.order.save()
    assert found(world, much_later) == {order}


def test_other_programmes_and_regions_are_left_out(world: World) -> None:
    order = one(world)
    later = timezone.now() + timedelta(days=30)
    region = Cooperative.objects.within(order.cooperative.scope).get().region_code
    for codes, expected in (((region,), {order}), (("MA-01",), set())):
        rows = VendorOrder.objects.within(ProgrammeScope(world.programme.pk, codes))
        assert set(unseen(rows, later)) == expected


def test_the_limit_is_dated_and_has_its_source() -> None:
    assert limit_on(LIMITS_FILE, "unconfirmed_hours", date(2026, 12, 1)) == 48
    with pytest.raises(LookupError):
        limit_on(LIMITS_FILE, "unconfirmed_hours", date(2020, 1, 1))
