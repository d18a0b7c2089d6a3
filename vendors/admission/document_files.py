"""What may be handed in as a document: a PDF file, or a photograph that was decoded and is a JPEG.

The type is what the bytes say, never the name. A PDF that does not begin as one (a page or an
archive with a PDF inside), or that runs programs or carries files, is refused.
"""

import re
from dataclasses import dataclass

from vendors.admission.errors import DocumentRefused, DocumentTooLarge

LARGEST_BYTES = 10 * 1024 * 1024
PDF, JPEG = "application/pdf", "image/jpeg"
_PDF_BEGINS, _PDF_ENDS = b"%PDF-", b"%%EOF"
_JPEG_BEGINS = b"\xff\xd8\xff"
# How far from its end a PDF says so, and what stands after that in no PDF that a scanner writes.
_TAIL = 1024
_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|RichMedia|XFA|OpenAction|AA)\b"
)
_FOREIGN = re.compile(rb"<\s*(script|html|svg|\?php|!doctype)|PK\x03\x04", re.IGNORECASE)
_HEAD = 2048


@dataclass(frozen=True)
class DocumentFile:
    """A file that may be kept, and its type."""

    content: bytes
    content_type: str


def is_pdf(content: bytes) -> bool:
    """Whether the bytes begin as a PDF does."""
    return content.startswith(_PDF_BEGINS)


def pdf_file(content: bytes) -> DocumentFile:
    """A PDF as it is. Raises DocumentTooLarge, DocumentRefused."""
    if len(content) > LARGEST_BYTES:
        raise DocumentTooLarge
    end = content.rfind(_PDF_ENDS)
    has_end = end >= 0 and len(content) - end <= _TAIL
    ends_plainly = has_end and not content[end + len(_PDF_ENDS) :].strip()
    is_foreign = _FOREIGN.search(content[:_HEAD]) or _FOREIGN.search(content[-_HEAD:])
    if not is_pdf(content) or not ends_plainly or is_foreign or _ACTIVE.search(content):
        raise DocumentRefused
    return DocumentFile(content, PDF)


def jpeg_file(decoded: bytes) -> DocumentFile:
    """A photograph that our decoder has written anew. Raises DocumentRefused."""
    if not decoded.startswith(_JPEG_BEGINS):
        raise DocumentRefused
    return DocumentFile(decoded, JPEG)
