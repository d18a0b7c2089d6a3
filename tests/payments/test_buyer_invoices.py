"""A buyer's documents: one invoice a vendor order, a credit note a refund, numbers without gaps."""

import io
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation
from pypdf import PdfReader

from marketplace.core.actors import Actor
from marketplace.orders.models import Order, VendorOrder, VendorOrderState
from marketplace.payments.invoices.issuing import (
    issue_credit_note,
    issue_due_invoices,
    issue_invoice,
)
from marketplace.payments.invoices.pdf import buyer_invoice_pdf
from marketplace.payments.models import (
    BuyerInvoice,
    Payment,
    PaymentState,
    Refund,
    RefundLine,
    RefundState,
)
from tests.concurrency import at_once
from tests.payments.world import Sale, make_sale
from vendors.models import Cooperative
from vendors.scoping import Crossing
from vendors.services import set_seller_identifier, set_tax_status

MACHINE = Actor.system("test")
NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
ALL = Crossing.SCHEDULED_JOB


def paid(sale: Sale) -> Order:
    """The order with its card payment taken."""
    order = sale.place()
    Payment.objects.create(
        order_id=order.pk, method="card", provider="test-card", currency="MAD",
        amount_minor=67_500, total_minor=67_500, charged_minor=67_500,
        state=PaymentState.CHARGED, captured_at=NOW,
    )  # fmt: skip
    return order


def with_vat(part: VendorOrder) -> VendorOrder:
    """Its only line with 20 % of tax in it, and a registered seller."""
    line = part.lines.get()
    line.tax_rate_bp, line.tax_minor = 2_000, 1_667
    line.save()
    set_tax_status(
        cooperative=part.cooperative, vat_registered=True, vat_rate_bp=2_000,
        valid_from=date(2020, 1, 1), source="tax office", by=MACHINE,
    )  # fmt: skip
    return part


def identified(cooperative: Cooperative) -> None:
    for kind in ("ice", "if"):
        set_seller_identifier(
            cooperative=cooperative, kind=kind, value=f"{kind}-77", valid_from=date(2020, 1, 1),
            source="tax office", by=MACHINE,
        )  # fmt: skip


def refund(part: VendorOrder, amount: int, *, shipping: int = 0) -> Refund:
    payment = Payment.objects.get(order_id=part.order_id)
    made = Refund.objects.create(
        order_id=part.order_id, vendor_order_id=part.pk, cooperative=part.cooperative,
        payment=payment, currency="MAD", goods_minor=amount, shipping_minor=shipping,
        reason="torn", state=RefundState.MADE, made_at=NOW,
    )  # fmt: skip
    RefundLine.objects.create(
        refund=made, line_id=part.lines.get().pk, quantity=1, amount_minor=amount
    )
    return made


def invoices() -> list[BuyerInvoice]:
    return list(
        BuyerInvoice.objects.crossing(ALL).order_by("cooperative__slug", "kind", "sequence")
    )


def text_of(invoice: BuyerInvoice, order: Order, language: str) -> str:
    out = io.BytesIO()
    with translation.override(language):
        buyer_invoice_pdf(out, invoice, order)
    return " ".join(page.extract_text() for page in PdfReader(out).pages)


def test_each_cooperative_invoices_its_own_part_once(db: None) -> None:
    sale = make_sale()
    order = paid(sale)
    assert issue_due_invoices(by=MACHINE, now=NOW) == 2
    assert issue_due_invoices(by=MACHINE, now=NOW) == 0
    weavers, growers = invoices()
    assert (weavers.number, weavers.total_minor) == ("F-2026-000001", 13_000)
    assert (growers.number, growers.total_minor) == ("F-2026-000001", 54_500)
    assert weavers.vendor_order_id == sale.part_of(order, sale.weavers).pk
    assert weavers.is_unchanged


def test_an_order_that_is_not_paid_has_no_invoice(db: None) -> None:
    sale = make_sale()
    part = sale.part_of(sale.place(), sale.weavers)
    assert issue_due_invoices(by=MACHINE) == 0
    assert issue_invoice(vendor_order_id=part.pk, by=MACHINE) is None
    assert invoices() == []


def test_one_paid_to_the_carrier_is_invoiced_when_it_has_arrived(db: None) -> None:
    sale = make_sale(method="cod")
    part = sale.part_of(sale.place(), sale.weavers)
    assert issue_due_invoices(by=MACHINE) == 0
    line = part.lines.get()
    line.quantity_shipped = line.quantity_delivered = 3
    line.save()
    part.state = VendorOrderState.DELIVERED
    part.save()
    assert issue_due_invoices(by=MACHINE, now=NOW) == 1
    [invoice] = invoices()
    assert (invoice.total_minor, invoice.facts["payment_method"]) == (13_000, "cod")


