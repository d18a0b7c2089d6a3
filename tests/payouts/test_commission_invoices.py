"""Invoices of the commission: amounts, numbers without gaps, nothing changed afterwards."""

import io
from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import translation
from pypdf import PdfReader

from marketplace.core.documents.numbering import NumberedOutsideTransaction, next_number
from marketplace.core.models import AuditEntry, NumberSeries
from marketplace.payouts.documents import issue_commission_invoices, write_document
from marketplace.payouts.documents.commission_invoice_pdf import commission_invoice_pdf
from marketplace.payouts.documents.credit_commission_invoice import credit_invoice
from marketplace.payouts.documents.errors import (
    AlreadyCredited,
    MentionsMissing,
    MonthNotOver,
    NoCommissionTaxRate,
)
from marketplace.payouts.documents.issue_commission_invoices import issue_for_month
from marketplace.payouts.documents.models import CommissionInvoice
from tests.concurrency import at_once
from tests.payouts.interruptions import killed
from tests.payouts.payers import known_payer
from tests.payouts.world import (
    MACHINE,
    make_cooperative,
    make_programme,
    sold_and_delivered,
)
from vendors.models import Cooperative, Programme
from vendors.scoping import Crossing

NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
IN_DECEMBER = datetime(2026, 12, 2, 9, tzinfo=UTC)
IN_JANUARY = datetime(2027, 1, 2, 9, tzinfo=UTC)
ALL = Crossing.LEDGER_POSTING


@pytest.fixture
def programme(db: None) -> Programme:
    return known_payer(make_programme())


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    return make_cooperative(programme)


def issue(
    programme: Programme, month: date = NOVEMBER, now: datetime = IN_DECEMBER
) -> list[CommissionInvoice]:
    return issue_for_month(programme=programme, month=month, by=MACHINE, now=now)


def documents() -> list[CommissionInvoice]:
    return list(CommissionInvoice.objects.crossing(ALL).order_by("issued_at", "sequence"))


def test_an_invoice_says_what_was_taken_with_the_tax_in_it(
    programme: Programme, tifawine: Cooperative
) -> None:
    sold_and_delivered(tifawine)
    sold_and_delivered(tifawine, totals=(5_000,))
    [invoice] = issue(programme)
    # 12 % of 150.00 were kept: 18.00, which are 15.00 and 20 % of them.
    assert (invoice.net_minor, invoice.tax_minor, invoice.total_minor) == (1_500, 300, 1_800)
    assert invoice.number == "C-2026-000001"
    assert invoice.facts["lines"] == [
        {"of": "month", "sales": 2, "base_minor": 15_000, "net_minor": 1_500}
    ]
    assert invoice.facts["payer"]["ids"]["ice"] == "001512345000067"
    assert invoice.is_unchanged
    assert AuditEntry.objects.filter(action="commission_invoice.issued").count() == 1


def test_asking_again_issues_nothing(programme: Programme, tifawine: Cooperative) -> None:
    sold_and_delivered(tifawine)
    assert len(issue(programme)) == 1
    assert issue(programme) == []
    assert len(documents()) == 1


def test_what_becomes_known_late_is_on_the_next_months_invoice(
    programme: Programme, tifawine: Cooperative
) -> None:
    sold_and_delivered(tifawine)
    issue(programme)
    sold_and_delivered(tifawine, totals=(5_000,))
    sold_and_delivered(tifawine, totals=(20_000,), when=datetime(2026, 12, 9, tzinfo=UTC))
    assert issue(programme) == []
    [invoice] = issue(programme, DECEMBER, IN_JANUARY)
    assert invoice.total_minor == 600 + 2_400
    assert invoice.number == "C-2027-000001"
    month, earlier = invoice.facts["lines"]
    assert (month["net_minor"], earlier["net_minor"]) == (2_000, 500)


def test_a_month_of_refunds_alone_is_a_credit_note(
    programme: Programme, tifawine: Cooperative
) -> None:
    sale = sold_and_delivered(tifawine)
    issue(programme)
    sale.when = datetime(2026, 12, 9, tzinfo=UTC)
    sale.refunded({0: 10_000})()
    [note] = issue(programme, DECEMBER, IN_JANUARY)
    assert (note.kind, note.total_minor, note.number) == ("credit_note", -1_200, "CA-2027-000001")
    assert sum(document.total_minor for document in documents()) == 0


def test_an_invoice_is_corrected_by_a_credit_note_only_once(
    programme: Programme, tifawine: Cooperative
) -> None:
    sold_and_delivered(tifawine)
    [invoice] = issue(programme)
    note = credit_invoice(invoice=invoice, reason="wrong address", by=MACHINE, now=IN_DECEMBER)
    assert (note.number, note.total_minor, note.corrects) == ("CA-2026-000001", -1_200, invoice)
    for document in (invoice, note):
        with pytest.raises(AlreadyCredited):
            credit_invoice(invoice=document, reason="again", by=MACHINE)
    [again] = issue(programme)
    assert (again.number, again.total_minor) == ("C-2026-000002", 1_200)
    assert len(documents()) == 3


