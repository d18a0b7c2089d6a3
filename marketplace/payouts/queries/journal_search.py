"""From a number to entries of the journal: of a document, of a payment, or of the entry itself."""

import re
from collections.abc import Iterator

from django.db.models import Q

from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import LedgerTransaction
from marketplace.orders.models import VendorOrder
from marketplace.payments.invoices.models import BuyerInvoice
from marketplace.payments.models import PaymentDispute
from marketplace.payouts.documents.models import CommissionInvoice
from marketplace.payouts.models import PayoutLine
from vendors.scoping import ProgrammeScope

LONGEST = 120
# As in the exports: VT2026-000012 once the period is closed, P345 before; OD-345 without document.
_ENTRY = re.compile(r"(VT|BQ|OD|AN)(\d{4})-(\d{1,9})")
_TRANSACTION = re.compile(r"(?:P|(?:VT|BQ|OD|AN)-)(\d{1,15})")
_OPENING = re.compile(r"AN-(\d{4}-\d{2}-\d{2})")


def entries_of_number(scope: ProgrammeScope, number: str) -> Q:
    """The transactions that a number stands for.

    Known are numbers of orders and vendor orders, buyers' and commission invoices and credit
    notes, payout runs and their payments, explained differences, ended debts, disputes, opening
    balances, references of providers and carriers, and the entry's own number.
    """
    number = number.strip()[:LONGEST]
    found = Q(memo=number) | Q(memo__startswith=f"{number} ")
    found |= Q(key__startswith=f"psp-fee:{number}:")
    for also in (*_own(number), *_of_sales(scope, number), *_of_payouts(scope, number)):
        found |= also
    return found


def _own(number: str) -> Iterator[Q]:
    if entry := _ENTRY.fullmatch(number.upper()):
        yield Q(
            entry_number__journal=entry[1],
            entry_number__year=int(entry[2]),
            entry_number__number=int(entry[3]),
        )
    if transaction := _TRANSACTION.fullmatch(number.upper()):
        yield Q(pk=int(transaction[1]))
    if opening := _OPENING.fullmatch(number.upper()):
        yield Q(cause=Cause.OPENING, key__contains=f":{opening[1]}:")


def _of_sales(scope: ProgrammeScope, number: str) -> Iterator[Q]:
    orders = VendorOrder.objects.within(scope)
    named = orders.filter(Q(number=number.upper()) | Q(order__number=number.upper()))
    invoices = BuyerInvoice.objects.within(scope).filter(number=number)
    sales = {*named.values_list("pk", flat=True)}
    sales |= {*invoices.values_list("vendor_order_id", flat=True)}
    if sales:
        yield Q(sale_id__in=sales)
    for sale in sales:
        yield Q(cause=Cause.PSP_FEE_CHARGED, key__endswith=f":{sale}")
    for dispute in PaymentDispute.objects.filter(reference=number):
        yield Q(key__contains=f":{dispute.pk}:")


def _of_payouts(scope: ProgrammeScope, number: str) -> Iterator[Q]:
    lines = PayoutLine.objects.within(scope)
    asked = lines.filter(Q(run__reference=number.upper()) | Q(end_to_end_id=number.upper()))
    yield Q(payout_line_id__in=asked.values("pk"))
    for invoice in CommissionInvoice.objects.within(scope).filter(number=number):
        # It covers what was posted for the cooperative in its month.
        covered = LedgerTransaction.objects.within(scope).filter(
            cooperative_id=invoice.cooperative_id,
            booked_on__year=invoice.month.year,
            booked_on__month=invoice.month.month,
            entries__account__code__in=[AccountCode.COMMISSION, AccountCode.TAX_PAYABLE],
        )
        yield Q(pk__in=covered.values("pk"))
