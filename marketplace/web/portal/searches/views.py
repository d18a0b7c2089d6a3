"""Buyers' searches in the cooperative's categories."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from catalog.categories import find_category
from catalog.queries import workbench
from marketplace.web.lists.pages import show_list
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.searches.search_list import DAYS, SEARCHES


@member_view("listing:read")
@require_GET
def show_searches(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Searches by several people that mostly found listings of its own categories."""
    language = get_language() or "ar"
    named = [find_category(slug) for slug in workbench.categories(access.scope)]
    categories = [category.name(language) for category in named if category]
    return show_list(
        request, access, SEARCHES, "portal/searches/list.html", days=DAYS, categories=categories
    )
