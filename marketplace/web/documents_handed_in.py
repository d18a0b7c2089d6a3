"""Documents of cooperatives on pages: read from an upload, and given back as a download."""

from itertools import chain
from typing import IO

from django.http import Http404, StreamingHttpResponse
from django.utils.http import content_disposition_header

from catalog.errors import PhotoRefused
from catalog.photo_files import safe_jpeg
from marketplace.core.private_files import read_private
from vendors.admission.document_files import (
    LARGEST_BYTES,
    DocumentFile,
    is_pdf,
    jpeg_file,
    pdf_file,
)
from vendors.admission.errors import DocumentRefused, DocumentTooLarge
from vendors.models import CooperativeDocument


def read_document(upload: IO[bytes]) -> DocumentFile:
    """A PDF, or a photograph decoded in a process of its own and written anew.

    Raises DocumentTooLarge, DocumentRefused.
    """
    size = getattr(upload, "size", 0) or 0
    if size > LARGEST_BYTES:
        raise DocumentTooLarge
    head = upload.read(LARGEST_BYTES + 1)
    if is_pdf(head):
        return pdf_file(head)
    upload.seek(0)
    try:
        return jpeg_file(safe_jpeg(upload))
    except PhotoRefused as refused:
        raise DocumentRefused from refused


def download(document: CooperativeDocument) -> StreamingHttpResponse:
    """The file for whoever may see it now, never shown inside the page; raises Http404."""
    name = f"{document.requirement.name_en}.{document.ending}"
    return download_file(document.stored_at, document.content_type, name)


def download_file(stored_at: str, content_type: str, name: str) -> StreamingHttpResponse:
    """An encrypted file of the storage, as a download of this name; raises Http404."""
    chunks = read_private(stored_at)
    try:
        first = next(chunks)
    except (OSError, StopIteration) as missing:
        raise Http404 from missing
    answer = StreamingHttpResponse(chain([first], chunks), content_type=content_type)
    answer["Content-Disposition"] = content_disposition_header(True, name)  # noqa: FBT003
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
