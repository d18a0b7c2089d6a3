"""Two buyers pay with the last use of a voucher at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections
from django.utils import timezone

from marketplace.orders.models import CheckoutAttempt, Voucher, VoucherUse
from marketplace.orders.services.checkout.voucher_uses import take_use
from marketplace.orders.voucher_errors import VoucherUsedUp
from tests.factories.vendors import make_programme
from tests.orders.world import CASABLANCA

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_of_them_gets_it() -> None:
    now = timezone.now()
    voucher = Voucher.objects.create(
        programme=make_programme(),
        code="LASTONE26",
        bearer="programme",
        kind="percent",
        percent=10,
        starts_at=now - timedelta(days=1),
        ends_at=now + timedelta(days=1),
        most_uses=1,
        state="open",
    )
    attempts = [
        CheckoutAttempt.objects.create(
            market="ma", channel_slug="ma-mad", currency="MAD", language="fr",
            email=f"{uuid4()}@example.org", phone="", voucher_code=voucher.code,
            address_json=CASABLANCA.model_dump_json(),
        )
        for _ in range(4)
    ]  # fmt: skip
    barrier = Barrier(len(attempts))

    def pay(attempt: CheckoutAttempt) -> bool:
        try:
            barrier.wait(timeout=30)
            take_use(attempt)
        except VoucherUsedUp:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(len(attempts)) as pool:
        assert sorted(pool.map(pay, attempts)) == [False, False, False, True]
    assert VoucherUse.objects.count() == 1
