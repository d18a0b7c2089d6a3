"""Context processor: the frame of staff pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from catalog.markets import home_market
from marketplace.core.word_lists import listed
from marketplace.long_jobs.queries import count_own
from marketplace.web.navigation import Section, address, links
from marketplace.web.ui.components import WorkFrame
from vendors.models import Programme, StaffRole
from vendors.permissions import ShopPermission, StaffPermission
from vendors.policy import StaffAccess
from vendors.shop_access import administers_shop

SECTIONS = (
    Section(
        "staff:overview",
        gettext_lazy("Overview"),
        "programme:read",
        holds=("staff:followed",),
        is_root=True,
    ),
    Section("staff:advised", gettext_lazy("Advising"), "visit:log"),
    Section(
        "staff:cooperatives",
        gettext_lazy("Cooperatives"),
        "cooperative:read",
        holds=(
            "staff:admission",
            "staff:adoption-given",
            "staff:asked-documents",
            "staff:cooperative-identifiers",
        ),
    ),
    Section(
        "staff:moderation",
        gettext_lazy("Listings"),
        "listing:moderate",
    ),
    Section("staff:orders", gettext_lazy("Orders"), "order:read", holds=("staff:complaints",)),
    Section(
        "staff:conversations",
        gettext_lazy("Questions"),
        "conversation:read",
        holds=("staff:messages",),
    ),
    Section("staff:reviews", gettext_lazy("Reviews"), "review:read"),
    Section("staff:deliveries", gettext_lazy("Deliveries"), "delivery:record"),
    Section("staff:refunds", gettext_lazy("Refunds"), "refund:make"),
    Section(
        "staff:payouts",
        gettext_lazy("Payouts"),
        "payout:read",
        holds=(
            "staff:books",
            "staff:commissions",
            "staff:vouchers",
            "staff:differences",
            "staff:statements",
            "staff:statements-views",
            "staff:commission-invoices",
            "staff:annual-summaries",
        ),
    ),
    Section("staff:impact", gettext_lazy("Impact"), "impact:read"),
    Section("staff:people", gettext_lazy("Staff"), "grant:make"),
    Section("staff:legal-texts", gettext_lazy("Legal texts"), "legal:edit"),
    Section("staff:adoption", gettext_lazy("Shop products"), "product:assign"),
    Section("staff:searches", pgettext_lazy("section", "Search"), "search:read"),
    Section("staff:service", gettext_lazy("Service"), "service:read"),
    Section("staff:shop-people", gettext_lazy("Shop administrators"), "shop:grant"),
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
    for_shop = administers_shop(access.user)
    allowed = {permission for permission in StaffPermission.values if access.allows(permission)}
    # An adviser has one role in each of their cooperatives.
    roles = [str(StaffRole(role).label) for role in dict.fromkeys(access.roles)]
    if for_shop:
        allowed |= set(ShopPermission.values)
        roles.append(_("shop administrator"))
    page = request.resolver_match
    nav = links(
        SECTIONS,
        own,
        path=request.path,
        allowed=frozenset(allowed),
        of_page=page.kwargs if page else None,
    )
    all_jobs, new_jobs = count_own(access)
    return WorkFrame(
        # An adviser has no overview: their first page is what the cooperatives lack.
        home_url=nav[0].url,
        title=name_of(access.programme),
        subtitle=_("Programme"),
        nav=nav,
        alerts_url=address("staff:jobs", **own) if all_jobs else "",
        alerts_count=new_jobs,
        account_url=f"{reverse('account-home')}?choose=1",
        account_label=f"{access.user} ({listed(roles)})",
        logout_url=reverse("account_logout"),
    )