@pytest.mark.parametrize("change", [{"net_minor": 1}, {"number": "C-2026-000009"}])
def test_an_issued_invoice_cannot_be_changed(
    programme: Programme, tifawine: Cooperative, change: dict[str, object]
) -> None:
    sold_and_delivered(tifawine)
    [invoice] = issue(programme)
    with pytest.raises(DatabaseError), transaction.atomic():
        CommissionInvoice.objects.crossing(ALL).filter(pk=invoice.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        CommissionInvoice.objects.crossing(ALL).filter(pk=invoice.pk).delete()
    [kept] = documents()
    assert (kept.net_minor, kept.number) == (invoice.net_minor, "C-2026-000001")


def test_the_database_refuses_a_number_that_leaves_a_gap(
    programme: Programme, tifawine: Cooperative
) -> None:
    sold_and_delivered(tifawine)
    [invoice] = issue(programme)
    for sequence in (1, 3):
        invoice.pk, invoice.sequence = None, sequence
        with pytest.raises(IntegrityError), transaction.atomic():
            CommissionInvoice.objects.bulk_create([invoice])
    assert len(documents()) == 1


def test_nothing_is_issued_without_what_the_law_wants(db: None) -> None:
    programme = make_programme()
    sold_and_delivered(make_cooperative(programme))
    with pytest.raises(MentionsMissing, match="address"):
        issue(programme)
    assert (documents(), NumberSeries.objects.count()) == ([], 0)


def test_a_month_that_runs_is_not_invoiced(programme: Programme, tifawine: Cooperative) -> None:
    sold_and_delivered(tifawine)
    Programme.objects.update(time_zone="Africa/Tunis")
    programme.refresh_from_db()
    with pytest.raises(MonthNotOver):
        issue(programme, now=datetime(2026, 11, 30, 22, tzinfo=UTC))
    # Tunis is an hour before UTC: there it is December already.
    assert len(issue(programme, now=datetime(2026, 11, 30, 23, 30, tzinfo=UTC))) == 1


def test_a_payer_without_a_rate_is_refused_and_an_exempt_one_charges_none(db: None) -> None:
    programme = make_programme()
    programme.country_codes = ["CM"]
    programme.save()
    sold_and_delivered(make_cooperative(programme))
    known_payer(programme)
    with pytest.raises(NoCommissionTaxRate):
        issue(programme)
    known_payer(programme, vat_exemption="exempt, article 91")
    [invoice] = issue(programme)
    assert (invoice.net_minor, invoice.tax_minor) == (1_200, 0)


def test_the_night_invoices_the_month_that_ended_and_passes_over_who_is_not_ready(
    programme: Programme, tifawine: Cooperative
) -> None:
    sold_and_delivered(tifawine)
    sold_and_delivered(make_cooperative(make_programme("tawassol"), "siwa"))
    assert issue_commission_invoices.issue_last_month(by=MACHINE, now=IN_DECEMBER) == 1
    assert issue_commission_invoices.issue_last_month(by=MACHINE, now=IN_DECEMBER) == 0
    assert [document.programme for document in documents()] == [programme]


def test_the_pdf_names_numbers_rates_and_amounts_in_three_languages(
    programme: Programme, tifawine: Cooperative
) -> None:
    sold_and_delivered(tifawine)
    [invoice] = issue(programme)
    for language, words in (
        ("fr", ("Facture de commission", "001512345000067", "TVA 20", "10,00", "2,00", "12,00")),
        ("ar", ("001512345000067", "10,00", "12,00", "C-2026-000001")),
        ("en", ("Commission invoice", "Commission on 1 sale of the month", "C-2026-000001")),
    ):
        out = io.BytesIO()
        with translation.override(language):
            commission_invoice_pdf(out, invoice)
        text = " ".join(page.extract_text() for page in PdfReader(out).pages)
        for word in words:
            assert word in text, (language, word)


@pytest.mark.django_db(transaction=True)
def test_many_who_ask_at_once_leave_no_gap_and_no_double() -> None:
    programme = known_payer(make_programme())
    for number in range(4):
        sold_and_delivered(make_cooperative(programme, f"coop-{number}"))
    assert at_once(*(lambda: issue(programme) for _ in range(5))) == []
    assert sorted(document.sequence for document in documents()) == [1, 2, 3, 4]
    assert len({document.cooperative_id for document in documents()}) == 4


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_gives_its_number_back(monkeypatch: pytest.MonkeyPatch) -> None:
    programme = known_payer(make_programme())
    sold_and_delivered(make_cooperative(programme))
    killed(monkeypatch, write_document, lambda: issue(programme))
    assert (documents(), NumberSeries.objects.count()) == ([], 0)
    [invoice] = issue(programme)
    assert invoice.sequence == 1


@pytest.mark.django_db(transaction=True)
def test_a_number_is_only_given_within_a_transaction() -> None:
    with pytest.raises(NumberedOutsideTransaction):
        next_number("anything", 2026)
    assert NumberSeries.objects.count() == 0
