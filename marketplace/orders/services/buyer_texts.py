"""What a buyer without e-mail is told by messages to the phone: short, with the order's link."""

from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.market_usage import speaking
from marketplace.orders.models import CheckoutAttempt, LookupPurpose, Order, Parcel
from marketplace.orders.services.write_text import text_attempt, text_buyer, text_code, text_phone


def text_cash_code(attempt: CheckoutAttempt, code: str, until: datetime) -> None:
    """The code that confirms an order with cash on delivery."""
    with speaking(attempt.language, attempt.market):
        facts = {"code": code, "total": _total(attempt)}
        text = _(
            "%(code)s is your code to order for %(total)s, cash on delivery. It is valid for half "
            "an hour. If you ordered nothing, ignore this message."
        )
        text_code(
            to=attempt.phone,
            language=attempt.language,
            text=text % facts,
            code=code,
            until=until,
            attempt=attempt,
        )


def text_lookup_code(order: Order, code: str, until: datetime, purpose: LookupPurpose) -> None:
    """The code with which somebody opens the page of an order anew, or has more than the page."""
    with speaking(order.language, order.market):
        text = _what_it_is_good_for(purpose)
        text_code(
            to=order.phone,
            language=order.language,
            text=text % {"code": code, "number": order.number},
            code=code,
            until=until,
            order=order,
            key=f"lookup-code:{purpose}",
        )


def _what_it_is_good_for(purpose: LookupPurpose) -> str:
    if purpose == LookupPurpose.DATA:
        return _(
            "%(code)s is your code to see what the shop holds about you by the order %(number)s, "
            "or to have it erased. It is valid for a quarter of an hour. Give it to nobody."
        )
    if purpose == LookupPurpose.CLAIM:
        return _(
            "%(code)s is your code to put the order %(number)s into your account. It is valid for "
            "a quarter of an hour. Give it to nobody: whoever has it has your orders."
        )
    return _(
        "%(code)s is your code to open your order %(number)s. It is valid for a quarter of an "
        "hour. Give it to nobody."
    )


def text_erased(*, phone: str, language: str, market: str) -> None:
    """The last message to a phone whose orders were erased; it belongs to no order any more."""
    with speaking(language, market):
        text = _(
            "What this shop held about you was erased, as you asked. We do not write to you again."
        )
        text_phone(to=phone, language=language, key="erased", text=text)


def text_confirmation(order: Order, *, total: str, link: str) -> None:
    """The order is placed; the order's language is active."""
    facts = {"number": order.number, "total": total}
    text = _("Your order %(number)s is placed: %(total)s, to be paid on delivery.") % facts
    text_buyer(order, key="confirmation", text=text, link=link)


def text_parcel_sent(parcel: Parcel, order: Order, *, collected: str, link: str) -> bool:
    """A parcel is on its way, and what the courier collects; the order's language is active."""
    text = _("A parcel of your order %(number)s is on its way") % {"number": order.number} + "."
    if collected:
        text += " " + _("The courier collects %(amount)s on delivery.") % {"amount": collected}
    return text_buyer(order, key=f"parcel-sent:{parcel.pk}", text=text, link=link)


def text_failed_checkout(attempt: CheckoutAttempt) -> None:
    """The items were sold meanwhile; nothing was charged. The language is active."""
    text = _("Your order could not be placed: the items were sold meanwhile") + "."
    text_attempt(attempt, key="failed", text=f"{text} {_('Nothing was charged.')}")


def _total(attempt: CheckoutAttempt) -> str:
    written = Format(attempt.language, attempt.market)
    return written.money(attempt.total_minor, attempt.currency)
