"""The numbers of a cooperative: a month or a quarter against the one before."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from marketplace.core.days import day_of
from marketplace.core.formats import Format
from marketplace.direct_sales.periods import MONTHS, period_of
from marketplace.direct_sales.queries.numbers import most_sold, numbers
from marketplace.web.numbers import whole_number
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.numbers.figures import tiles

FURTHEST_BACK = 40


@member_view("sale:read")
@require_safe
def show(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Sales through the shop and direct, orders, and what sold best."""
    kind = request.GET.get("period", "month")
    kind = kind if kind in MONTHS else "month"
    back = min(whole_number(request.GET.get("back", "0")[:9]) or 0, FURTHEST_BACK)
    period = period_of(kind, day_of(timezone.now(), access.cooperative.programme.time_zone), back)
    now, before = (numbers(access.cooperative, span) for span in (period.now, period.before))
    language = get_language() or "ar"
    context: dict[str, Any] = {
        "period": period,
        "kind": kind,
        "earlier": back + 1 if back < FURTHEST_BACK else None,
        "later": back - 1 if back else None,
        "tiles": tiles(now, before, Format(language, request.market)),  # type: ignore[attr-defined]
        "numbers": now,
        "most_sold": [
            (product, product.names.get(language) or next(iter(product.names.values()), ""))
            for product in most_sold(access.cooperative, period.now)
        ],
    }
    return render(request, "portal/numbers/numbers.html", context)
