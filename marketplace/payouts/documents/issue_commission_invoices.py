"""Issues commission invoices: monthly, numbered without gaps, corrected by credit notes.

An invoice covers the commission posted until the end of its month, less what earlier documents
cover. So a late posting is on the next month's invoice, and issuing twice issues nothing twice.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.core.errors import TwizaError
from marketplace.core.word_lists import listed
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import LedgerTransaction
from marketplace.payouts.balances.commission_vat import country_of, missing_mentions, vat_of
from marketplace.payouts.documents.commission_due import (
    PostedCommission,
    commission_due,
    sales_of_month,
    vat_rates,
)
from marketplace.payouts.documents.errors import MentionsMissing, MonthNotOver, NoCommissionTaxRate
from marketplace.payouts.documents.facts import InvoiceFacts, invoice_lines, parties
from marketplace.payouts.documents.models import CommissionInvoice, CommissionInvoiceKind
from marketplace.payouts.documents.write_document import lock_cooperative, write_document
from marketplace.payouts.statements.lines import next_month
from vendors.models import Cooperative, Programme
from vendors.scoping import CooperativeScope, ProgrammeScope

logger = logging.getLogger(__name__)


def issue_for_month(
    *, programme: Programme, month: date, by: Actor, now: datetime | None = None
) -> list[CommissionInvoice]:
    """Issue what is due for a month (any of its days), each cooperative in its own transaction.

    Raises MonthNotOver, MentionsMissing and NoCommissionTaxRate before anything is issued.
    """
    now, first = now or timezone.now(), month.replace(day=1)
    today = day_of(now, programme.time_zone)
    if next_month(first) > today:
        raise MonthNotOver
    _require_mentions(programme, today)
    _require_rate(programme, next_month(first))
    issued = []
    for cooperative_id, currency in _with_commission(programme, first):
        found = _issue(programme, cooperative_id, currency, first, by=by, now=now)
        issued += [found] if found else []
    return issued


def issue_last_month(*, by: Actor, now: datetime | None = None) -> int:
    """Issue last month's invoices of each programme that is ready; returns how many."""
    now, count = now or timezone.now(), 0
    for programme in Programme.objects.order_by("slug"):
        today = day_of(now, programme.time_zone)
        month = today.replace(day=1) - timedelta(days=1)
        try:
            count += len(issue_for_month(programme=programme, month=month, by=by, now=now))
        except TwizaError as refused:
            logger.warning("No invoices for %s: %s", programme.slug, refused.code)
    return count


def _with_commission(programme: Programme, first: date) -> Iterator[tuple[UUID, str]]:
    """Cooperatives and currencies with any commission posted until the end of the month."""
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
    cooperative = lock_cooperative(cooperative_id)
    if _is_invoiced(programme, cooperative_id, currency, month):
        return None
    due = commission_due(programme, cooperative_id, currency, next_month(month))
    if not due.commission_minor and not due.tax_minor:
        return None
    facts = _facts(programme, cooperative, currency, month, due, now)
    is_owed = facts["total_minor"] > 0
    return write_document(
        kind=CommissionInvoiceKind.INVOICE if is_owed else CommissionInvoiceKind.CREDIT_NOTE,
        programme=programme,
        cooperative=cooperative,
        month=month,
        facts=facts,
        covers=due,
        corrects=None,
        by=by,
        now=now,
    )


def _facts(
    programme: Programme,
    cooperative: Cooperative,
    currency: str,
    month: date,
    due: PostedCommission,
    now: datetime,
) -> InvoiceFacts:
    sold = sales_of_month(programme, cooperative.pk, currency, month)
    return {
        **parties(programme, cooperative, now),
        "month": month.isoformat(),
        "currency": currency,
        "lines": invoice_lines(sold, due),
        "tax_rates_bp": vat_rates(cooperative.pk, currency, month) if due.tax_minor else [],
        "net_minor": due.commission_minor,
        "tax_minor": due.tax_minor,
        "total_minor": due.commission_minor + due.tax_minor,
    }


def _is_invoiced(programme: Programme, cooperative_id: UUID, currency: str, month: date) -> bool:
    """Whether an invoice that is not credited covers the month or a later one."""
    documents = CommissionInvoice.objects.within(CooperativeScope(cooperative_id))
    in_force = documents.filter(corrects__isnull=True, credit_notes__isnull=True)
    return in_force.filter(programme=programme, currency=currency, month__gte=month).exists()


def _require_rate(programme: Programme, on: date) -> None:
    if vat_of(programme, on) is None:
        raise NoCommissionTaxRate(country=country_of(programme), on=on.isoformat())


def _require_mentions(programme: Programme, on: date) -> None:
    if missing := missing_mentions(programme, on):
        raise MentionsMissing(missing=listed(missing))
