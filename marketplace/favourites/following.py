"""Following cooperatives, and the wish to hear of their new products. Repeating changes nothing."""

from uuid import UUID

from django.core.signing import BadSignature, Signer
from django.utils import timezone

from marketplace.favourites.errors import StopLinkNotValid, TooManyFollowed
from marketplace.favourites.models import Follow, NewsWish
from vendors.accounts import User

MOST = 200
# A link in a mail stops the mails without signing in; it opens nothing else, and does not expire.
_signer = Signer(salt="favourites.news")


def follow(*, user: User, cooperative_id: UUID) -> None:
    """Follow a cooperative; raises TooManyFollowed at 200."""
    followed = Follow.objects.filter(user=user)
    if followed.filter(cooperative_id=cooperative_id).exists():
        return
    if followed.count() >= MOST:
        raise TooManyFollowed(most=MOST)
    row = Follow(user=user, cooperative_id=cooperative_id)
    Follow.objects.bulk_create([row], ignore_conflicts=True)


def unfollow(*, user: User, cooperative_id: UUID) -> None:
    """No longer follow it."""
    Follow.objects.filter(user=user, cooperative_id=cooperative_id).delete()


def follows(user: User, cooperative_id: UUID) -> bool:
    """Whether the account follows a cooperative."""
    return Follow.objects.filter(user=user, cooperative_id=cooperative_id).exists()


def followed_ids(user: User) -> list[UUID]:
    """The cooperatives that the account follows, the latest first."""
    rows = Follow.objects.filter(user=user).order_by("-followed_at", "pk")
    return list(rows.values_list("cooperative_id", flat=True))


def wish_for_news(*, user: User, market: str, language: str) -> None:
    """Tell the account of new products from now on, in a market and language."""
    NewsWish.objects.update_or_create(
        user=user,
        defaults={"market": market, "language": language},
        create_defaults={"market": market, "language": language, "told_until": timezone.now()},
    )


def wish_no_more(*, user: User) -> None:
    """Do not tell it any more."""
    NewsWish.objects.filter(user=user).delete()


def wishes_for_news(user: User) -> bool:
    """Whether the account wants to hear of new products."""
    return NewsWish.objects.filter(user=user).exists()


def stop_token(user_id: int) -> str:
    """What a mail's link holds to stop the mails to an account."""
    return _signer.sign(str(user_id))


def user_of_token(token: str) -> User:
    """The account of such a link; raises StopLinkNotValid."""
    try:
        found = User.objects.filter(pk=int(_signer.unsign(token))).first()
    except (BadSignature, ValueError):
        found = None
    if found is None:
        raise StopLinkNotValid
    return found
