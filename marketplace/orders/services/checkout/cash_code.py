"""Cash orders that a code confirms first: of a large sum, of who left one at the door, and all of
buyers without e-mail, whose phone number nothing else has proven.

What counts as large is dated data (``data/cash_confirmation.csv``, by currency). The history is
that of the telephone number and of the e-mail address: the last cash order that ended came back
undelivered.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from marketplace.core.dated import Row, read_rules, rule_on, span_of
from marketplace.core.formats import western_digits
from marketplace.core.hashes import keyed_hash
from marketplace.core.throttle import Use, require
from marketplace.orders.errors import CodeNotRight
from marketplace.orders.locks import one_at_a_time
from marketplace.orders.models import (
    CashContact,
    CheckoutAttempt,
    CheckoutState,
    Order,
    Parcel,
    ParcelState,
    PaymentMethod,
    PaymentStatus,
)
from marketplace.orders.services.buyer_texts import text_cash_code
from marketplace.orders.services.mails import send_cash_code
from marketplace.orders.typed_codes import code_hash, is_right, new_code
from vendors.scoping import Crossing

RULES_FILE = Path(__file__).parents[2] / "data" / "cash_confirmation.csv"
VALID_FOR = timedelta(minutes=30)
_PAID = (PaymentStatus.PAID, PaymentStatus.PART_REFUNDED, PaymentStatus.REFUNDED)


class Rule(NamedTuple):
    """From which sum a code is asked for."""

    valid_from: date
    valid_to: date | None
    currency: str
    amount_minor: int


@cache
def known_rules() -> tuple[Rule, ...]:
    """The rules of the file; raises ValueError, with the line, for an invalid row."""
    return read_rules(RULES_FILE, _rule)


def contacts_of(attempt: CheckoutAttempt) -> tuple[str, ...]:
    """The buyer's telephone number and e-mail address, each as a keyed hash."""
    phone = "".join(sign for sign in western_digits(attempt.phone) if sign.isdigit())
    given = (("phone", phone.lstrip("0")), ("email", attempt.email.strip().lower()))
    return tuple(keyed_hash(("cash contact", *one)) for one in given if one[1])


def is_confirmation_needed(attempt: CheckoutAttempt) -> bool:
    """Whether a cash order of this attempt waits for a code."""
    if attempt.confirmed_contact == _contact(attempt):
        return False
    if not attempt.email:
        return True
    limit = _limit(attempt.currency)
    return (limit is not None and attempt.total_minor >= limit) or _was_undelivered(attempt)


def count_cash_order(attempt: CheckoutAttempt) -> None:
    """Count a cash order of the contact, once if it is tried again; raises TooSoon."""
    if attempt.state == CheckoutState.PAYING and attempt.payment_method == PaymentMethod.CASH:
        return
    uses = [Use("cash_contact", contact) for contact in contacts_of(attempt)]
    if attempt.seen_from:
        uses.append(Use("cash_address", attempt.seen_from))
    require(*uses)


def send_code(*, attempt: CheckoutAttempt) -> None:
    """Send a new code to the buyer's address, or else phone; the one before no longer holds.

    Raises TooSoon.
    """
    require(*_code_uses(attempt))
    code = new_code()
    attempt.cash_code = code_hash(*_purpose(attempt), code=code)
    attempt.cash_code_until = timezone.now() + VALID_FOR
    with transaction.atomic():
        attempt.save(update_fields=["cash_code", "cash_code_until", "updated_at"])
        if not attempt.email:
            text_cash_code(attempt, code, attempt.cash_code_until)
    if attempt.email:
        send_cash_code(attempt, code)


def _code_uses(attempt: CheckoutAttempt) -> list[Use]:
    if attempt.email:
        return [Use("cash_code_mails", _recipient(attempt))]
    uses = [Use("text_code_number", attempt.phone), Use("text_code_day", attempt.phone)]
    return [*uses, Use("text_code_address", attempt.seen_from)] if attempt.seen_from else uses


def _recipient(attempt: CheckoutAttempt) -> str:
    return str(attempt.email.strip().lower() or attempt.phone)


def confirm(*, attempt: CheckoutAttempt, code: str) -> None:
    """The buyer's address or phone is confirmed by the code. Raises CodeNotRight and TooSoon."""
    with one_at_a_time(attempt.pk):
        attempt.refresh_from_db()
        tries = [Use("cash_code_tries", _recipient(attempt))]
        if attempt.seen_from:
            tries.append(Use("code_tries_address", attempt.seen_from))
        require(*tries)
        valid = attempt.cash_code_until is not None and attempt.cash_code_until > timezone.now()
        if not valid or not is_right(attempt.cash_code, *_purpose(attempt), code=code):
            raise CodeNotRight
        attempt.confirmed_contact = _contact(attempt)
        attempt.cash_code, attempt.cash_code_until = "", None
        attempt.save(
            update_fields=["confirmed_contact", "cash_code", "cash_code_until", "updated_at"]
        )


def remember_contacts(attempt: CheckoutAttempt, order: Order) -> None:
    """Keep whose cash order it is, for later ones."""
    if attempt.payment_method == PaymentMethod.CASH:
        rows = [CashContact(order=order, contact=contact) for contact in contacts_of(attempt)]
        CashContact.objects.bulk_create(rows, ignore_conflicts=True)


def _was_undelivered(attempt: CheckoutAttempt) -> bool:
    """Whether the last cash order of the contact that ended came back instead of being paid."""
    orders = Order.objects.filter(
        payment_method=PaymentMethod.CASH, cash_contacts__contact__in=contacts_of(attempt)
    )
    back = Parcel.objects.crossing(Crossing.BUYER_ORDER).filter(
        state=ParcelState.RETURNED, delivered_at=None, vendor_order__order__in=orders
    )
    ended = orders.filter(
        Q(payment_status__in=_PAID) | Q(pk__in=back.values("vendor_order__order_id"))
    )
    last = ended.order_by("-placed_at").first()
    return last is not None and last.payment_status not in _PAID


def _limit(currency: str) -> int | None:
    of_currency = (rule for rule in known_rules() if rule.currency == currency)
    found = rule_on(of_currency, timezone.now().date())
    return found.amount_minor if found else None


def _contact(attempt: CheckoutAttempt) -> str:
    return keyed_hash(("confirmed contact", *contacts_of(attempt)))


def _purpose(attempt: CheckoutAttempt) -> tuple[str, ...]:
    return "cash code", str(attempt.pk), attempt.email or attempt.phone


def _rule(row: Row) -> Rule:
    valid_from, valid_to = span_of(row)
    if int(row["amount_minor"]) < 1 or not row["source"].strip():
        raise ValueError("the amount or the source are missing or wrong")
    return Rule(valid_from, valid_to, row["currency"], int(row["amount_minor"]))
