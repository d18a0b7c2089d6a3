"""The basket of a visitor: found by its cookie, counted in the header of every page."""

from uuid import UUID

from django.db.models import Sum
from django.utils import timezone

from marketplace.orders.models import Basket


def find_basket(basket_id: str | UUID | None) -> Basket | None:
    """The basket of a cookie; None if it is unknown, malformed or has lapsed."""
    try:
        key = UUID(str(basket_id))
    except ValueError:
        return None
    return Basket.objects.filter(pk=key, expires_at__gt=timezone.now()).first()


def basket_count(basket: Basket | None) -> int:
    """How many pieces are in the basket."""
    if basket is None:
        return 0
    return int(basket.lines.aggregate(n=Sum("quantity"))["n"] or 0)
