"""Transactions: a further step, cash on delivery, charging later, refunds, reports."""

from typing import Any

import httpx
import pytest

from tests.contract.buying import Shop, codes, fractional, open_shop
from tests.contract.engine import Engine, Refused
from tests.contract.fake_app import FakeApp
from tests.contract.selling_app import action, noted, sell, session
from tests.contract.world import Market

pytestmark = [pytest.mark.contract, pytest.mark.django_db]


@pytest.fixture
def app(app: FakeApp) -> FakeApp:
    return sell(app)


@pytest.fixture
def shop(engine: Engine, market: Market) -> Shop:
    return open_shop(engine, market)


def test_a_card_that_wants_a_second_step(shop: Shop) -> None:
    # given a payment App that asks for a further step
    answers = shop.engine.app.answers
    answers["transaction_initialize_session"] = session("CHARGE_ACTION_REQUIRED", data={"go": "x"})
    checkout = shop.ready((shop.oil, 1))
    started = shop.pay(checkout)
    assert started["transactionEvent"]["type"] == "CHARGE_ACTION_REQUIRED"
    assert started["data"] == {"go": "x"}
    assert codes(shop.complete(checkout)) == ["CHECKOUT_NOT_FULLY_PAID"]
    # when the buyer has taken it
    transaction = started["transaction"]["id"]
    done = shop.done("ProcessTransaction", id=transaction, data={"came": "back"})
    # then the money is there, and the order is made
    assert done["transactionEvent"]["type"] == "CHARGE_SUCCESS"
    assert fractional(done["transaction"]["chargedAmount"]) == 23000
    assert shop.engine.app.of("transaction_process_session")[0]["data"] == {"came": "back"}
    order = shop.seen(shop.complete(checkout)["order"]["id"])
    assert [each["id"] for each in order["transactions"]] == [transaction]
    # and a second continuation is answered without asking the App again
    again = shop.done("ProcessTransaction", id=transaction)
    assert again["transactionEvent"]["id"] == done["transactionEvent"]["id"]
    assert len(shop.engine.app.of("transaction_process_session")) == 1


def test_cash_on_delivery_is_authorised_and_charged_later(shop: Shop) -> None:
    # given an App that authorises
    answers = shop.engine.app.answers
    answers["transaction_initialize_session"] = session("AUTHORIZATION_SUCCESS")
    order = shop.order((shop.oil, 1))
    assert (order["chargeStatus"], order["authorizeStatus"]) == ("NONE", "FULL")
    assert order["paymentStatus"] == "NOT_CHARGED"
    transaction = order["transactions"][0]["id"]
    # when the carrier has brought the money, and the App is asked to charge
    shop.app_done("RequestTransactionAction", id=transaction, action="CHARGE", amount=230)
    # then the order is paid
    shop.settled(transaction, lambda a: (a["chargedAmount"], a["authorizedAmount"]) == (23000, 0))
    asked = shop.engine.app.of("transaction_charge_requested")[0]
    assert asked["action"] == {"actionType": "CHARGE", "amount": 230.0}
    seen = shop.seen(order["id"])
    assert (seen["chargeStatus"], seen["isPaid"]) == ("FULL", True)
    shop.engine.delivered(lambda: shop.engine.app.of("order_fully_paid") != [])
    assert len(shop.engine.app.of("order_paid")) == 1


def test_cash_is_charged_by_reports_of_what_came_so_far(shop: Shop) -> None:
    # given an authorised order, and a carrier who brings the money in two parts
    answers = shop.engine.app.answers
    answers["transaction_initialize_session"] = session("AUTHORIZATION_SUCCESS")
    order = shop.order((shop.oil, 1))
    transaction = order["transactions"][0]["id"]

    def reported(reference: str, amount: int) -> tuple[bool, int, int]:
        charge = {"type": "CHARGE_SUCCESS", "pspReference": reference, "amount": amount}
        told = shop.app_done("ReportTransactionEvent", id=transaction, **charge)
        now = told["transaction"]
        sums = (fractional(now[f"{name}Amount"]) for name in ("charged", "authorized"))
        return (told["alreadyProcessed"], *sums)

    # when the App reports each part, and one of them twice
    assert reported("cash-100", 100) == (False, 10_000, 13_000)
    assert reported("cash-100", 100) == (True, 10_000, 13_000)
    assert shop.seen(order["id"])["chargeStatus"] == "PARTIAL"
    assert reported("cash-230", 130) == (False, 23_000, 0)
    # then the order is paid, and nobody was asked to charge
    assert shop.seen(order["id"])["chargeStatus"] == "FULL"
    shop.engine.delivered(lambda: shop.engine.app.of("order_fully_paid") != [])
    assert shop.engine.app.of("transaction_charge_requested") == []


