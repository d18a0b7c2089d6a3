"""Context processor: the frame of staff pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from catalog.markets import home_market
from marketplace.web.navigation import Section, links
from marketplace.web.ui.components import WorkFrame
from vendors.models import Programme, StaffRole
from vendors.permissions import STAFF_PERMISSIONS
from vendors.policy import StaffAccess

SECTIONS = (
    Section("staff:overview", gettext_lazy("Overview"), "programme:read"),
    Section("staff:cooperatives", gettext_lazy("Cooperatives"), "cooperative:read"),
    Section(
        "staff:moderation",
        gettext_lazy("Listings"),
        "listing:moderate",
        holds=("staff:adoption",),
    ),
    Section("staff:orders", gettext_lazy("Orders"), "order:read"),
    Section("staff:deliveries", gettext_lazy("Deliveries"), "delivery:record"),
    Section("staff:refunds", gettext_lazy("Refunds"), "refund:make"),
    Section(
        "staff:payouts",
        gettext_lazy("Payouts"),
        "payout:read",
        holds=(
            "staff:books",
            "staff:commissions",
            "staff:differences",
            "staff:statements",
            "staff:commission-invoices",
            "staff:annual-summaries",
        ),
    ),
    Section("staff:impact", gettext_lazy("Impact"), "impact:read"),
    Section("staff:searches", pgettext_lazy("section", "Search"), "listing:moderate"),
    Section("staff:service", gettext_lazy("Service"), "service:read"),
    Section("staff:people", gettext_lazy("Staff"), "grant:make"),
)


def work_context(request: HttpRequest) -> dict[str, Any]:
    """``access``, the frame (``work``) and the formats of the programme's country."""
    access = getattr(request, "access", None)
    if not isinstance(access, StaffAccess):
        return {}
    return {
        "access": access,
        "work": SimpleLazyObject(lambda: _frame(request, access)),
        "market": home_market(access.programme.country_codes[0]).code,
        "time_zone": access.programme.time_zone,
    }


def name_of(programme: Programme) -> str:
    """The programme's name in the reader's language."""
    name: str = getattr(programme, f"name_{get_language() or 'en'}", programme.name_en)
    return name


def _frame(request: HttpRequest, access: StaffAccess) -> WorkFrame:
    own = {"programme": access.programme.slug}
    allowed = frozenset[str]().union(*(STAFF_PERMISSIONS[role] for role in access.roles))
    roles = ", ".join(str(StaffRole(role).label) for role in access.roles)
    return WorkFrame(
        home_url=reverse("staff:overview", kwargs=own),
        title=name_of(access.programme),
        subtitle=_("Programme"),
        nav=links(SECTIONS, own, path=request.path, allowed=allowed),
        account_url=f"{reverse('account-home')}?choose=1",
        account_label=f"{access.user} ({roles})",
        logout_url=reverse("account_logout"),
    )
