"""A refund on its way to the engine: sent once, again after a failure, looked at until made."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.payments import services
from marketplace.payments.errors import (
    RefundRefused,
)
from marketplace.payments.models import Refund
from marketplace.payments.services.refund import confirm_refund
from marketplace.saleor.errors import EngineUnavailable
from tests.payments.refund_world import (
    MACHINE,
    Till,
    paid_sale,
    parts,
    refund_of,
    refunds,
    stand_in,
    told,
)
from tests.payments.world import Sale

pytestmark = pytest.mark.django_db


@pytest.fixture
def till(monkeypatch: pytest.MonkeyPatch) -> Till:
    return stand_in(monkeypatch)


@pytest.fixture
def sale(settings: Any) -> Sale:
    return paid_sale(settings)


def test_a_refund_is_sent_later_when_the_engine_is_unavailable(sale: Sale, till: Till) -> None:
    # given
    weavers, _growers = parts(sale)
    till.reachable = False
    with pytest.raises(EngineUnavailable):
        services.make_refund(
            vendor_order=weavers, lines={}, include_shipping=True, reason="late", by=MACHINE
        )
    assert [r.state for r in refunds()] == ["sent"]
    assert told("RefundMade") == []

    # when
    till.reachable = True
    refund = services.send_refund(refund_id=refunds().get().pk, by=MACHINE)
    services.send_refund(refund_id=refund.pk, by=MACHINE)

    # then
    assert refund.state == "made"
    assert till.paid_back == [3_000]
    assert len(told("RefundMade")) == 1


def test_a_refund_that_the_engine_refuses_counts_for_nothing(sale: Sale, till: Till) -> None:
    # given
    weavers, _growers = parts(sale)
    till.refuses = ["REFUSED", "TOO_LATE"]

    def ask() -> Refund:
        return refund_of(weavers, {weavers.lines.get().pk: 3}, shipping=True, seen=0)

    # when
    with pytest.raises(RefundRefused):
        ask()

    # then
    failed = refunds().get()
    assert (failed.state, failed.last_error) == ("failed", "REFUSED, TOO_LATE")
    assert told("RefundMade") == []
    till.refuses = []
    assert services.send_refund(refund_id=failed.pk, by=MACHINE).state == "failed"
    assert till.paid_back == []
    assert ask().total_minor == 13_000


def test_a_refund_is_looked_at_again_until_the_engine_has_made_it(sale: Sale, till: Till) -> None:
    # given
    weavers, _growers = parts(sale)
    till.answers_at_once = False
    asked_at = timezone.now()

    # when
    refund = refund_of(weavers, shipping=True)

    # then
    assert (refund.state, refund.made_at) == ("sent", None)
    assert asked_at < refund.check_at < timezone.now() + timedelta(seconds=2)
    for _ in range(2):
        confirm_refund(refund_id=refund.pk, by=MACHINE)
    assert len(told("RefundMade")) == 1


def test_while_it_is_sent_from_here_the_worker_leaves_a_refund_alone(
    sale: Sale, till: Till
) -> None:
    weavers, _growers = parts(sale)
    till.reachable = False

    with pytest.raises(EngineUnavailable):
        refund_of(weavers, shipping=True)

    assert refunds().get().check_at > timezone.now() + timedelta(seconds=30)
