"""Template tags of staff pages."""

from typing import Any

from django import template
from django.utils import timezone
from django.utils.translation import get_language

from marketplace.payouts.queries import line_sums
from marketplace.web.acting import by_whom
from marketplace.web.navigation import address
from vendors.geography import region_name
from vendors.models import StaffGrant
from vendors.permissions import MONEY_ROLES
from vendors.policy import StaffAccess
from vendors.sectors import sector_name

register = template.Library()
register.simple_tag(line_sums, name="payout_sums")
register.simple_tag(by_whom)


@register.simple_tag(takes_context=True)
def staff_url(context: template.Context, name: str, **kwargs: Any) -> str:
    """The address of a page of this programme, by its name without ``staff:``."""
    access: StaffAccess = context["access"]
    return address(f"staff:{name}", programme=access.programme.slug, **kwargs)


@register.filter
def may(access: StaffAccess, permission: str) -> bool:
    """Whether one of the person's roles carries a permission."""
    return access.allows(permission)


@register.filter
def may_everywhere(access: StaffAccess, permission: str) -> bool:
    """Whether one of the person's roles carries a permission in the whole programme."""
    return access.allows(permission) and access.scope_for(permission).is_whole


@register.filter
def region_label(code: str) -> str:
    """A region's name in the reader's language."""
    return region_name(code, get_language() or "en")


@register.filter
def sector_label(slug: str) -> str:
    """A sector's name in the reader's language."""
    return sector_name(slug)


@register.filter
def waits_for_confirmation(grant: StaffGrant) -> bool:
    """Whether a role that moves money still needs its second person."""
    is_sure = grant.confirmed_by_id is not None or grant.appointed_at is not None
    return grant.role in MONEY_ROLES and not is_sure


@register.filter
def has_begun(grant: StaffGrant) -> bool:
    """Whether a role is in force today."""
    if grant.from_on is not None and grant.from_on > timezone.localdate():
        return False
    return grant.effective_at is not None and grant.effective_at <= timezone.now()
