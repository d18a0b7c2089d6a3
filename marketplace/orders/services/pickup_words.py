"""Where, when and until when an order is collected, in words of the reader's language."""

from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.orders.models import Collection, PickupOffer


def place_of(offer: PickupOffer) -> str:
    """The address and the town."""
    return ", ".join(part for part in (offer.address_line, offer.place_name) if part)


def how_to_collect(collection: Collection, written: Format) -> list[str]:
    """Lines for a mail: the place, the hours, the last day and the code, as far as they are known.

    The language of ``written`` is active.
    """
    offer = collection.offer
    found = [
        _("Where: %(place)s") % {"place": place_of(offer)},
        _("Open: %(hours)s") % {"hours": offer.hours_in(written.language)},
    ]
    if collection.keep_until_on:
        day = {"day": written.day(collection.keep_until_on)}
        found.append(_("Kept for you until %(day)s") % day)
    if collection.code:
        found.append(_("Your code, to say when you collect: %(code)s") % {"code": collection.code})
    return found
