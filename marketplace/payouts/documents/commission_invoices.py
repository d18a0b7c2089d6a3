"""Invoices the commission: monthly, with numbers that follow one another, taken back by credit.

A paper stands for what the ledger took until the end of a month less what earlier papers stand for.
So a fact that comes late is on the next month's paper, and asking twice issues nothing twice.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, Sum
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.documents.numbering import hash_of, next_number
from marketplace.core.errors import TwizaError
from marketplace.ledger.chart import AccountCode, owed
from marketplace.ledger.models import LedgerTransaction
from marketplace.payouts.balances.commission_vat import country_of, missing_mentions, vat_of
from marketplace.payouts.documents.errors import (
    AlreadyCredited,
    MentionsMissing,
    MonthNotOver,
    NoCommissionTaxRate,
)
from marketplace.payouts.documents.models import CommissionInvoice, PaperKind
from marketplace.payouts.models import FrozenCommission
from marketplace.payouts.statements.lines import next_month
from vendors.models import Cooperative, Programme
from vendors.queries import payer_identifiers, seller_identifiers
from vendors.scoping import CooperativeScope, ProgrammeScope

logger = logging.getLogger(__name__)
_PREFIXES = {PaperKind.INVOICE: "C", PaperKind.CREDIT_NOTE: "CA"}


@dataclass(frozen=True)
class Taken:
    """What the ledger took of a cooperative in a currency, in minor units."""

    commission_minor: int
    tax_minor: int


def issue_for_month(
    *, programme: Programme, month: date, by: Actor, now: datetime | None = None
) -> list[CommissionInvoice]:
    """Issue what is due for a month (any of its days), each cooperative in its own transaction.

    Raises MonthNotOver, MentionsMissing and NoCommissionTaxRate before anything is issued.
    """
    now, first = now or timezone.now(), month.replace(day=1)
    today = now.astimezone(ZoneInfo(programme.time_zone)).date()
    if next_month(first) > today:
        raise MonthNotOver
    _require_mentions(programme, today)
    _require_rate(programme, next_month(first))
    issued = []
    for cooperative_id, currency in _who_sold(programme, first):
        found = _issue(programme, cooperative_id, currency, first, by=by, now=now)
        issued += [found] if found else []
    return issued


def issue_last_month(*, by: Actor, now: datetime | None = None) -> int:
    """Issue for the month that ended last in each programme that is ready; returns how many."""
    now, count = now or timezone.now(), 0
    for programme in Programme.objects.order_by("slug"):
        today = now.astimezone(ZoneInfo(programme.time_zone)).date()
        month = today.replace(day=1) - timedelta(days=1)
        try:
            count += len(issue_for_month(programme=programme, month=month, by=by, now=now))
        except TwizaError as refused:
            logger.warning("No invoices for %s: %s", programme.slug, refused.code)
    return count


@transaction.atomic
def credit_invoice(
    *, invoice: CommissionInvoice, reason: str, by: Actor, now: datetime | None = None
) -> CommissionInvoice:
    """Take an invoice back by a credit note with a number of its own.

    What it stood for is due again: the month may be invoiced anew. Raises AlreadyCredited.
    """
    _lock(invoice.cooperative_id)
    taken_back = CommissionInvoice.objects.within(CooperativeScope(invoice.cooperative_id))
    if invoice.kind != PaperKind.INVOICE or taken_back.filter(corrects=invoice).exists():
        raise AlreadyCredited
    facts = {**invoice.facts, "corrects": invoice.number, "reason": reason}
    for name in ("net_minor", "tax_minor", "total_minor"):
        facts[name] = -invoice.facts[name]
    facts["lines"] = [
        {**line, "net_minor": -line["net_minor"], "base_minor": -line["base_minor"]}
        for line in invoice.facts["lines"]
    ]
    return _write(
        kind=PaperKind.CREDIT_NOTE,
        programme=invoice.programme,
        cooperative=invoice.cooperative,
        month=invoice.month,
        facts=facts,
        covers=Taken(-invoice.covers_commission_minor, -invoice.covers_tax_minor),
        corrects=invoice,
        by=by,
        now=now or timezone.now(),
    )


def _who_sold(programme: Programme, first: date) -> Iterator[tuple[UUID, str]]:
    """Cooperatives and currencies of which commission was ever taken until the month's end."""
    rows = (
        LedgerTransaction.objects.within(ProgrammeScope(programme.pk))
        .filter(booked_on__lt=next_month(first), book__programme=programme)
        .filter(entries__account__code=AccountCode.COMMISSION)
        .order_by("cooperative__slug", "entries__currency")
        .values_list("cooperative_id", "entries__currency")
        .distinct()
    )
    yield from rows


