"""The staff's first page: figures of the month, and open decisions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.markets import home_market
from marketplace.core.formats import Format
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.attention import quiet_days
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.overview.figures import overview
from marketplace.web.staff.overview.followed_list import FOLLOWED


@staff_view("programme:read")
@require_safe
def show_overview(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Five figures, the map, the months, decisions, cooperatives to follow up."""
    country = access.programme.country_codes[0]
    format_ = Format(get_language() or "en", home_market(country).code)
    found = overview(access, format_)
    context = {
        "overview": found,
        "country": country,
        "region_names": {group.key: group.label for group in found.regions},
        "series": [_("Domestic"), _("Abroad")],
        "currency": access.programme.base_currency,
    }
    return render(request, "staff/overview/overview.html", context)


@list_view(FOLLOWED)
@require_safe
def list_followed(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """All cooperatives to follow, with the reasons."""
    days = quiet_days(access.today)
    return show_staff_list(request, access, FOLLOWED, "staff/overview/followed.html", days=days)
