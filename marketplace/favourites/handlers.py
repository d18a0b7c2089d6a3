"""Telling buyers that a product they wait for can be bought again."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.errors import UnknownMarket
from catalog.markets import market_of
from catalog.models import ListingPage
from catalog.queries import listing_pages
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.favourites.models import StockNotice
from vendors.accounts import User
from vendors.proven_addresses import is_proven


def on_listing_pages_changed(payload: dict[str, Any]) -> None:
    """Mail whoever waits for a product that is in stock now, each once.

    A notice goes with its mail: when the mail cannot be sent it stays, and the event comes again.
    """
    for listing_id in payload["listing_ids"]:
        waiting = StockNotice.objects.filter(listing_id=listing_id)
        for key in waiting.order_by("pk").values_list("pk", flat=True):
            _tell(key)


@transaction.atomic
def _tell(key: int) -> None:
    rows = StockNotice.objects.select_for_update(skip_locked=True).select_related("user")
    notice = rows.filter(pk=key).first()
    page = _in_stock(notice.listing_id, notice.market) if notice else None
    if notice is None or page is None:
        return
    user: User = notice.user
    notice.delete()
    if user.is_active and is_proven(user):
        with speaking(notice.language, notice.market):
            _send(user, notice, page)


def _in_stock(listing_id: UUID, market: str) -> ListingPage | None:
    try:
        found = listing_pages([listing_id], market_of(market))
    except UnknownMarket:
        return None
    offers = [offer for page in found for offer in page.market_offers]  # type: ignore[attr-defined]
    return found[0] if any(offer.available > 0 for offer in offers) else None


def _send(user: User, notice: StockNotice, page: ListingPage) -> None:
    name = page.name(notice.language)
    address = f"{settings.PUBLIC_URL}/{notice.market}/{notice.language}/goods/{page.slug}/"
    facts = {
        "name": name,
        "cooperative": page.cooperative_name(notice.language),
        "address": address,
    }
    text = _(
        "%(name)s of %(cooperative)s is in stock again:\n\n%(address)s\n\n"
        "You asked us to tell you. We write of it this once."
    )
    send_mail(
        to=user.email,
        language=notice.language,
        subject=_("In stock again: %(name)s") % {"name": name},
        text=text % facts,
    )
