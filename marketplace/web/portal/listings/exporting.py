"""A cooperative's products as a table to download, which its import reads back."""

from collections.abc import Callable, Iterable
from tempfile import TemporaryFile
from typing import IO

from django.http import FileResponse, HttpRequest
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.export_files import write_csv, write_xlsx
from catalog.queries.own_products import OwnProduct, own_products
from marketplace.web.lists.files import CONTENT_TYPES
from marketplace.web.portal.access import MemberAccess, member_view

Writer = Callable[[Iterable[OwnProduct], IO[bytes]], None]


@member_view("listing:read")
@require_safe
def products_csv(_request: HttpRequest, access: MemberAccess) -> FileResponse:
    """All products as CSV."""
    return _file(access, "csv", write_csv)


@member_view("listing:read")
@require_safe
def products_xlsx(_request: HttpRequest, access: MemberAccess) -> FileResponse:
    """All products as a workbook."""
    return _file(access, "xlsx", write_xlsx)


def _file(access: MemberAccess, ending: str, write: Writer) -> FileResponse:
    """The file, kept on disk only while it is sent."""
    target = TemporaryFile()  # noqa: SIM115 -- the response closes it
    write(own_products(access.scope), target)
    target.seek(0)
    name = f"{access.cooperative.slug}-{timezone.localdate().isoformat()}.{ending}"
    response = FileResponse(
        target, as_attachment=True, filename=name, content_type=CONTENT_TYPES[ending]
    )
    response["Cache-Control"] = "no-store"
    return response
