"""What buyers and their banks do: pay an intent, confirm it by 3-D Secure, dispute a charge."""

import time

from tests.fakes.stripe.books import DISPUTE_FEE, FEE_BASIS_POINTS, FEE_FIXED, Books, Refused, Thing

VISA = "4242424242424242"
DECLINED = "4000000000000002"
SECURE = "4000002500003155"


def pay(books: Books, intent: Thing, card: str) -> Thing:
    """The buyer confirms an intent with a card."""
    if intent["status"] not in {"requires_payment_method", "requires_action"}:
        raise Refused(
            "The intent cannot be confirmed in its state.", code="payment_intent_unexpected_state"
        )
    if card == DECLINED:
        intent["status"] = "requires_payment_method"
        intent["last_payment_error"] = {
            "type": "card_error",
            "code": "card_declined",
            "message": "Your card was declined.",
        }
        books.happened("payment_intent.payment_failed", intent)
        return intent
    if card == SECURE and intent["status"] != "requires_action":
        intent["status"] = "requires_action"
        intent["next_action"] = {"type": "use_stripe_sdk", "use_stripe_sdk": {}}
        books.happened("payment_intent.requires_action", intent)
        return intent
    return _succeed(books, intent, card)


def authenticate(books: Books, intent: Thing, *, succeed: bool) -> Thing:
    """The buyer's bank has asked, and got its answer."""
    if intent["status"] != "requires_action":
        raise Refused("Nothing to authenticate.", code="payment_intent_unexpected_state")
    intent["next_action"] = None
    if succeed:
        return _succeed(books, intent, SECURE)
    intent["status"] = "requires_payment_method"
    intent["last_payment_error"] = {
        "type": "invalid_request_error",
        "code": "payment_intent_authentication_failure",
        "message": "The provided PaymentMethod has failed authentication.",
    }
    books.happened("payment_intent.payment_failed", intent)
    return intent


def _succeed(books: Books, intent: Thing, card: str) -> Thing:
    amount, currency = intent["amount"], intent["currency"]
    charge = books.add(
        "charge", "ch",
        amount=amount, amount_captured=amount, amount_refunded=0, balance_transaction=None,
        billing_details={"address": None, "email": None, "name": None, "phone": None},
        captured=True, currency=currency, disputed=False, paid=True, payment_intent=intent["id"],
        payment_method_details={
            "type": "card",
            "card": {"brand": "visa", "exp_month": 12, "exp_year": 2030, "last4": card[-4:]},
        },
        refunded=False, status="succeeded", transfer_group=intent["transfer_group"],
    )  # fmt: skip
    charge["metadata"] = dict(intent["metadata"])
    fee = amount * FEE_BASIS_POINTS // 10_000 + FEE_FIXED
    moved = books.move("charge", charge["id"], amount, currency, fee=fee)
    charge["balance_transaction"] = moved["id"]
    intent.update(
        status="succeeded", amount_received=amount, latest_charge=charge["id"],
        last_payment_error=None, next_action=None,
    )  # fmt: skip
    books.happened("charge.succeeded", charge)
    books.happened("payment_intent.succeeded", intent)
    return intent


def dispute(books: Books, charge: Thing, reason: str = "fraudulent") -> Thing:
    """The buyer's bank takes the money back, for now."""
    charge["disputed"] = True
    amount, currency = charge["amount"], charge["currency"]
    made = books.add(
        "dispute", "dp",
        amount=amount, balance_transactions=[], charge=charge["id"], currency=currency,
        enhanced_eligibility_types=[], evidence={"enhanced_evidence": {}},
        evidence_details={
            "due_by": int(time.time()) + 7 * 86_400, "enhanced_eligibility": {},
            "has_evidence": False, "past_due": False, "submission_count": 0,
        },
        is_charge_refundable=False, payment_intent=charge["payment_intent"], reason=reason,
        status="needs_response",
    )  # fmt: skip
    taken = books.move("adjustment", made["id"], -amount, currency, fee=DISPUTE_FEE)
    made["balance_transactions"] = [taken]
    books.happened("charge.dispute.created", made)
    return made


def decide(books: Books, made: Thing, *, won: bool) -> Thing:
    """The banks have decided."""
    made["status"] = "won" if won else "lost"
    if won:
        back = books.move("adjustment", made["id"], made["amount"], made["currency"])
        made["balance_transactions"] = [*made["balance_transactions"], back]
        books.happened("charge.dispute.funds_reinstated", made)
    books.happened("charge.dispute.closed", made)
    return made
