"""Pages of commission invoices, and of the legal identifiers on documents."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import TwizaError
from marketplace.payouts.balances import commission_vat
from marketplace.payouts.documents import (
    credit_commission_invoice,
    issue_commission_invoices,
    queries,
)
from marketplace.payouts.documents.commission_invoice_pdf import commission_invoice_pdf
from marketplace.web.documents import PDF, as_file, language_of
from marketplace.web.staff.access import StaffAccess, programme_view, staff_view
from marketplace.web.staff.documents.forms import CreditForm, IdentifierForm
from marketplace.web.staff.documents.invoice_list import INVOICES
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from vendors.legal_mentions import PAYER, SELLER, VAT_EXEMPTION
from vendors.permissions import StaffPermission
from vendors.queries import (
    find_cooperative,
    payer_exemption,
    payer_identifiers,
    seller_identifiers,
)
from vendors.services import set_payer_identifier, set_seller_identifier
from vendors.vat_exemptions import words_of


@list_view(INVOICES)
@require_GET
def list_invoices(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """The invoices and credit notes of the commission, and what is missing to issue more."""
    return _list(request, access)


@programme_view("payout:handle")
@require_POST
def issue(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Invoice the month that ended last now, not in the night."""
    try:
        issued = issue_commission_invoices.issue_for_month(
            programme=access.programme, month=_last_month(access), by=access.by
        )
    except TwizaError as refused:
        messages.error(request, str(refused))
    else:
        message = ngettext(
            "%(count)s document was issued.", "%(count)s documents were issued.", len(issued)
        )
        messages.success(request, message % {"count": len(issued)})
    return _to_list(access)


@programme_view("payout:handle")
@require_POST
def set_payer_mention(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """A number of the programme's payer, for the invoices to come."""
    country = commission_vat.country_of(access.programme)
    form = IdentifierForm(request.POST, country=country, party=PAYER)
    if not form.is_valid():
        return _list(request, access, form=form, status=422)
    set_payer_identifier(programme=access.programme, by=access.by, **form.values)
    messages.success(request, _("Saved. It appears on documents issued from now on."))
    return _to_list(access)


@staff_view("payout:read")
@require_GET
def download_invoice(
    request: HttpRequest, access: StaffAccess, invoice_id: UUID
) -> HttpResponseBase:
    """One of them as it was issued, in a language."""
    invoice = queries.commission_invoice(access.scope, invoice_id)
    return as_file(
        lambda target: commission_invoice_pdf(target, invoice),
        f"{invoice.number}.pdf",
        PDF,
        language=language_of(request),
    )


@programme_view("payout:handle")
@require_http_methods(["GET", "POST"])
def credit_invoice(request: HttpRequest, access: StaffAccess, invoice_id: UUID) -> HttpResponse:
    """Take an invoice back by a credit note; the month can be invoiced anew."""
    invoice = queries.commission_invoice(access.scope, invoice_id)
    form = CreditForm(request.POST or None)
    if form.is_valid():
        try:
            note = credit_commission_invoice.credit_invoice(
                invoice=invoice, reason=form.cleaned_data["reason"], by=access.by
            )
        except TwizaError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Issued: %(number)s") % {"number": note.number})
            return _to_list(access)
    return _page(request, access, "credit", invoice=invoice, form=form)


@staff_view("cooperative:edit")
@require_http_methods(["GET", "POST"])
def seller_identifier(request: HttpRequest, access: StaffAccess, slug: str) -> HttpResponse:
    """The legal identifiers on a cooperative's documents."""
    cooperative = find_cooperative(access.scope, slug)
    form = IdentifierForm(request.POST or None, country=cooperative.country_code, party=SELLER)
    if form.is_valid():
        set_seller_identifier(cooperative=cooperative, by=access.by, **form.cleaned_data)
        messages.success(request, _("Saved. It appears on documents issued from now on."))
        return redirect(request.path)
    known = seller_identifiers(cooperative.pk, timezone.localdate())
    shown = _named(form, known)
    return _page(request, access, "identifiers", cooperative=cooperative, form=form, known=shown)


def _list(
    request: HttpRequest,
    access: StaffAccess,
    *,
    form: IdentifierForm | None = None,
    status: int = 200,
) -> HttpResponse:
    today, country = timezone.localdate(), commission_vat.country_of(access.programme)
    form = form or IdentifierForm(country=country, party=PAYER)
    is_whole = access.scope.is_whole
    missing = commission_vat.missing_mentions(access.programme, today)
    return show_staff_list(
        request,
        access,
        INVOICES,
        "staff/documents/invoices.html",
        status=status,
        may_handle=is_whole and access.allows(StaffPermission.PAYOUT_HANDLE),
        month=_last_month(access),
        form=form,
        known=_named(form, _shown(access, today)),
        missing=[label for kind, label in form.fields["kind"].choices if kind in missing],  # type: ignore[attr-defined]
    )


def _named(form: IdentifierForm, known: dict[str, str]) -> list[tuple[str, str]]:
    choices = form.fields["kind"].choices  # type: ignore[attr-defined]
    return [(label, known[kind]) for kind, label in choices if known.get(kind)]


def _shown(access: StaffAccess, today: date) -> dict[str, str]:
    """The payer's numbers; why it charges no VAT in the reader's language."""
    known = payer_identifiers(access.programme, today)
    mention = words_of(payer_exemption(access.programme, today), get_language() or "en")
    return {**known, VAT_EXEMPTION: mention[0].text} if mention else known


def _last_month(access: StaffAccess) -> date:
    today = access.today
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def _to_list(access: StaffAccess) -> HttpResponse:
    return redirect("staff:commission-invoices", programme=access.programme.slug)


def _page(request: HttpRequest, access: StaffAccess, name: str, **context: Any) -> HttpResponse:
    return render(request, f"staff/documents/{name}.html", {"access": access, **context})
