"""New products of cooperatives that are followed: at most one mail a week for each account."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.errors import UnknownMarket
from catalog.markets import market_of
from catalog.models import ListingPage
from catalog.queries import pages_in
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.favourites.following import stop_token
from marketplace.favourites.models import Follow, NewsWish
from vendors.accounts import User
from vendors.proven_addresses import is_proven

EVERY = timedelta(days=7)
MOST_NAMED = 12


def tell_news(*, now: datetime | None = None) -> int:
    """Mail whoever wants it and was not written to for a week; returns how many mails went.

    Where nothing is new no mail is sent, and the next night looks again.
    """
    now = now or timezone.now()
    due = NewsWish.objects.exclude(told_at__gt=now - EVERY).order_by("pk")
    return sum(_tell(pk, now) for pk in list(due.values_list("pk", flat=True)))


@transaction.atomic
def _tell(pk: int, now: datetime) -> bool:
    """The wish moves on with its mail: when that cannot be sent, it stays for another night."""
    rows = NewsWish.objects.select_for_update(skip_locked=True, of=("self",))
    wish = rows.select_related("user").filter(pk=pk).exclude(told_at__gt=now - EVERY).first()
    if wish is None:
        return False
    user: User = wish.user
    pages = _new_pages(wish, now)
    if not pages or not user.is_active or not is_proven(user):
        return False
    wish.told_at, wish.told_until = now, now
    wish.save(update_fields=["told_at", "told_until"])
    with speaking(wish.language, wish.market):
        _send(user, wish, pages)
    return True


def _new_pages(wish: NewsWish, now: datetime) -> list[ListingPage]:
    """What was published since the last mail and since it is followed, the newest first."""
    try:
        market = market_of(wish.market)
    except UnknownMarket:
        return []
    since = dict(
        Follow.objects.filter(user_id=wish.user_id).values_list("cooperative_id", "followed_at")
    )
    rows = pages_in(market).filter(
        cooperative_id__in=list(since),
        quantity_available__gt=0,
        published_at__gt=wish.told_until,
        published_at__lte=now,
    )
    pages = rows.order_by("-published_at", "listing_id")
    return [
        page
        for page in pages
        if page.published_at is not None and page.published_at > since[page.cooperative_id]
    ]


def _send(user: User, wish: NewsWish, pages: Sequence[ListingPage]) -> None:
    shop = f"{settings.PUBLIC_URL}/{wish.market}/{wish.language}"
    named = [
        f"{page.name(wish.language)} – {page.cooperative_name(wish.language)}\n"
        f"{shop}/goods/{page.slug}/"
        for page in pages[:MOST_NAMED]
    ]
    text = "\n\n".join(
        [
            _("New from the cooperatives that you follow:"),
            *named,
            _("All that you follow: %(address)s") % {"address": f"{shop}/account/following/"},
            _("We write at most once a week. To get no more of these e-mails: %(address)s")
            % {"address": f"{shop}/account/news/stop/{stop_token(user.pk)}/"},
        ]
    )
    send_mail(
        to=user.email,
        language=wish.language,
        subject=_("New from cooperatives that you follow"),
        text=text,
    )
