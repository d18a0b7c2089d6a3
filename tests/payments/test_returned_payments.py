"""Twenty paid, one got the last piece: the others' money goes back side by side, once each."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Lock, current_thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.utils import timezone

from marketplace import jobs
from marketplace.core.actors import Actor
from marketplace.payments import services
from marketplace.payments.jobs import send_refunds
from marketplace.payments.models import Payment, PaymentState

pytestmark = pytest.mark.django_db(transaction=True)
LOSERS = 19


def charged_without_order() -> UUID:
    now = timezone.now()
    payment = Payment.objects.create(
        order_id=uuid4(),
        method="card",
        provider="test-card",
        currency="MAD",
        amount_minor=67_500,
        total_minor=67_500,
        charged_minor=67_500,
        state=PaymentState.CHARGED,
        returned_at=now,
        check_at=now,
    )
    return UUID(str(payment.pk))


def side_by_side(loops: int, work: Callable[[], int]) -> int:
    """As the worker runs it: each loop in a thread of its own until nothing is left."""

    def run(_loop: int) -> int:
        done = 0
        try:
            while found := work():
                done += found
            return done
        finally:
            connections.close_all()

    with ThreadPoolExecutor(loops) as pool:
        return sum(pool.map(run, range(loops)))


def test_money_goes_back_side_by_side_and_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("marketplace.payments.engine.order_came_of", lambda _payment: False)
    payments = {charged_without_order() for _loser in range(LOSERS)}
    asked: Counter[UUID] = Counter()
    counting = Lock()
    # The first of each loop's payments is answered when all loops have asked: one after the other,
    # this would wait for ever, and break.
    together = Barrier(jobs.REFUND_LOOPS)
    waited: set[str] = set()

    def return_payment(payment: Payment) -> bool:
        with counting:
            asked[payment.pk] += 1
            first = current_thread().name not in waited
            waited.add(current_thread().name)
        if first:
            together.wait(timeout=30)
        return True

    monkeypatch.setattr("marketplace.payments.engine.return_payment", return_payment)
    by = Actor.system("sweep")

    done = side_by_side(jobs.REFUND_LOOPS, lambda: services.settle_returns(by=by))

    assert done == LOSERS
    assert asked == Counter(dict.fromkeys(payments, 1))
    states = set(Payment.objects.values_list("state", "refunded_minor", "check_at"))
    assert states == {(PaymentState.REFUNDED, 67_500, None)}


def test_the_worker_gives_back_in_several_loops(settings: Any) -> None:
    settings.SALEOR_API_URL = ""

    threads = {loop.__name__: getattr(loop, "at_once", 1) for loop in jobs.worker_loops()}

    assert threads[send_refunds.__name__] == jobs.REFUND_LOOPS > 1
