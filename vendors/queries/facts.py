"""Dated facts of a cooperative, for the rooms that use them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from marketplace.core.public_facts import public_fact
from marketplace.core.versions import version_of
from vendors.legal_mentions import SELLER, VAT_EXEMPTION, mentions_for
from vendors.models import (
    AccountNotice,
    BankAccount,
    Cooperative,
    Enrolment,
    PayerIdentifier,
    Programme,
    SellerIdentifier,
    TaxStatus,
)
from vendors.queries.profiles import place_name
from vendors.scoping import CooperativeScope, ProgrammeScope, ScopedQuerySet
from vendors.vat_exemptions import frozen


@dataclass(frozen=True)
class LegalIdentity:
    """Who sells by law: name, labelled register numbers, address."""

    name: str
    numbers: list[tuple[str, str]]
    address: str
    postal_code: str
    place: str
    country_code: str


def tax_status_on(cooperative_id: UUID, on: date) -> TaxStatus | None:
    """The tax status in force on a day (its first day counts, its last does not), or None."""
    found: TaxStatus | None = (
        TaxStatus.objects.within(CooperativeScope(cooperative_id))
        .filter(valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .order_by("-valid_from", "-pk")
        .first()
    )
    return found


def payout_account(cooperative_id: UUID) -> BankAccount | None:
    """The current account, if two people have confirmed it; else None."""
    found: BankAccount | None = _current(cooperative_id).filter(confirmed_at__isnull=False).first()
    return found


def payout_accounts(scope: ProgrammeScope) -> dict[UUID, BankAccount]:
    """The current confirmed account of each cooperative of a programme that has one."""
    rows = BankAccount.objects.within(scope).filter(
        replaced_at__isnull=True, confirmed_at__isnull=False
    )
    return {row.cooperative_id: row for row in rows}


def waiting_bank_account(cooperative_id: UUID) -> BankAccount | None:
    """A new account that is not confirmed yet; payouts are held meanwhile."""
    found: BankAccount | None = _current(cooperative_id).filter(confirmed_at__isnull=True).first()
    return found


def account_version(cooperative_id: UUID) -> str:
    """The version of the account that is entered now, confirmed or not."""
    return version_of(
        list(_current(cooperative_id).order_by("pk").values_list("pk", "confirmed_at"))
    )


def told_of(account_id: int, cooperative_id: UUID) -> list[AccountNotice]:
    """The notices of an account's change: mails first, by address."""
    rows = AccountNotice.objects.within(CooperativeScope(cooperative_id))
    found = rows.filter(account_id=account_id).select_related("told_by", "account__cooperative")
    return list(found.order_by("channel", "address"))


def current_enrolment(cooperative_id: UUID) -> Enrolment | None:
    """The current phase of a cooperative, with its adviser."""
    found: Enrolment | None = (
        Enrolment.objects.within(CooperativeScope(cooperative_id))
        .filter(to_on__isnull=True)
        .order_by("-from_on")
        .first()
    )
    return found


def _current(cooperative_id: UUID) -> ScopedQuerySet:
    scope = CooperativeScope(cooperative_id)
    return BankAccount.objects.within(scope).filter(replaced_at__isnull=True)


def payer_identifiers(programme: Programme, on: date) -> dict[str, str]:
    """The identifiers, by kind, that documents of a programme's payer show on a day."""
    return _in_force(PayerIdentifier.objects.filter(programme=programme), on)


def payer_exemption(programme: Programme, on: date) -> dict[str, Any]:
    """Why a programme's payer charges no VAT on a day, as documents keep it; empty if it does."""
    rows = PayerIdentifier.objects.filter(programme=programme, kind=VAT_EXEMPTION)
    found = _on(rows, on).last()
    return frozen(found.value, found.texts) if found else {}


@public_fact
def legal_identity(cooperative: Cooperative, language: str, on: date) -> LegalIdentity:
    """The seller by law, as pages and documents name it on a day."""
    known = seller_identifiers(cooperative.pk, on)
    return LegalIdentity(
        name=cooperative.legal_name,
        numbers=[
            (rule.label(language), known[rule.kind])
            for rule in mentions_for(cooperative.country_code, SELLER, on)
            if known.get(rule.kind)
        ],
        address=cooperative.address_line,
        postal_code=cooperative.postal_code,
        place=place_name(cooperative, language),
        country_code=cooperative.country_code,
    )


def seller_identifiers(cooperative_id: UUID, on: date) -> dict[str, str]:
    """The identifiers, by kind, that documents of a cooperative show on a day."""
    return _in_force(SellerIdentifier.objects.within(CooperativeScope(cooperative_id)), on)


def seller_identifiers_of_all(scope: ProgrammeScope, on: date) -> dict[UUID, dict[str, str]]:
    """For each cooperative of a programme its identifiers, by kind, on a day."""
    found: dict[UUID, dict[str, str]] = {}
    rows = _on(SellerIdentifier.objects.within(scope), on)
    for cooperative_id, kind, value in rows.values_list("cooperative_id", "kind", "value"):
        found.setdefault(cooperative_id, {})[kind] = value
    return found


def _in_force(rows: QuerySet[Any], on: date) -> dict[str, str]:
    return dict(_on(rows, on).values_list("kind", "value"))


def _on(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    found = rows.filter(valid_from__lte=on).filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
    return found.order_by("valid_from", "pk")
