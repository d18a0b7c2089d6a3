"""Use case: a receipt or an invoice is kept with a sale."""

from hashlib import sha256
from io import BytesIO
from uuid import UUID

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.private_files import save_private
from marketplace.direct_sales.errors import AlreadyCancelled, TooManyDocuments
from marketplace.direct_sales.models import DirectSale, DirectSaleDocument
from marketplace.direct_sales.services.changing import locked_sale
from marketplace.direct_sales.wanted import limit
from vendors.admission.document_files import DocumentFile
from vendors.scoping import Scope
from vendors.two_persons import user_id


@transaction.atomic
def add_document(*, scope: Scope, sale_id: UUID, document: DocumentFile, by: Actor) -> None:
    """Keep a document; the same file is kept once.

    Raises SaleNotFound, AlreadyCancelled, TooManyDocuments, OSError.
    """
    sale = locked_sale(scope, sale_id)
    if sale.is_cancelled:
        raise AlreadyCancelled
    keep_document(sale, document, by)


def keep_document(sale: DirectSale, document: DocumentFile, by: Actor) -> None:
    """Keep it with a sale that is locked or new; raises TooManyDocuments, OSError."""
    digest = sha256(document.content).hexdigest()
    if sale.documents.filter(digest=digest).exists():
        return
    most = limit("documents")
    if sale.documents.count() >= most:
        raise TooManyDocuments(most=most)
    row = DirectSaleDocument.objects.create(
        sale=sale,
        content_type=document.content_type,
        size=len(document.content),
        digest=digest,
        added_by_id=user_id(by),
    )
    save_private(row.stored_at, BytesIO(document.content))
    audit.record("direct_sale.document_added", sale, by=by, document=str(row.pk))
