"""The list of commission invoices and credit notes."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.payouts.documents import queries
from marketplace.payouts.documents.models import CommissionInvoiceKind
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import AmountRange, Choice, DateRange, Rows, Search
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.lists import common
from vendors.permissions import StaffPermission

ISSUED = pgettext_lazy("document", "Issued")
TOTAL = F("net_minor") + F("tax_minor")


def rows(access: StaffAccess) -> Rows:
    """Invoices and credit notes within the scope."""
    return queries.listed_commission_invoices(access.scope).annotate(sum_minor=TOTAL)


def finds(access: StaffAccess, word: str) -> Any:
    """A number of a document or of the one that it corrects, or the cooperative's name."""
    numbers = common.holds("number", "corrects__number")(access, word)
    return numbers | common.is_called(access, word)


def may_credit(row: Any, access: StaffAccess) -> str:
    """The address at which an invoice is taken back, for whoever may do it."""
    may = access.scope.is_whole and access.allows(StaffPermission.PAYOUT_HANDLE)
    if not may or row.kind != CommissionInvoiceKind.INVOICE or row.credit_notes.all():
        return ""
    return common.link("commission-credit", invoice_id="pk")(row, access)


INVOICES = RowList(
    name="commission-invoices",
    title=_("Commission invoices"),
    permission="payout:read",
    rows=rows,
    default="-issued",
    columns=(
        Column(key="number", heading=_("Number"), value="number", kind="code", sort=True),
        Column(
            key="kind", heading=pgettext_lazy("paper", "Kind"), value="get_kind_display",
            sort=["kind"],
        ),
        Column(
            key="corrects", heading=_("Corrects"), value="corrects.number", kind="code",
            sort=True, nullable=True, shown=False,
        ),
        common.cooperative(),
        common.region(),
        Column(key="month", heading=_("Month"), value="month", kind="month", sort=True),
        Column(
            key="issued", heading=ISSUED, value="issued_at", kind="moment",
            sort=["issued_at", "sequence"], shown=False,
        ),
        Column(key="net", heading=_("Excluding VAT"), value="net_minor", kind="money", sort=True),
        Column(key="tax", heading=_("VAT"), value="tax_minor", kind="money", sort=True),
        Column(
            key="total", heading=_("Total"), value="total_minor", kind="money", sort=[TOTAL],
            strong=True,
        ),
        Column(
            key="pdf", heading="PDF", in_files=False,
            template="staff/documents/invoice_pdf_cell.html",
            link=common.link("commission-pdf", invoice_id="pk"),
        ),
        Column(
            key="credit", heading=_("Cancel the invoice"), in_files=False, link=may_credit,
            template="staff/documents/invoice_credit_cell.html",
        ),
    ),
    filters=(
        Search(
            key="q", label=_("Number or cooperative"), finds=finds, split=common.terms_of
        ),
        Choice(
            key="kind", label=pgettext_lazy("paper", "Kind"),
            choices=CommissionInvoiceKind.choices,
        ),
        DateRange(key="month", label=_("Month")),
        DateRange(key="issued", label=ISSUED, path="issued_at", is_moment=True),
        AmountRange(
            key="total", label=_("Total"), path="sum_minor", currency_key="currency",
            home=common.home_currency,
        ),
        common.currency(),
        common.by_cooperative(),
        common.by_region(),
    ),
)  # fmt: skip
