"""Files of products of one cooperative."""

from uuid import UUID

from django.core.paginator import Page, Paginator

from catalog.models import ProductFile
from marketplace.core.errors import NotFound
from vendors.scoping import Scope

PAGE_SIZE = 25


def product_files(scope: Scope, *, page: int | str = 1) -> Page[ProductFile]:
    """What was sent, the newest first, 25 a page."""
    rows = ProductFile.objects.within(scope).select_related("sent_by", "job")
    rows = rows.defer("picture_members", "picture_problems")
    return Paginator(rows.order_by("-sent_at", "pk"), PAGE_SIZE).get_page(page)


def product_file(scope: Scope, file_id: UUID) -> ProductFile:
    """One of them; raises NotFound for another cooperative's."""
    rows = ProductFile.objects.within(scope)
    found: ProductFile | None = (
        rows.select_related("cooperative__programme", "sent_by", "job").filter(pk=file_id).first()
    )
    if found is None:
        raise NotFound
    return found


def locked_file(file: ProductFile) -> ProductFile:
    """The file as it is now, for this transaction alone."""
    rows = ProductFile.objects.within(file.cooperative.scope).select_for_update(of=("self",))
    found: ProductFile = rows.select_related("job").get(pk=file.pk)
    return found
