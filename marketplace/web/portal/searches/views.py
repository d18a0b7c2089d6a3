"""Buyers' searches in the cooperative's categories."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from catalog.categories import find_category
from catalog.queries import workbench
from marketplace.web.portal.access import MemberAccess, member_view
from search.query_log import queries_in_categories

DAYS = 90
ROWS_ON_A_PAGE = 25


@member_view("listing:read")
@require_GET
def show_searches(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Searches by several people that mostly found listings of its own categories."""
    categories = workbench.categories(access.scope)
    language = get_language() or "ar"
    since = timezone.localdate() - timedelta(days=DAYS)
    rows = queries_in_categories(since=since, categories=categories) if categories else []
    context = {
        "access": access,
        "days": DAYS,
        "categories": [
            category.name(language) for slug in categories if (category := find_category(slug))
        ],
        "page": Paginator(rows, ROWS_ON_A_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "portal/searches/list.html", context)