def test_an_authorisation_can_be_cancelled(shop: Shop) -> None:
    answers = shop.engine.app.answers
    answers["transaction_initialize_session"] = session("AUTHORIZATION_SUCCESS")
    transaction = shop.order((shop.oil, 1))["transactions"][0]["id"]
    shop.app_done("RequestTransactionAction", id=transaction, action="CANCEL")
    shop.settled(transaction, lambda a: (a["canceledAmount"], a["authorizedAmount"]) == (23000, 0))


def test_the_same_key_is_the_same_payment(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 1))
    first = shop.pay(checkout, idempotencyKey="basket-1", amount=230)
    second = shop.pay(checkout, idempotencyKey="basket-1", amount=230)
    assert second["transaction"]["id"] == first["transaction"]["id"]
    assert fractional(second["transaction"]["chargedAmount"]) == 23000
    other = shop.ready((shop.oil, 1))
    assert codes(shop.pay(other, idempotencyKey="basket-1", amount=230)) == ["UNIQUE"]


def test_an_unknown_gateway_is_not_found(shop: Shop) -> None:
    checkout = shop.ready((shop.oil, 1))
    payload = shop.engine.buyer(
        "InitializeTransaction", id=checkout, gateway={"id": "nobody"}, amount=1
    )["transactionInitialize"]
    assert codes(payload) == ["NOT_FOUND"]


def test_part_of_an_order_is_refunded_by_a_grant(shop: Shop) -> None:
    # given a paid order of two cooperatives
    order = shop.order((shop.oil, 2), (shop.rug, 1))
    transaction = order["transactions"][0]["id"]
    line = next(each for each in order["lines"] if each["productSku"] == shop.oil.sku)
    # when one unit is granted back, with its reason
    granted = shop.app_done(
        "GrantRefund",
        id=order["id"],
        input={
            "transactionId": transaction,
            "reason": "broken",
            "lines": [{"id": line["id"], "quantity": 1}],
        },
    )["grantedRefund"]
    assert fractional(granted["amount"]) == 18000
    assert granted["status"] == "NONE"
    assert shop.seen(order["id"])["chargeStatus"] == "OVERCHARGED"
    # and asked for
    shop.app_done("RequestGrantedRefund", id=transaction, grantedRefundId=granted["id"])
    # then the money went back, and the order is fully charged for the rest
    shop.settled(
        transaction, lambda a: (a["refundedAmount"], a["chargedAmount"]) == (18000, 173000)
    )
    seen = shop.seen(order["id"])
    assert [each["status"] for each in seen["grantedRefunds"]] == ["SUCCESS"]
    assert seen["chargeStatus"] == "FULL"
    assert fractional(seen["totalRefunded"]) == 18000
    asked = shop.engine.app.of("transaction_refund_requested")[0]
    assert asked["grantedRefund"] == {"id": granted["id"], "amount": {"amount": 180.0}}
    shop.engine.delivered(lambda: shop.engine.app.of("order_refunded") != [])
    # and it is not paid a second time
    again = shop.engine.as_app(
        "RequestGrantedRefund", id=transaction, grantedRefundId=granted["id"]
    )["transactionRequestRefundForGrantedRefund"]
    assert codes(again) == ["REFUND_ALREADY_PROCESSED"]


def test_more_than_was_bought_or_charged_is_not_granted(shop: Shop) -> None:
    order = shop.order((shop.oil, 1))
    transaction = order["transactions"][0]["id"]
    units = {"lines": [{"id": order["lines"][0]["id"], "quantity": 2}]}
    payload = shop.engine.as_app(
        "GrantRefund", id=order["id"], input={"transactionId": transaction, **units}
    )["orderGrantRefundCreate"]
    assert codes(payload) == ["INVALID"]
    assert [each["code"] for each in payload["errors"][0]["lines"]] == [
        "QUANTITY_GREATER_THAN_AVAILABLE"
    ]
    payload = shop.engine.as_app(
        "GrantRefund", id=order["id"], input={"transactionId": transaction, "amount": 1000}
    )["orderGrantRefundCreate"]
    assert codes(payload) == ["AMOUNT_GREATER_THAN_AVAILABLE"]
    assert shop.seen(order["id"])["grantedRefunds"] == []


