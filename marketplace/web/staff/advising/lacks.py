"""What a cooperative lacks at a glance: admission, products, stock, orders, documents."""

from typing import Any

from django.db.models import (
    Case,
    Count,
    Exists,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from catalog.models import ListingPage
from marketplace.orders.models import VendorOrder, VendorOrderState
from marketplace.web.staff.access import StaffAccess
from marketplace.web.staff.attention import document_ends_soon
from vendors import queries
from vendors.admission.queries import with_admission
from vendors.models import AdmissionState, CooperativeDocument

WAITING = (VendorOrderState.PLACED, VendorOrderState.CONFIRMED, VendorOrderState.PART_SHIPPED)


class Lack(TextChoices):
    """One thing that an adviser looks after."""

    ADMISSION = "admission", _("admission not finished")
    LISTING = "listing", _("no product in the shop")
    STOCK = "stock", _("nothing in stock")
    ORDERS = "orders", _("orders waiting")
    DOCUMENT = "document", _("document expired or expiring")
    SELLING = "selling", _("not ready to sell")


def advised_rows(access: StaffAccess) -> QuerySet[Any]:
    """The cooperatives of the scope, each with what it lacks and its last visit."""
    today = access.today
    rows = with_admission(queries.with_gaps(queries.cooperative_rows(access.scope), today))
    shown = ListingPage.objects.filter(cooperative_id=OuterRef("pk"), is_published=True)
    orders = VendorOrder.objects.filter(cooperative=OuterRef("pk"), state__in=WAITING).order_by()
    until = document_ends_soon(today)
    files = CooperativeDocument.objects.filter(cooperative=OuterRef("pk"), expires_on__lt=until)
    counted = orders.values("cooperative").annotate(n=Count("pk")).values("n")
    rows = rows.annotate(
        orders_waiting=Coalesce(Subquery(counted), 0, output_field=IntegerField()),
        is_admission_open=Q(admission_state__isnull=False)
        & ~Q(admission_state=AdmissionState.APPROVED),
        lacks_listing=~Exists(shown),
        lacks_stock=Exists(shown) & ~Exists(shown.filter(quantity_available__gt=0)),
        has_expiring=Exists(files),
        is_unready=queries.any_of(list(queries.Gap)),
    )
    visited = queries.with_last_visit(rows.annotate(lack_count=_count()))
    found: QuerySet[Any] = visited.annotate(is_step_late=Q(next_step_on__lt=today))
    return found


def lacks_of(row: Any) -> list[str]:
    """What a row of ``advised_rows`` lacks, in the reader's language."""
    found = [str(lack.label) for lack, column in _COLUMNS.items() if getattr(row, column)]
    found += [str(gap.label) for gap in queries.gaps_of(row)]
    if row.orders_waiting:
        n = row.orders_waiting
        found.insert(0, ngettext("%(n)s order waiting", "%(n)s orders waiting", n) % {"n": n})
    return found


def lacking(lack: str) -> Any:
    """A filter of rows of ``advised_rows`` by one thing."""
    return lambda rows: rows.filter(CONDITIONS[Lack(lack)])


CONDITIONS: dict[str, Q] = {
    Lack.ADMISSION: Q(is_admission_open=True),
    Lack.LISTING: Q(lacks_listing=True),
    Lack.STOCK: Q(lacks_stock=True),
    Lack.ORDERS: Q(orders_waiting__gt=0),
    Lack.DOCUMENT: Q(has_expiring=True),
    Lack.SELLING: Q(is_unready=True),
}
_COLUMNS = {
    Lack.ADMISSION: "is_admission_open",
    Lack.LISTING: "lacks_listing",
    Lack.STOCK: "lacks_stock",
    Lack.DOCUMENT: "has_expiring",
}


def _count() -> Any:
    """How many of these things are missing."""
    ones = [
        Case(When(condition, then=Value(1)), default=Value(0), output_field=IntegerField())
        for condition in CONDITIONS.values()
    ]
    total: Any = ones[0]
    for one in ones[1:]:
        total = total + one
    return total
