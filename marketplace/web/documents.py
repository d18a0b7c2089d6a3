"""Documents as downloads: written to a file rather than memory, in the requested language."""

from collections.abc import Callable
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO, cast
from uuid import UUID

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.http import content_disposition_header

from marketplace.core.errors import NotFound
from marketplace.payments.invoices.pdf import buyer_invoice_pdf
from marketplace.payments.invoices.queries import invoice_of_seller
from marketplace.payouts.statements import lines as statements
from marketplace.payouts.statements.files import XLSX, statement_csv, statement_xlsx
from marketplace.payouts.statements.pdf import parts_of, statement_pdf
from marketplace.web.numbers import whole_number
from vendors.models import Cooperative
from vendors.scoping import Scope

PDF = "application/pdf"
CSV = "text/csv; charset=utf-8"
IN_MEMORY = 1_000_000


def language_of(request: HttpRequest) -> str:
    """The language of ``?language=``, or the page's."""
    asked = request.GET.get("language", "")
    if asked in dict(settings.LANGUAGES):
        return asked
    return translation.get_language() or settings.BASE_LANGUAGE


def as_file(
    write: Callable[[IO[bytes]], None], name: str, kind: str, *, language: str
) -> HttpResponseBase:
    """A download that ``write`` fills, its texts in a language; no copy is kept."""
    target = cast("IO[bytes]", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 -- sent
    with translation.override(language):
        write(target)
    is_small = target.tell() <= IN_MEMORY
    target.seek(0)
    response: HttpResponseBase
    if is_small:
        with target:
            response = HttpResponse(target.read(), content_type=kind)
        response["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    else:
        response = FileResponse(target, as_attachment=True, filename=name, content_type=kind)
    response["Cache-Control"] = "no-store"
    return response


def buyer_invoice_file(request: HttpRequest, scope: Scope, document_id: UUID) -> HttpResponseBase:
    """The document that a cooperative gave a buyer; raises NotFound for another scope's."""
    invoice, order = invoice_of_seller(scope, document_id)
    return as_file(
        lambda target: buyer_invoice_pdf(target, invoice, order),
        f"{invoice.number}.pdf",
        PDF,
        language=language_of(request),
    )


def statement_file(
    request: HttpRequest, cooperative: Cooperative, month: date, ending: str
) -> HttpResponseBase:
    """A month's statement as PDF, XLSX or CSV; raises NotFound for a part that does not exist."""
    language, scope = language_of(request), cooperative.scope
    found = statements.statements(scope, month)
    name = f"{cooperative.slug}-{month:%Y-%m}-{language}"
    if ending != "pdf":
        kind, write = {"csv": (CSV, statement_csv), "xlsx": (XLSX, statement_xlsx)}[ending]
        return as_file(
            lambda target: write(target, scope, found), f"{name}.{ending}", kind, language=language
        )
    part, count = _part(request), parts_of(cooperative, found)
    if not 1 <= part <= count:
        raise NotFound
    name += f"-{part}" if count > 1 else ""
    return as_file(
        lambda target: statement_pdf(target, cooperative, month, found, part=part),
        f"{name}.pdf",
        PDF,
        language=language,
    )


def month_of(year: int, month: int) -> date:
    """The month of an address; raises NotFound for an invalid or a future one."""
    try:
        day = date(year, month, 1)
    except ValueError as error:
        raise NotFound from error
    if day > timezone.localdate():
        raise NotFound
    return day


def _part(request: HttpRequest) -> int:
    return whole_number(request.GET.get("part", "1")) or 0