def test_a_refund_is_pending_until_it_is_reported(shop: Shop) -> None:
    # given an App that only takes note of a refund
    order = shop.order((shop.oil, 1))
    transaction = order["transactions"][0]["id"]
    shop.engine.app.answers["transaction_refund_requested"] = noted("rf-1")
    shop.app_done("RequestTransactionAction", id=transaction, action="REFUND", amount=30)
    shop.settled(
        transaction, lambda a: (a["refundPendingAmount"], a["refundedAmount"]) == (3000, 0)
    )
    # when it reports the outcome
    report = {
        "id": transaction,
        "type": "REFUND_SUCCESS",
        "pspReference": "rf-1",
        "amount": 30,
        "availableActions": ["REFUND"],
    }
    first = shop.app_done("ReportTransactionEvent", **report)
    # then the money is back
    assert first["alreadyProcessed"] is False
    assert fractional(first["transaction"]["refundedAmount"]) == 3000
    assert fractional(first["transaction"]["refundPendingAmount"]) == 0
    assert first["transaction"]["actions"] == ["REFUND"]
    # and a second report changes nothing
    second = shop.app_done("ReportTransactionEvent", **report)
    assert second["alreadyProcessed"] is True
    assert fractional(second["transaction"]["refundedAmount"]) == 3000
    # while one that contradicts it is refused
    payload = shop.engine.as_app("ReportTransactionEvent", **{**report, "amount": 31})[
        "transactionEventReport"
    ]
    assert codes(payload) == ["INCORRECT_DETAILS"]
    assert fractional(shop.seen(order["id"])["totalRefunded"]) == 3000


def test_a_failed_refund_leaves_the_charge(shop: Shop) -> None:
    order = shop.order((shop.oil, 1))
    transaction = order["transactions"][0]["id"]
    shop.engine.app.answers["transaction_refund_requested"] = action("REFUND_FAILURE")
    shop.app_done("RequestTransactionAction", id=transaction, action="REFUND", amount=30)
    shop.settled(transaction, lambda a: a["chargedAmount"] == 23000, event="REFUND_FAILURE")
    shop.engine.app.answers["transaction_refund_requested"] = lambda _: httpx.Response(500)
    shop.app_done("RequestTransactionAction", id=transaction, action="REFUND", amount=30)
    shop.settled(transaction, lambda a: a["chargedAmount"] == 23000)


def test_a_wholly_refunded_order_is_not_paid(shop: Shop) -> None:
    order = shop.order((shop.oil, 1))
    transaction = order["transactions"][0]["id"]
    shop.app_done("RequestTransactionAction", id=transaction, action="REFUND")
    shop.settled(transaction, lambda a: a["refundedAmount"] == 23000)
    seen = shop.seen(order["id"])
    assert (seen["chargeStatus"], seen["isPaid"]) == ("NONE", False)
    # (the older payment status of a real engine is its own: it says NOT_CHARGED here)
    assert seen["paymentStatus"] in {"FULLY_REFUNDED", "NOT_CHARGED"}


def test_buyers_may_not_move_money(shop: Shop) -> None:
    order = shop.order((shop.oil, 1))
    transaction = order["transactions"][0]["id"]
    attempts: list[tuple[str, dict[str, Any]]] = [
        ("RequestTransactionAction", {"id": transaction, "action": "REFUND"}),
        (
            "ReportTransactionEvent",
            {"id": transaction, "type": "REFUND_SUCCESS", "pspReference": "x"},
        ),
        ("GrantRefund", {"id": order["id"], "input": {"transactionId": transaction, "amount": 1}}),
    ]
    for operation, variables in attempts:
        with pytest.raises(Refused) as refused:
            shop.engine.buyer(operation, **variables)
        assert refused.value.codes == ["PermissionDenied"]
    assert fractional(shop.seen(order["id"])["totalRefunded"]) == 0
