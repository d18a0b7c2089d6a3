"""What buyers look for on the cooperative's shelves."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from catalog.categories import category
from catalog.queries import workbench
from marketplace.web.portal.access import MemberAccess, member_view
from search.query_log import COMMON_FROM, wanted

DAYS = 90
ROWS_ON_A_PAGE = 25


@member_view("listing:read")
@require_GET
def show_searches(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Words that several people searched and that mostly found goods of its own shelves."""
    shelves = workbench.shelves(access.scope)
    language = get_language() or "ar"
    since = timezone.localdate() - timedelta(days=DAYS)
    rows = wanted(since=since, categories=shelves, at_least=COMMON_FROM) if shelves else []
    context = {
        "access": access,
        "days": DAYS,
        "shelves": [shelf.name(language) for slug in shelves if (shelf := category(slug))],
        "page": Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "portal/searches/list.html", context)
