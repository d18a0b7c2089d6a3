"""Tags of the portal's pages."""

from typing import Any

from django import template
from django.db.models import Model
from django.utils.translation import get_language

from catalog.markets import home_market
from catalog.models import ListingPage
from marketplace.web.acting import acts_shown, by_whom
from marketplace.web.navigation import address
from marketplace.web.ui.tags.components import inherit
from vendors.models import Cooperative
from vendors.policy import MemberAccess

register = template.Library()


@register.simple_tag(takes_context=True)
def portal_url(context: template.Context, name: str, **kwargs: Any) -> str:
    """The address of a page of this cooperative's portal, by its name without ``portal:``."""
    access: MemberAccess = context["access"]
    return address(f"portal:{name}", cooperative=access.cooperative.slug, **kwargs)


register.simple_tag(by_whom)


@register.inclusion_tag("portal/adviser/acts.html", takes_context=True)
def done_for_us(context: template.Context, *subjects: Any) -> dict[str, Any]:
    """What advisers did with some objects in the cooperative's name; also lists of objects."""
    found: list[Any] = []
    for subject in subjects:
        found += [subject] if isinstance(subject, Model) else list(subject or ())
    access: MemberAccess = context["access"]
    return inherit(context, acts=acts_shown(access.cooperative, found))


@register.simple_tag
def public_page(cooperative: Cooperative) -> str:
    """The cooperative's page in the shop of its own country."""
    return address(
        "storefront:cooperative",
        market=home_market(cooperative.country_code).code,
        language=get_language() or "ar",
        slug=cooperative.slug,
    )


@register.filter
def may(access: MemberAccess, permission: str) -> bool:
    """Whether the member's role carries a permission."""
    return access.allows(permission)


@register.filter
def listing_name(page: ListingPage) -> str:
    """A listing's name in the reader's language."""
    return page.name(get_language() or "ar")


@register.filter
def remarks_on(remarks: dict[str, list[tuple[str, str]]], item: str) -> list[tuple[str, str]]:
    """What the programme remarked on an item of the checklist: field and text."""
    return remarks.get(item, [])