@transaction.atomic
def _issue(
    programme: Programme,
    cooperative_id: UUID,
    currency: str,
    month: date,
    *,
    by: Actor,
    now: datetime,
) -> CommissionInvoice | None:
    cooperative = _lock(cooperative_id)
    if _is_invoiced(programme, cooperative_id, currency, month):
        return None
    due = _due(programme, cooperative_id, currency, next_month(month))
    if not due.commission_minor and not due.tax_minor:
        return None
    sold = _sold_in(programme, cooperative_id, currency, month)
    net, tax = due.commission_minor, due.tax_minor
    rates = _rates(cooperative_id, currency, month) if tax else []
    facts = _parties(programme, cooperative, now) | {
        "month": month.isoformat(),
        "currency": currency,
        "lines": _lines(sold, due),
        "tax_rates_bp": rates,
        "net_minor": net,
        "tax_minor": tax,
        "total_minor": net + tax,
    }
    kind = PaperKind.INVOICE if net + tax > 0 else PaperKind.CREDIT_NOTE
    return _write(
        kind=kind,
        programme=programme,
        cooperative=cooperative,
        month=month,
        facts=facts,
        covers=due,
        corrects=None,
        by=by,
        now=now,
    )


def _lock(cooperative_id: UUID) -> Cooperative:
    rows = Cooperative.objects.within(CooperativeScope(cooperative_id))
    found: Cooperative = rows.select_for_update(no_key=True).get()
    return found


def _is_invoiced(programme: Programme, cooperative_id: UUID, currency: str, month: date) -> bool:
    """Whether a paper that was not taken back stands for the month, or for a later one."""
    papers = CommissionInvoice.objects.within(CooperativeScope(cooperative_id))
    standing = papers.filter(corrects__isnull=True, credit_notes__isnull=True)
    return standing.filter(programme=programme, currency=currency, month__gte=month).exists()


def _due(programme: Programme, cooperative_id: UUID, currency: str, until: date) -> Taken:
    took = _taken(programme, cooperative_id, currency, Q(booked_on__lt=until))
    papers = CommissionInvoice.objects.within(CooperativeScope(cooperative_id))
    covered = papers.filter(programme=programme, currency=currency).aggregate(
        commission=Sum("covers_commission_minor", default=0), tax=Sum("covers_tax_minor", default=0)
    )
    return Taken(took.commission_minor - covered["commission"], took.tax_minor - covered["tax"])


def _taken(programme: Programme, cooperative_id: UUID, currency: str, when: Q) -> Taken:
    def booked(code: AccountCode) -> Sum:
        wanted = Q(entries__account__code=code, entries__currency=currency)
        return Sum("entries__amount_minor", filter=wanted, default=0)

    rows = LedgerTransaction.objects.within(CooperativeScope(cooperative_id))
    sums = rows.filter(when, book__programme=programme, sale_id__isnull=False).aggregate(
        commission=booked(AccountCode.COMMISSION), tax=booked(AccountCode.TAX_PAYABLE)
    )
    return Taken(owed(sums["commission"]), owed(sums["tax"]))


