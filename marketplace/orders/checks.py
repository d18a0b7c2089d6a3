"""Checks of orders: against stock, of messages to phones, of the operator's carriers."""

from collections.abc import Iterator
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.checkup import Finding, broken, good, warning
from marketplace.core.text_senders import reaches_phones
from marketplace.orders.carriers import read_carriers
from marketplace.orders.models import TextMessage, TextState, VendorOrder
from vendors.scoping import Crossing

LONGEST_WAIT = timedelta(minutes=10)
LOOKED_BACK = timedelta(days=2)


def text_messages() -> Iterator[Finding]:
    """Messages to phones that wait for long, or did not arrive in the last two days."""
    now = timezone.now()
    rows = TextMessage.objects.filter(created_at__gt=now - LOOKED_BACK)
    waiting = rows.filter(state=TextState.WAITING, created_at__lt=now - LONGEST_WAIT).count()
    lost = rows.filter(state__in=[TextState.FAILED, TextState.UNCERTAIN]).count()
    if waiting or lost:
        yield warning(
            "text_messages",
            _("Messages to phones: %(waiting)d waiting, %(lost)d not sent or perhaps not sent.")
            % {"waiting": waiting, "lost": lost},
            _(
                "Check the gateway (TWIZA_TEXT_GATEWAY) and its token. The staff's page of each "
                "order shows its messages."
            ),
        )
    elif reaches_phones():
        yield good("text_messages", _("Messages to phones are sent."))


def carriers() -> Iterator[Finding]:
    """The operator's own file of carriers."""
    if not settings.CARRIERS:
        return
    try:
        found = read_carriers(settings.CARRIERS)
    except (OSError, ValueError) as error:
        yield broken(
            "carriers",
            _("The carriers' tracking pages cannot be read: %(error)s") % {"error": error},
            _("Correct the file named in TWIZA_CARRIERS."),
        )
    else:
        count = {"count": len(found)}
        yield good("carriers", _("Carriers of your own with a tracking page: %(count)d.") % count)


def stock() -> Iterator[Finding]:
    """Orders beyond the stock (Saleor can sell one item twice in a race)."""
    rows = VendorOrder.objects.crossing(Crossing.SERVICE_CHECK)
    short = rows.filter(short_at__isnull=False).count()
    if short:
        yield warning(
            "stock",
            _("Orders exceeding stock: %(count)d.") % {"count": short},
            _(
                "They are marked on the staff's Orders page: refund them, or ask when they can "
                "be sent."
            ),
        )
    else:
        yield good("stock", _("No order exceeds stock."))
