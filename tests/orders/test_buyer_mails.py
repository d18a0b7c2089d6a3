"""Buyers are told what becomes of their orders: once, in their language, about their money."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone

from catalog.markets import market_of
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.formats import Format
from marketplace.core.models import EventDelivery
from marketplace.core.outbox import deliver_events
from marketplace.core.queues import Queue
from marketplace.orders.events import GoodsReturned, ParcelDelivered, ParcelReturned
from marketplace.orders.models import Order, Parcel, ReturnedGoods, VendorOrder
from marketplace.orders.reasons import TRANSFER_MISSING
from marketplace.orders.services.states import close_as_cancelled
from marketplace.orders.services.tell_of_late import tell_of_late_parcels
from marketplace.payments.events import InvoiceIssued, PaymentCaptured, RefundMade
from marketplace.payments.invoices.issuing import issue_due_invoices
from marketplace.payments.models import Refund
from tests.factories.told_orders import PLACED, REFUNDED, TOTAL, Case, make_order
from tests.factories.vendors import make_cooperative, make_programme
from vendors.models import Cooperative
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative(make_programme(), "nassij")


def ordered(
    cooperative: Cooperative,
    state: str = "placed",
    method: str = "card",
    *,
    is_paid: bool = True,
    market: str = "ma",
    language: str = "en",
) -> Order:
    return make_order(Case(state, method, is_paid), market_of(market), language, cooperative)


def part_of(order: Order) -> VendorOrder:
    rows = order.vendor_orders.crossing(Crossing.POLICY)
    return rows.select_related("order", "cooperative").order_by("number")[0]


def parcel_of(order: Order) -> Parcel:
    return Parcel.objects.crossing(Crossing.POLICY).get(vendor_order__order=order)


def cancel(part: VendorOrder, reason: str = "Moths") -> None:
    with transaction.atomic():
        close_as_cancelled(part, reason=reason, at=timezone.now())


def happened(event: Any) -> None:
    with transaction.atomic():
        publish(event)


def told() -> list[str]:
    """Deliver what waits for people; then deliver the same again, as after a lost answer."""
    deliver_events(queue=Queue.PERSON)
    EventDelivery.objects.update(delivered_at=None, next_attempt_at=timezone.now())
    deliver_events(queue=Queue.PERSON)
    return [f"{sent.subject}\n{sent.body}" for sent in mail.outbox]


@pytest.mark.parametrize(
    ("method", "is_paid", "words"),
    [
        ("card", True, "You get back what you paid for it."),
        ("card", False, "Should your card have been charged, you get the amount back."),
        ("cod", False, "Nothing was charged, and there is nothing to pay for it."),
        ("bank", True, "You get back what you paid for it."),
        ("bank", False, "Nothing was paid."),
    ],
)
def test_a_cancelled_order_is_told_once_with_its_money(
    cooperative: Cooperative, method: str, is_paid: bool, words: str
) -> None:
    order = ordered(cooperative, method=method, is_paid=is_paid)
    cancel(part_of(order))

    (text,) = told()

    assert f"Your order {order.number} was cancelled" in text
    assert "Reason: Moths" in text
    assert "2 × V1" in text
    assert words in text
    assert "/ma/en/orders/" in text
    assert mail.outbox[0].to == [order.email]


def test_what_the_shop_cancels_has_its_reason_in_the_buyers_language(
    cooperative: Cooperative,
) -> None:
    order = ordered(cooperative, method="bank", is_paid=False, language="fr")
    cancel(part_of(order), TRANSFER_MISSING)

    (text,) = told()

    assert "Motif\u00a0: Le virement bancaire n’est pas arrivé à temps." in text
    assert mail.outbox[0].extra_headers["Content-Language"] == "fr"


def test_parts_cancelled_together_are_one_mail_and_a_later_one_is_another(
    cooperative: Cooperative,
) -> None:
    order = ordered(cooperative)
    for number, slug in ((2, "zitoun"), (3, "asal")):
        other = part_of(order)
        lines = list(other.lines.all())
        other.pk, other.number = uuid4(), f"{order.number}-{number}"
        other.cooperative = make_cooperative(cooperative.programme, slug)
        other._state.adding = True
        other.save()
        for line in lines:
            line.pk, line.vendor_order = uuid4(), other
            line._state.adding = True
            line.save()
    first, second, third = order.vendor_orders.crossing(Crossing.POLICY).order_by("number")
    cancel(first)
    cancel(second)

    (text,) = told()
    assert f"A part of your order {order.number} was cancelled" in text
    assert "nassij" in text
    assert "zitoun" in text
    assert "The rest of your order goes on." in text

    cancel(third)
    (_first, text) = told()
    assert f"Your order {order.number} was cancelled" in text
    assert "asal" in text
    assert "nassij" not in text


def test_a_parcel_that_came_back_is_told_as_such(cooperative: Cooperative) -> None:
    order = ordered(cooperative, "came_back", "cod", is_paid=False)
    part, parcel = part_of(order), parcel_of(order)
    happened(
        ParcelReturned(
            aggregate_id=part.pk,
            occurred_at=PLACED,
            parcel_id=parcel.pk,
            vendor_order_id=part.pk,
            order_id=order.pk,
        )
    )
    # All of it came back, so that the part ended with it, and one mail says both.
    VendorOrder.objects.crossing(Crossing.POLICY).update(state="shipped")
    Parcel.objects.crossing(Crossing.POLICY).update(state="returned")
    part.refresh_from_db()
    cancel(part, "")

    (text,) = told()

    assert f"A parcel of your order {order.number} came back" in text
    assert "came back without having been handed over" in text
    assert "there is nothing to pay" in text


def test_a_return_is_told_when_the_cooperative_has_it(cooperative: Cooperative) -> None:
    order = ordered(cooperative, "sent_back")
    part = part_of(order)
    row = ReturnedGoods.objects.create(
        vendor_order=part, line=part.lines.get(), quantity=1, restock=True, recorded_by="x"
    )
    happened(
        GoodsReturned(
            aggregate_id=part.pk,
            occurred_at=PLACED,
            vendor_order_id=part.pk,
            order_id=order.pk,
            returned_ids=[row.pk],
        )
    )

    (text,) = told()

    assert "has received what you sent back" in text
    assert "1 × V1" in text


@pytest.mark.parametrize("kind", ["carrier_file", "staff", "time_out", "buyer"])
def test_a_delivery_that_others_recorded_is_told(cooperative: Cooperative, kind: str) -> None:
    order = ordered(cooperative, "delivered", market="eg")
    part, parcel = part_of(order), parcel_of(order)
    happened(
        ParcelDelivered(
            aggregate_id=part.pk,
            occurred_at=PLACED,
            parcel_id=parcel.pk,
            vendor_order_id=part.pk,
            order_id=order.pk,
            cooperative_id=part.cooperative_id,
            programme_id=part.programme_id,
            currency=order.currency,
            goods_minor=1,
            shipping_minor=0,
            payment_method=order.payment_method,
            evidence=kind,
            lines=[],
        )
    )

    texts = told()

    assert len(texts) == (kind != "buyer")
    if kind in {"carrier_file", "staff"}:
        # 22:30 UTC on the twelfth is the thirteenth in Cairo.
        assert "13 June" in texts[0]
    assert all("say so on the page of your order" in text for text in texts)


def test_a_transfer_that_arrived_is_told(cooperative: Cooperative) -> None:
    order = ordered(cooperative, method="bank", market="tn", language="fr")
    happened(
        PaymentCaptured(
            aggregate_id=order.pk,
            occurred_at=PLACED,
            order_id=order.pk,
            payment_id=uuid4(),
            method="bank",
            provider="bank-transfer",
            currency="TND",
            amount_minor=TOTAL,
            parts=[],
        )
    )

    (text,) = told()

    assert "Votre virement bancaire pour la commande" in text
    assert Format("fr", "tn").money(TOTAL, "TND") in text


@pytest.mark.parametrize(
    ("state", "method", "is_paid", "words"),
    [
        ("placed", "cod", False, ["has not sent it yet", "You pay only when it arrives."]),
        ("sent", "card", True, ["It is with the carrier", "is not paid before it arrives"]),
    ],
)
def test_a_late_parcel_is_told_once(
    cooperative: Cooperative, state: str, method: str, is_paid: bool, words: list[str]
) -> None:
    order = ordered(cooperative, state, method, is_paid=is_paid)
    promised = PLACED.date() + timedelta(days=5)
    VendorOrder.objects.crossing(Crossing.POLICY).update(promised_to_on=promised)
    now = datetime.combine(promised + timedelta(days=1), time(12), tzinfo=UTC)

    assert tell_of_late_parcels(now=now - timedelta(days=1)) == 0
    assert tell_of_late_parcels(now=now) == 1
    assert tell_of_late_parcels(now=now + timedelta(days=1)) == 0

    (sent,) = mail.outbox
    assert f"A parcel of your order {order.number} is late" in sent.subject
    assert all(word in str(sent.body) for word in words)


@pytest.mark.parametrize(("market", "is_late"), [("eg", True), ("sn", False)])
def test_it_is_late_when_the_markets_day_is_over(
    cooperative: Cooperative, market: str, is_late: bool
) -> None:
    ordered(cooperative, "sent", market=market)
    promised = PLACED.date() + timedelta(days=5)
    VendorOrder.objects.crossing(Crossing.POLICY).update(promised_to_on=promised)

    evening = datetime.combine(promised, time(22, 30), tzinfo=UTC)
    assert tell_of_late_parcels(now=evening) == is_late


def test_nobody_is_told_of_what_is_missed_over_unpaid_or_long_ago(
    cooperative: Cooperative,
) -> None:
    for state, method, is_paid in (
        ("missed", "card", True), ("cancelled", "card", True), ("delivered", "card", True),
        ("placed", "bank", False),
    ):  # fmt: skip
        ordered(cooperative, state, method, is_paid=is_paid)
    promised = PLACED.date() + timedelta(days=5)
    VendorOrder.objects.crossing(Crossing.POLICY).update(promised_to_on=promised)
    now = datetime.combine(promised + timedelta(days=2), time(12), tzinfo=UTC)

    assert tell_of_late_parcels(now=now) == 0
    ordered(cooperative, "sent_late")
    assert tell_of_late_parcels(now=now + timedelta(days=200)) == 0


def refund_event(order: Order) -> RefundMade:
    refund = Refund.objects.crossing(Crossing.POLICY).get(order_id=order.pk)
    return RefundMade(
        aggregate_id=refund.vendor_order_id, occurred_at=PLACED, refund_id=refund.pk,
        vendor_order_id=refund.vendor_order_id, order_id=order.pk,
        cooperative_id=refund.cooperative_id, programme_id=part_of(order).programme_id,
        currency=order.currency, goods_minor=refund.goods_minor, shipping_minor=0, lines=[],
        payment_method=order.payment_method,
    )  # fmt: skip


@pytest.mark.parametrize("market", ["ma", "eu", "sn", "jo"])
def test_a_partial_refund_says_how_much_why_and_what_remains(
    cooperative: Cooperative, market: str
) -> None:
    order = ordered(cooperative, "part_refunded", market=market)
    happened(refund_event(order))

    (text,) = told()

    written = Format("en", market)
    assert f"We have refunded {written.money(REFUNDED, order.currency)} to you." in text
    assert "Reason: Broken on arrival" in text
    assert "1 × V1" in text
    assert "back to the card" in text
    rest = written.money(TOTAL - REFUNDED, order.currency)
    assert f"Your order then costs you {rest}." in text


def test_a_whole_refund_says_that_nothing_remains(cooperative: Cooperative) -> None:
    order = ordered(cooperative, "refunded", "bank", language="ar")
    happened(refund_event(order))

    (text,) = told()

    assert "وبهذا تسترجعون كل ما أدّيتموه." in text
    assert "حسابكم البنكي" in text


def test_all_documents_that_are_ready_are_one_mail(cooperative: Cooperative) -> None:
    order = ordered(cooperative)

    assert issue_due_invoices(by=BY) == 1
    (text,) = told()
    assert f"Documents for your order {order.number} are ready" in text
    assert "MAD\u00a0120.00" in text

    part = part_of(order)
    happened(
        InvoiceIssued(
            aggregate_id=part.pk,
            occurred_at=PLACED,
            document_id=uuid4(),
            vendor_order_id=part.pk,
            order_id=order.pk,
        )
    )
    assert len(told()) == 1


def test_an_imported_order_and_an_erased_address_are_told_nothing(
    cooperative: Cooperative,
) -> None:
    imported, erased = ordered(cooperative), ordered(cooperative)
    Order.objects.filter(pk=imported.pk).update(recorded_at=PLACED + timedelta(days=30))
    erased.email = ""
    erased.save()
    for order in (imported, erased):
        cancel(part_of(order))

    assert told() == []


def test_each_buyer_is_told_of_their_own_order_only(cooperative: Cooperative) -> None:
    one, other = ordered(cooperative), ordered(cooperative)
    other.email = "other@example.org"
    other.save()
    cancel(part_of(one))

    assert len(told()) == 1
    assert mail.outbox[0].to == [one.email]
    assert other.number not in str(mail.outbox[0].body)