def _sold_in(
    programme: Programme, cooperative_id: UUID, currency: str, month: date
) -> dict[str, int]:
    """Of the month itself: sales, their commission, and the amount it was taken of."""
    when = Q(booked_on__gte=month, booked_on__lt=next_month(month))
    rows = LedgerTransaction.objects.within(CooperativeScope(cooperative_id)).filter(
        when, book__programme=programme, entries__account__code=AccountCode.COMMISSION
    )
    of_month = _taken(programme, cooperative_id, currency, when)
    released = LedgerTransaction.objects.within(CooperativeScope(cooperative_id)).filter(
        pk__in=rows.values("pk"),
        entries__account__code=AccountCode.RELEASED,
        entries__currency=currency,
    )
    share = owed(released.aggregate(total=Sum("entries__amount_minor", default=0))["total"])
    return {
        "sales": rows.filter(entries__currency=currency).values("sale_id").distinct().count(),
        "base_minor": share + of_month.commission_minor + of_month.tax_minor,
        "net_minor": of_month.commission_minor,
    }


def _rates(cooperative_id: UUID, currency: str, month: date) -> list[int]:
    """The rates, in basis points, at which VAT was booked in the month, or else ever before."""
    scope = CooperativeScope(cooperative_id)
    taxed = LedgerTransaction.objects.within(scope).filter(
        entries__account__code=AccountCode.TAX_PAYABLE,
        entries__currency=currency,
        booked_on__lt=next_month(month),
    )
    lines = FrozenCommission.objects.within(scope).filter(vat_bp__gt=0)
    for rows in (taxed.filter(booked_on__gte=month), taxed):
        found = lines.filter(sale_id__in=rows.values("sale_id")).values_list("vat_bp", flat=True)
        if rates := sorted(set(found)):
            return rates
    return []


def _lines(sold: dict[str, int], due: Taken) -> list[dict[str, Any]]:
    """The month's commission, and apart what belongs to earlier months; net of tax."""
    earlier = due.commission_minor - sold["net_minor"]
    if not earlier:
        return [{"of": "month", **sold}]
    rest = {"of": "earlier", "sales": 0, "base_minor": 0, "net_minor": earlier}
    return [{"of": "month", **sold}, rest] if sold["net_minor"] else [rest]


def _parties(programme: Programme, cooperative: Cooperative, now: datetime) -> dict[str, Any]:
    today = now.astimezone(ZoneInfo(programme.time_zone)).date()
    return {
        "payer": {
            "name": programme.legal_payer,
            "country": country_of(programme),
            "ids": payer_identifiers(programme, today),
        },
        "cooperative": {
            "name": cooperative.legal_name,
            "name_latin": cooperative.legal_name_latin,
            "address": cooperative.address_line,
            "place": cooperative.place_name,
            "country": cooperative.country_code,
            "ids": seller_identifiers(cooperative.pk, today),
        },
    }


def _write(
    *,
    kind: PaperKind,
    programme: Programme,
    cooperative: Cooperative,
    month: date,
    facts: dict[str, Any],
    covers: Taken,
    corrects: CommissionInvoice | None,
    by: Actor,
    now: datetime,
) -> CommissionInvoice:
    today = now.astimezone(ZoneInfo(programme.time_zone)).date()
    series = f"commission:{kind.value}:{programme.pk}"
    sequence = next_number(series, today.year)
    number = f"{_PREFIXES[kind]}-{today.year}-{sequence:06d}"
    facts = {**facts, "number": number, "kind": kind.value, "issued_on": today.isoformat()}
    paper = CommissionInvoice.objects.create(
        programme=programme,
        cooperative=cooperative,
        kind=kind,
        corrects=corrects,
        month=month,
        currency=facts["currency"],
        net_minor=facts["net_minor"],
        tax_minor=facts["tax_minor"],
        covers_commission_minor=covers.commission_minor,
        covers_tax_minor=covers.tax_minor,
        series=series,
        year=today.year,
        sequence=sequence,
        number=number,
        issued_on=today,
        issued_at=now,
        facts=facts,
        sha256=hash_of(facts),
    )
    audit.record("commission_invoice.issued", paper, by=by, number=number, kind=kind.value)
    return paper


def _require_rate(programme: Programme, on: date) -> None:
    if vat_of(programme, on) is None:
        raise NoCommissionTaxRate(country=country_of(programme), on=on.isoformat())


def _require_mentions(programme: Programme, on: date) -> None:
    if missing := missing_mentions(programme, on):
        raise MentionsMissing(missing=", ".join(missing))
