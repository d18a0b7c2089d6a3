"""What a shop asks for: payment intents, Checkout sessions, refunds."""

import time

from tests.fakes.stripe.books import Books, Refused, Thing

OPEN = {"requires_payment_method", "requires_confirmation", "requires_action", "processing"}


def make_intent(books: Books, asked: Thing) -> Thing:
    _need(asked, "amount", "currency")
    if int(asked["amount"]) < 1:
        raise Refused("Invalid positive integer", code="parameter_invalid_integer")
    intent = books.add(
        "payment_intent", "pi",
        amount=int(asked["amount"]), amount_capturable=0, amount_received=0,
        automatic_payment_methods=None, canceled_at=None, cancellation_reason=None,
        capture_method=asked.get("capture_method", "automatic"),
        confirmation_method="automatic", currency=asked["currency"], customer=None,
        description=asked.get("description"), last_payment_error=None, latest_charge=None,
        next_action=None, payment_method=None,
        payment_method_types=asked.get("payment_method_types") or ["card"],
        statement_descriptor_suffix=None, status="requires_payment_method",
        transfer_group=asked.get("transfer_group"),
    )  # fmt: skip
    intent["metadata"] = asked.get("metadata") or {}
    intent["client_secret"] = f"{intent['id']}_secret_fake"
    books.happened("payment_intent.created", intent)
    return intent


def cancel_intent(books: Books, intent: Thing) -> Thing:
    if intent["status"] not in OPEN:
        raise Refused(
            f"You cannot cancel this PaymentIntent because it has a status of {intent['status']}.",
            code="payment_intent_unexpected_state",
        )
    intent.update(status="canceled", canceled_at=int(time.time()), next_action=None)
    books.happened("payment_intent.canceled", intent)
    return intent


def make_session(books: Books, asked: Thing) -> Thing:
    _need(asked, "mode", "success_url", "line_items")
    prices = [(line["price_data"], int(line["quantity"])) for line in asked["line_items"]]
    session = books.add(
        "checkout.session", "cs_test",
        amount_total=sum(int(price["unit_amount"]) * quantity for price, quantity in prices),
        automatic_tax={"enabled": False, "liability": None, "provider": None, "status": None},
        cancel_url=asked.get("cancel_url"), client_reference_id=asked.get("client_reference_id"),
        currency=prices[0][0]["currency"], custom_fields=[],
        custom_text={"after_submit": None, "shipping_address": None, "submit": None,
                     "terms_of_service_acceptance": None},
        expires_at=int(asked.get("expires_at", time.time() + 86_400)),
        locale=asked.get("locale"), mode=asked["mode"], payment_intent=None,
        payment_method_types=["card"], payment_status="unpaid", shipping_options=[],
        status="open", success_url=asked["success_url"], ui_mode="hosted_page",
    )  # fmt: skip
    session["metadata"] = asked.get("metadata") or {}
    session["url"] = f"https://checkout.stripe.com/c/pay/{session['id']}"
    books.things[session["id"]] = session
    session["_intent"] = asked.get("payment_intent_data") or {}
    return session


def intent_of(books: Books, session: Thing) -> Thing:
    """The intent of a session, made when its buyer confirms."""
    if session["status"] != "open":
        raise Refused("This Checkout Session is no longer open.")
    if session["payment_intent"] is None:
        data = {"amount": session["amount_total"], "currency": session["currency"]}
        session["payment_intent"] = make_intent(books, {**session["_intent"], **data})["id"]
    return books.get("payment_intent", session["payment_intent"])


def expire_session(books: Books, session: Thing) -> Thing:
    if session["status"] != "open":
        raise Refused("Only Checkout Sessions with a status in open can be expired.")
    session.update(status="expired", url=None)
    books.happened("checkout.session.expired", session)
    return session


def make_refund(books: Books, asked: Thing) -> Thing:
    charge = _charge_of(books, asked)
    left = charge["amount"] - charge["amount_refunded"]
    amount = int(asked.get("amount") or left)
    if charge["disputed"] and not _won(books, charge):
        raise Refused("The charge has been charged back.", code="charge_disputed")
    if amount > left:
        code = "amount_too_large" if left else "charge_already_refunded"
        raise Refused("Refund amount is greater than unrefunded amount on charge", code=code)
    refund = books.add(
        "refund", "re",
        amount=amount, charge=charge["id"], currency=charge["currency"],
        payment_intent=charge["payment_intent"], reason=asked.get("reason"), status="succeeded",
    )  # fmt: skip
    refund["metadata"] = asked.get("metadata") or {}
    moved = books.move("refund", refund["id"], -amount, charge["currency"])
    refund["balance_transaction"] = moved["id"]
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] == charge["amount"]
    books.happened("refund.created", refund)
    books.happened("charge.refunded", charge)
    return refund


def fail_refund(books: Books, refund: Thing) -> Thing:
    """The buyer's bank sends a refund back."""
    back = books.move("refund_failure", refund["id"], refund["amount"], refund["currency"])
    refund.update(
        status="failed", failure_reason="expired_or_canceled_card",
        failure_balance_transaction=back["id"],
    )  # fmt: skip
    charge = books.get("charge", refund["charge"])
    charge["amount_refunded"] -= refund["amount"]
    charge["refunded"] = False
    books.happened("refund.failed", refund)
    return refund


def _won(books: Books, charge: Thing) -> bool:
    of_charge = [d for d in books.all_of("dispute") if d["charge"] == charge["id"]]
    return all(d["status"] == "won" for d in of_charge)


def _charge_of(books: Books, asked: Thing) -> Thing:
    if asked.get("charge"):
        return books.get("charge", asked["charge"])
    _need(asked, "payment_intent")
    intent = books.get("payment_intent", asked["payment_intent"])
    if intent["latest_charge"] is None:
        raise Refused("This PaymentIntent does not have a successful charge to refund.")
    return books.get("charge", intent["latest_charge"])


def _need(asked: Thing, *names: str) -> None:
    for name in names:
        if not asked.get(name):
            raise Refused(f"Missing required param: {name}.", code="parameter_missing")
