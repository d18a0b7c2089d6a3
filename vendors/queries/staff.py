"""Queries on cooperatives for a programme's staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q, QuerySet

from marketplace.core.errors import NotFound
from vendors.models import (
    BankAccount,
    Certification,
    Cooperative,
    CooperativeText,
    Enrolment,
    Membership,
    TaxStatus,
)
from vendors.queries.facts import current_enrolment
from vendors.queries.gaps import Gap, gaps_of_cooperative
from vendors.scoping import Scope, ScopedQuerySet


@dataclass(frozen=True)
class CooperativeDetail:
    """All that staff see of one cooperative."""

    cooperative: Cooperative
    texts: list[CooperativeText]
    memberships: list[Membership]
    certifications: list[Certification]
    tax_statuses: list[TaxStatus]
    accounts: list[BankAccount]
    enrolment: Enrolment | None
    gaps: list[Gap]

    @property
    def has_name(self) -> bool:
        """Whether it has a name in the shop's base language, without which it is not published."""
        return any(text.language == settings.BASE_LANGUAGE and text.name for text in self.texts)


def awaiting_confirmation(rows: QuerySet[Cooperative]) -> QuerySet[Cooperative]:
    """The cooperatives whose new bank account is not confirmed yet."""
    found = rows.filter(
        bank_accounts__isnull=False,
        bank_accounts__replaced_at__isnull=True,
        bank_accounts__confirmed_at__isnull=True,
    )
    return rows.filter(pk__in=found.values("pk"))


def cooperative_rows(
    scope: Scope, *, status: str = "", region: str = "", sector: str = "", text: str = ""
) -> ScopedQuerySet:
    """The same rows, unordered and unpaged."""
    found = Cooperative.objects.within(scope)
    for lookup, value in (("status", status), ("region_code", region), ("sector", sector)):
        if value:
            found = found.filter(**{lookup: value})
    if text:
        words = Q(legal_name__icontains=text) | Q(place_name__icontains=text)
        found = found.filter(words | Q(texts__name__icontains=text)).distinct()
    return found


def counts_by_status(scope: Scope) -> dict[str, int]:
    """How many cooperatives of a scope are in each status."""
    found = Cooperative.objects.within(scope).order_by().values_list("status")
    return dict(found.annotate(Count("pk")))


def find_cooperative(scope: Scope, slug: str) -> Cooperative:
    """A cooperative within a scope; raises NotFound."""
    found: Cooperative | None = Cooperative.objects.within(scope).filter(slug=slug).first()
    if found is None:
        raise NotFound
    return found


def cooperatives_named(scope: Scope, wanted: Iterable[UUID]) -> dict[UUID, str]:
    """Legal names by id, within a scope."""
    rows = Cooperative.objects.within(scope).filter(pk__in=set(wanted))
    return dict(rows.values_list("pk", "legal_name"))


def cooperative_detail(scope: Scope, slug: str) -> CooperativeDetail:
    """One cooperative with its dated facts; raises NotFound."""
    found = find_cooperative(scope, slug)
    memberships = Membership.objects.within(found.scope).select_related("user")
    texts = CooperativeText.objects.within(found.scope)
    statuses = TaxStatus.objects.within(found.scope)
    accounts = BankAccount.objects.within(found.scope)
    return CooperativeDetail(
        cooperative=found,
        texts=list(texts.order_by("language")),
        memberships=list(memberships.order_by("created_at")),
        certifications=list(
            Certification.objects.within(found.scope).order_by("mark", "valid_from")
        ),
        tax_statuses=list(statuses.order_by("-valid_from")),
        accounts=list(accounts.select_related("added_by", "confirmed_by").order_by("-valid_from")),
        enrolment=current_enrolment(found.pk),
        gaps=gaps_of_cooperative(found),
    )
