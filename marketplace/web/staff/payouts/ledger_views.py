"""The ledger as staff read it: balances of the accounts, and the journal."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from marketplace.ledger import queries
from marketplace.ledger.accounting.documents import DocumentOf, documents_of
from marketplace.ledger.accounting.fec import number_of
from marketplace.ledger.chart import Cause
from marketplace.ledger.models import LedgerTransaction
from marketplace.payouts.queries.journal_search import entries_of_number
from marketplace.web.navigation import address
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view


@dataclass(frozen=True)
class JournalRow:
    """A transaction with its number, its document and the page of the document, if it has one."""

    transaction: LedgerTransaction
    number: str
    document: DocumentOf
    url: str


@programme_view("payout:read")
@require_GET
def show_ledger(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Every account's balance, and the journal, narrowed to a cause or to a number."""
    cause = request.GET.get("cause", "")
    cause = cause if cause in Cause.values else ""
    number = request.GET.get("number", "").strip()
    page = queries.journal(
        access.programme,
        cause=cause,
        only=entries_of_number(access.scope, number) if number else None,
        page=request.GET.get("page", 1),
    )
    return pages.show(
        request,
        access,
        "staff/payouts/ledger.html",
        accounts=queries.account_balances(access.programme),
        journal=page,
        rows=_rows(access, list(page.object_list)),
        causes=Cause.choices,
        cause=cause,
        number=number,
    )


def _rows(access: StaffAccess, found: list[LedgerTransaction]) -> list[JournalRow]:
    documents = documents_of(access.scope, found)
    return [
        JournalRow(row, number_of(row), documents[row.pk], _url(access, row, documents[row.pk]))
        for row in found
    ]


def _url(access: StaffAccess, row: LedgerTransaction, document: DocumentOf) -> str:
    """The page of the document, as far as this person may open it; empty if there is none."""
    own = {"programme": access.programme.slug}
    if document.vendor_order_id and access.allows("order:read"):
        return address("staff:order", **own, vendor_order_id=document.vendor_order_id)
    if row.payout_line_id:
        return address("staff:payout-run", **own, reference=document.number)
    if row.cause == Cause.CORRECTION:
        return address("staff:differences", **own)
    if row.cooperative and row.cause in {Cause.DEBT_REPAID, Cause.DEBT_BORNE}:
        return address("staff:cooperative-money", **own, slug=row.cooperative.slug)
    return ""