def test_taxes_are_told_by_rate_and_given_back_to_the_last_unit(db: None) -> None:
    sale = make_sale()
    part = with_vat(sale.part_of(paid(sale), sale.weavers))
    issue_due_invoices(by=MACHINE, now=NOW)
    for amount in (3_333, 3_333, 3_334):
        refund(part, amount, shipping=3_000 if amount == 3_334 else 0)
    assert issue_due_invoices(by=MACHINE, now=NOW) == 3
    invoice = next(
        invoice
        for invoice in invoices()
        if invoice.vendor_order_id == part.pk and invoice.corrects_id is None
    )
    notes = list(invoice.credit_notes.crossing(ALL).order_by("sequence"))
    assert invoice.facts["taxes"] == [{"rate_bp": 2_000, "net_minor": 8_333, "tax_minor": 1_667}]
    assert [note.number for note in notes] == ["A-2026-000001", "A-2026-000002", "A-2026-000003"]
    assert sum(note.tax_minor for note in notes) == -1_667
    assert sum(note.total_minor for note in notes) == -13_000
    assert all(note.facts["corrects"] == invoice.number for note in notes)


def test_a_refund_without_an_invoice_waits_and_one_not_made_has_no_note(db: None) -> None:
    sale = make_sale()
    part = sale.part_of(paid(sale), sale.weavers)
    made = refund(part, 3_333)
    assert issue_credit_note(refund_id=made.pk, by=MACHINE) is None
    issue_invoice(vendor_order_id=part.pk, by=MACHINE, now=NOW)
    Refund.objects.crossing(ALL).filter(pk=made.pk).update(state=RefundState.SENT)
    assert issue_credit_note(refund_id=made.pk, by=MACHINE) is None
    Refund.objects.crossing(ALL).filter(pk=made.pk).update(state=RefundState.MADE)
    note = issue_credit_note(refund_id=made.pk, by=MACHINE, now=NOW)
    assert note is not None
    assert issue_credit_note(refund_id=made.pk, by=MACHINE, now=NOW) == note
    assert len(invoices()) == 2


def test_it_is_an_invoice_only_with_what_the_law_wants_of_the_seller(db: None) -> None:
    sale = make_sale()
    order = paid(sale)
    identified(sale.weavers)
    issue_due_invoices(by=MACHINE, now=NOW)
    weavers, growers = invoices()
    assert "Facture" in text_of(weavers, order, "fr")
    assert "ice-77" in text_of(weavers, order, "fr")
    assert "Reçu" in text_of(growers, order, "fr")


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_the_pdf_keeps_saying_the_same_after_the_buyer_is_forgotten(
    db: None, language: str
) -> None:
    sale = make_sale()
    order = paid(sale)
    order.name = "Zineb Tazi"
    order.save()
    issue_due_invoices(by=MACHINE, now=NOW)
    invoice = invoices()[0]
    assert "Zineb" in text_of(invoice, order, language)
    assert "Zineb" not in str(invoice.facts)
    order.name = ""
    text = text_of(invoice, order, language)
    assert "Zineb" not in text
    assert "F-2026-000001" in text
    assert "130,00" in text or "130.00" in text


def test_an_issued_invoice_cannot_be_changed_or_numbered_with_a_gap(db: None) -> None:
    sale = make_sale()
    paid(sale)
    issue_due_invoices(by=MACHINE, now=NOW)
    first = invoices()[0]
    rows = BuyerInvoice.objects.crossing(ALL).filter(pk=first.pk)
    for act in (lambda: rows.update(total_minor=1), rows.delete):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    first.pk, first.vendor_order_id, first.sequence = uuid4(), uuid4(), 3
    with pytest.raises(IntegrityError), transaction.atomic():
        BuyerInvoice.objects.bulk_create([first])
    assert len(invoices()) == 2


@pytest.mark.django_db(transaction=True)
def test_issuers_at_once_make_each_invoice_once() -> None:
    paid(make_sale())
    assert at_once(*(lambda: issue_due_invoices(by=MACHINE, now=NOW) for _ in range(4))) == []
    assert [invoice.sequence for invoice in invoices()] == [1, 1]


@pytest.mark.parametrize(
    ("language", "words", "others"),
    [
        ("fr", "Exonéré", "Exempt"),
        ("en", "Exempt", "التعاونيات"),
        ("ar", "التعاونيات", "Exempt"),
    ],
)
def test_why_no_vat_is_charged_is_in_the_readers_language(
    db: None, language: str, words: str, others: str
) -> None:
    sale = make_sale()
    order = paid(sale)
    set_tax_status(
        cooperative=sale.weavers, vat_registered=False, exemption_code="ma-cooperative",
        valid_from=date(2020, 1, 1), source="law", by=MACHINE,
    )  # fmt: skip
    issue_due_invoices(by=MACHINE, now=NOW)
    text = " ".join(text_of(invoices()[0], order, language).split())
    assert words in text
    assert others not in text
    # the words of the law stand beside a translation
    assert "Exonéré" in text
