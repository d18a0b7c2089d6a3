"""Context processor: the frame of portal pages."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from catalog.markets import home_market
from marketplace.web.navigation import Section, links
from marketplace.web.ui.components import OfflineFrame, WorkFrame
from vendors.policy import MemberAccess
from vendors.queries import profiles_by_id

# Four tabs, always the same.
SECTIONS = (
    Section(
        "portal:today",
        _("Home"),
        "cooperative:read",
        "house",
        holds=(
            "portal:admission",
            "portal:documents",
            "portal:adviser",
            "portal:conversations",
            "portal:reviews",
            "portal:direct-sales",
            "portal:numbers",
            "portal:offline",
        ),
    ),
    Section("portal:orders", _("Orders"), "order:read", "package", holds=("portal:pickup",)),
    Section(
        "portal:listings",
        _("Our products"),
        "listing:read",
        "store",
        holds=("portal:searches", "portal:imports"),
    ),
    Section(
        "portal:money",
        _("Money"),
        "money:read",
        "wallet",
        holds=("portal:vouchers", "portal:free-delivery"),
    ),
)


def work_context(request: HttpRequest) -> dict[str, Any]:
    """``access``, the frame (``work``) and the formats of the cooperative's country."""
    access = getattr(request, "access", None)
    if not isinstance(access, MemberAccess):
        return {}
    return {
        "access": access,
        "work": SimpleLazyObject(lambda: _frame(request, access)),
        "market": home_market(access.cooperative.country_code).code,
        "time_zone": access.cooperative.programme.time_zone,
    }


def _frame(request: HttpRequest, access: MemberAccess) -> WorkFrame:
    own = {"cooperative": access.cooperative.slug}
    profile = profiles_by_id([access.cooperative.pk], get_language() or "ar")
    name = profile[access.cooperative.pk].name
    programme = {"programme": access.cooperative.programme.slug}
    return WorkFrame(
        home_url=reverse("portal:today", kwargs=own),
        title=name,
        tabs=links(SECTIONS, own, path=request.path, allowed=access.permissions),
        account_url=f"{reverse('account-home')}?choose=1",
        account_label=str(access.user),
        logout_url=reverse("account_logout"),
        acting_for=name if access.is_acting else "",
        acting_url=reverse("staff:advised", kwargs=programme) if access.is_acting else "",
        offline=None if access.is_acting else _offline(own),
    )


def _offline(own: dict[str, str]) -> OfflineFrame:
    return OfflineFrame(
        cooperative=own["cooperative"],
        home_url=reverse("portal:today", kwargs=own),
        page_url=reverse("portal:offline", kwargs=own),
        sync_url=reverse("portal:offline-sync", kwargs=own),
        worker_url=reverse("portal:offline-worker", kwargs=own),
        manifest_url=reverse("portal:offline-manifest", kwargs=own),
    )
