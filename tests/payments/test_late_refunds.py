"""A refund that failed, and of which the provider says later that the money went back."""

from types import SimpleNamespace
from typing import Any

import pytest

from marketplace.core.models import AuditEntry, DomainEvent
from marketplace.orders.models import VendorOrder
from marketplace.payments import checks, services
from marketplace.payments.errors import RefundRefused
from marketplace.payments.models import Refund
from marketplace.payments.services.refund import confirm_refund
from marketplace.payments.services.request_refund import request_refund
from marketplace.saleor.client import TransactionEventTypeEnum
from marketplace.saleor.errors import EngineRefused
from tests.payments.refund_world import MACHINE, Till, paid_sale, part, refunds, whole
from tests.payments.world import ORDER_GID, PLACED, TRANSACTION_GID, Sale

pytestmark = pytest.mark.django_db


class RefusingTill(Till):
    """Refuses while ``refuses`` says so."""

    refuses = False

    def refund(self, wanted: Refund) -> bool:
        if self.refuses:
            raise EngineRefused([{"code": "REFUSED"}])
        return super().refund(wanted)


@pytest.fixture
def till(monkeypatch: pytest.MonkeyPatch) -> RefusingTill:
    found = RefusingTill()
    monkeypatch.setattr("marketplace.payments.engine.refund", found.refund)
    return found


@pytest.fixture
def sale(settings: Any, till: RefusingTill) -> Sale:
    return paid_sale(settings)


@pytest.fixture
def weavers(sale: Sale) -> VendorOrder:
    return part(sale, "weavers")


def failed_refund(weavers: VendorOrder, till: RefusingTill) -> Refund:
    """The engine refused it: nothing counts as refunded."""
    till.refuses = True
    with pytest.raises(RefundRefused):
        services.make_refund(**whole(weavers), by=MACHINE)
    till.refuses = False
    found: Refund = refunds().get()
    return found


def engine_order(refund: Refund, *, kind: str = "REFUND_SUCCESS", mark: str = "") -> Any:
    """The engine's order as a webhook brings it, with one event of its transaction."""
    zero = SimpleNamespace(fractional_amount=0, fraction_digits=2, currency="MAD")
    left = SimpleNamespace(fractional_amount=54_500, fraction_digits=2, currency="MAD")
    back = SimpleNamespace(fractional_amount=13_000, fraction_digits=2, currency="MAD")
    event = SimpleNamespace(
        type_=TransactionEventTypeEnum(kind), psp_reference="re_1", amount=back,
        message=mark or f"[twiza:{refund.pk}]",
    )  # fmt: skip
    item = SimpleNamespace(
        id=TRANSACTION_GID, psp_reference="", created_at=PLACED, charged_amount=left,
        refunded_amount=back, refund_pending_amount=zero, authorized_amount=zero,
        canceled_amount=zero, events=[event],
    )  # fmt: skip
    return SimpleNamespace(id=ORDER_GID, transactions=[item])


def test_a_refund_that_failed_is_made_when_the_engine_reports_it_after_all(
    weavers: VendorOrder, till: RefusingTill
) -> None:
    """The provider paid back although the request had failed; its word came later, twice."""
    refund = failed_refund(weavers, till)

    for _ in range(2):
        services.project_transactions(engine_order(refund))

    refund.refresh_from_db(from_queryset=refunds())
    assert refund.state == "made"
    [told] = DomainEvent.objects.filter(name="RefundMade")
    assert told.payload["refund_id"] == str(refund.pk)
    assert AuditEntry.objects.filter(action="refund.made_after_failure").count() == 1


@pytest.mark.parametrize("other", [{"kind": "REFUND_FAILURE"}, {"mark": "[twiza:another]"}])
def test_a_refund_that_failed_stays_failed_without_such_a_report(
    weavers: VendorOrder, till: RefusingTill, other: dict[str, str]
) -> None:
    refund = failed_refund(weavers, till)

    services.project_transactions(engine_order(refund, **other))

    refund.refresh_from_db(from_queryset=refunds())
    assert refund.state == "failed"


def test_the_doctor_names_what_went_back_twice(weavers: VendorOrder, till: RefusingTill) -> None:
    refund = failed_refund(weavers, till)
    assert [finding.mark for finding in checks.repeated_refunds()] == ["good"]
    services.make_refund(**whole(weavers), by=MACHINE)

    services.project_transactions(engine_order(refund))

    [finding] = checks.repeated_refunds()
    assert (finding.mark, weavers.number in finding.message) == ("warning", True)


def test_a_refusal_that_comes_late_does_not_undo_what_went_back(
    weavers: VendorOrder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two processes ask at once: one learns that it was made, the other that it is refused."""
    refund = request_refund(
        vendor_order=weavers, lines={}, include_shipping=True, reason="x", by=MACHINE
    )

    def refused_meanwhile(wanted: Refund) -> bool:
        confirm_refund(refund_id=wanted.pk, by=MACHINE)
        raise EngineRefused([{"code": "ALREADY_REFUNDED"}])

    monkeypatch.setattr("marketplace.payments.engine.refund", refused_meanwhile)
    with pytest.raises(RefundRefused):
        services.send_refund(refund_id=refund.pk, by=MACHINE)

    assert refunds().get().state == "made"
