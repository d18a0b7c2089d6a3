"""Look an order up by its number and phone, with a code that is sent to the phone.

By the same way its buyer has more than its page: all that is held (``LookupPurpose.DATA``), and the
order in an account (``LookupPurpose.CLAIM``).

Nobody learns whether there is such an order: what found none is answered in the same way.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from marketplace.core.events import publish
from marketplace.core.formats import western_digits
from marketplace.core.throttle import Use, require
from marketplace.orders.buyer_keys import phone_key
from marketplace.orders.errors import CodeNotRight
from marketplace.orders.events import OrderLinkAsked
from marketplace.orders.models import LookupPurpose, Order, OrderLookup
from marketplace.orders.services.buyer_texts import text_lookup_code
from marketplace.orders.services.tracking_links import issue_link
from marketplace.orders.typed_codes import code_hash, is_right, new_code
from vendors.accounts import User

VALID_FOR = timedelta(minutes=15)
# The signs of an order's number between its prefix and the place of a part.
WITHOUT_PREFIX = 8
MOST_WRONG = 5
# A double click on the button that sends the code.
SENT_TWICE = timedelta(minutes=1)
# A link that a code opens; the one in the first message is for keeping.
OPENED_FOR = timedelta(days=30)


def look_up(
    *,
    number: str,
    phone: str,
    seen_from: str,
    purpose: LookupPurpose = LookupPurpose.OPEN,
    user: User | None = None,
) -> OrderLookup:
    """Begin a look-up; ``phone`` in E.164, ``seen_from`` the network address. Raises TooSoon."""
    number = _plain(number)
    require(
        Use("lookup_address", seen_from),
        Use("lookup_number", number),
        # Counted for numbers without an order too, or the limit would tell of one.
        Use("text_code_number", phone),
        Use("text_code_day", phone),
        Use("text_code_address", seen_from),
    )
    order = Order.objects.filter(number=number, phone_key=phone_key(phone)).first()
    found = order if order is not None and _is_meant(order, purpose) else None
    valid_until = timezone.now() + VALID_FOR
    with transaction.atomic():
        lookup = OrderLookup.objects.create(
            order=found, purpose=purpose, user=user, valid_until=valid_until, code=""
        )
        if found is not None:
            _answer(lookup, found)
    return lookup


def open_found(*, lookup_id: UUID, code: str, seen_from: str) -> str:
    """The token of a fresh link to the order. Raises CodeNotRight and TooSoon."""
    order = prove(lookup_id=lookup_id, code=code, seen_from=seen_from, purpose=LookupPurpose.OPEN)
    return issue_link(order=order, valid_for=OPENED_FOR)


def prove(
    *,
    lookup_id: UUID,
    code: str,
    seen_from: str,
    purpose: LookupPurpose,
    user: User | None = None,
) -> Order:
    """The order of a look-up whose code is right. Raises CodeNotRight and TooSoon.

    A code is good for its own purpose, and for the account that it was sent for.
    """
    require(Use("code_tries_address", seen_from))
    now = timezone.now()
    # Counted before the code is compared, so that tries side by side cannot be more.
    open_now = OrderLookup.objects.filter(
        pk=lookup_id,
        purpose=purpose,
        user=user,
        valid_until__gt=now,
        wrong_tries__lt=MOST_WRONG,
    )
    counted = open_now.update(wrong_tries=F("wrong_tries") + 1)
    lookup = OrderLookup.objects.select_related("order").filter(pk=lookup_id).first()
    if not counted or lookup is None or lookup.order is None:
        raise CodeNotRight
    if not is_right(lookup.code, *_purpose(lookup), code=code):
        raise CodeNotRight
    once = OrderLookup.objects.filter(pk=lookup_id, found_at__isnull=True)
    is_first = bool(once.update(found_at=now, wrong_tries=0))
    if not is_first and (lookup.found_at or now) < now - SENT_TWICE:
        raise CodeNotRight
    return lookup.order


def purge_lookups() -> int:
    """Delete those whose time is over; returns how many."""
    count, _ = OrderLookup.objects.filter(valid_until__lt=timezone.now()).delete()
    return count


def _is_meant(order: Order, purpose: LookupPurpose) -> bool:
    """Whether the code can be sent; the data of an order with an address are its address's."""
    return order.is_reachable and (purpose == LookupPurpose.OPEN or not order.email)


def _answer(lookup: OrderLookup, order: Order) -> None:
    if order.email:
        now = timezone.now()
        publish(
            OrderLinkAsked(
                aggregate_id=order.pk, occurred_at=now, order_id=order.pk, lookup_id=lookup.pk
            )
        )
        return
    code = new_code()
    lookup.code = code_hash(*_purpose(lookup), code=code)
    lookup.save(update_fields=["code"])
    text_lookup_code(order, code, lookup.valid_until, LookupPurpose(lookup.purpose))


def _plain(number: str) -> str:
    """An order's number however it was typed; of a cooperative's part, the order's own."""
    signs = [sign for sign in western_digits(number).upper() if sign.isascii() and sign.isalnum()]
    text = "".join(signs)
    if len(text) > WITHOUT_PREFIX:
        text = text.removeprefix("TW")
    text = text[:WITHOUT_PREFIX]
    return f"TW-{text[:4]}-{text[4:]}"


def _purpose(lookup: OrderLookup) -> tuple[str, ...]:
    return "look-up code", str(lookup.pk)
