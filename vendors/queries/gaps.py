"""What a cooperative lacks before it can sell and be paid, for staff and for itself."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, TextChoices
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from vendors.models import BankAccount, Cooperative, CooperativeStatus, Membership, TaxStatus
from vendors.permissions import MEMBER_PERMISSIONS, MemberPermission
from vendors.proven_addresses import has_proven_address

SHIPPING_ROLES = frozenset(
    role
    for role, permissions in MEMBER_PERMISSIONS.items()
    if MemberPermission.ORDER_SHIP in permissions
)


class Gap(TextChoices):
    """One thing that is missing."""

    MEMBER = "member", _("nobody who can sign in and send orders")
    CONTACT = "contact", _("neither a phone number nor an e-mail address")
    TAX_STATUS = "tax_status", _("no tax status")
    ACCOUNT = "account", _("no confirmed bank account")


def members_who_ship(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Of memberships those whose members can sign in now and send orders: they get its mails."""
    return rows.filter(has_proven_address(), user__is_active=True, role__in=SHIPPING_ROLES)


def has_shipping_member(path: str = "pk") -> Exists:
    """The same as a condition on rows that name a cooperative by ``path``."""
    return Exists(members_who_ship(Membership.objects.filter(cooperative=OuterRef(path))))


def with_gaps(rows: QuerySet[Any], on: date | None = None) -> QuerySet[Any]:
    """Cooperatives, each with what it lacks on a day (today by default), for ``gaps_of``."""
    day = on or timezone.localdate()
    taxed = TaxStatus.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
        cooperative=OuterRef("pk"),
        valid_from__lte=day,
    )
    account = BankAccount.objects.filter(
        cooperative=OuterRef("pk"), replaced_at__isnull=True, confirmed_at__isnull=False
    )
    found: QuerySet[Any] = rows.annotate(
        lacks_member=~has_shipping_member(),
        lacks_contact=Q(phone="", email=""),
        lacks_tax_status=~Exists(taxed),
        lacks_account=~Exists(account),
    )
    return found


def gaps_of(row: Any) -> list[Gap]:
    """What a row of ``with_gaps`` lacks."""
    return [gap for gap in Gap if getattr(row, _column(gap))]


def gaps_of_cooperative(cooperative: Cooperative) -> list[Gap]:
    """What one cooperative lacks today."""
    return gaps_of(with_gaps(Cooperative.objects.within(cooperative.scope)).get())


def lacking(rows: QuerySet[Any], gap: str = "") -> QuerySet[Any]:
    """Of rows of ``with_gaps`` those that lack one thing, or anything."""
    wanted = [Gap(gap)] if gap else list(Gap)
    return rows.filter(any_of(wanted))


def any_of(gaps: list[Gap]) -> Q:
    """The condition that one of these is missing."""
    found = Q()
    for gap in gaps:
        found |= Q(**{_column(gap): True})
    return found


def not_ready(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Cooperatives that sell, or are being set up to, and lack something."""
    expected = (CooperativeStatus.DRAFT, CooperativeStatus.ACTIVE)
    return lacking(with_gaps(rows).filter(status__in=expected))


def _column(gap: Gap) -> str:
    return f"lacks_{gap.value}"
