"""Tell a buyer what happened to an order, once each, in the order's language and market."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import transaction

from marketplace.core.formats import Format
from marketplace.core.market_usage import speaking
from marketplace.core.person_names import greeted_name
from marketplace.orders.models import BuyerNotice, Order
from marketplace.orders.services.mails import is_import, send_to, tracking_address
from marketplace.orders.services.tracking_links import issue_link
from marketplace.orders.services.write_text import text_buyer


@dataclass(frozen=True)
class Notice:
    """A mail: what happened in paragraphs, and the items concerned.

    ``place`` leads further than the order's page, to a page below it.
    ``in_short`` is what a message to the phone says beside the subject.
    """

    subject: str
    paragraphs: Sequence[str]
    items: Sequence[str] = ()
    place: str = ""
    in_short: str = ""


# From the formats of the order's language and market, and what of it was not told before.
Write = Callable[[Format, Sequence[str]], Notice]


def tell_buyer(order: Order, keys: Sequence[str], write: Write) -> bool:
    """Tell an order's buyer, by mail or phone, what was not told before; false if it all was.

    Nothing is told of an imported order, nor when the buyer's address was erased.
    """
    if not order.is_reachable or is_import(order):
        return False
    with transaction.atomic():
        new = [key for key in keys if _mark(order, key)]
        if not new:
            return False
        with speaking(order.language, order.market):
            notice = write(Format(order.language, order.market), new)
            link = tracking_address(order, issue_link(order=order)) + notice.place
            if order.email:
                _mail(order, notice, link)
            else:
                said = [part.rstrip(".") for part in (notice.subject, notice.in_short) if part]
                text_buyer(order, key=new[0], text=f"{'. '.join(said)}.", link=link)
    return True


def _mail(order: Order, notice: Notice, link: str) -> None:
    context = {"name": greeted_name(order.name), "notice": notice, "link": link}
    send_to(order.email, order.language, notice.subject, "buyer_notice", context)


@transaction.atomic
def tell_once(order: Order, key: str, tell: Callable[[], object]) -> bool:
    """Do what tells somebody else of an order, once for a key; False if it was done before."""
    if not _mark(order, key):
        return False
    tell()
    return True


def _mark(order: Order, key: str) -> bool:
    """Note that it is told; false if it was before. Two at once: the second waits and finds it."""
    _notice, is_new = BuyerNotice.objects.get_or_create(order=order, key=key)
    return is_new
