"""What pages read of buyers' papers."""

from collections.abc import Sequence
from uuid import UUID

from marketplace.core.errors import NotFound
from marketplace.orders.errors import LinkNotValid
from marketplace.orders.models import Order, VendorOrder
from marketplace.orders.queries import order_of_link
from marketplace.payments.models import BuyerPaper
from vendors.scoping import Crossing, Scope, ScopedQuerySet


def papers_of_order(order: Order) -> Sequence[BuyerPaper]:
    """All papers of a buyer's own order, oldest first."""
    return list(_of(order).select_related("cooperative").order_by("issued_at", "sequence"))


def paper_by_token(token: str, paper_id: UUID) -> tuple[BuyerPaper, Order]:
    """A paper of the link's own order; raises LinkNotValid for any other."""
    order = order_of_link(token)
    paper: BuyerPaper | None = _of(order).filter(pk=paper_id).first()
    if paper is None:
        raise LinkNotValid
    return paper, order


def papers_of_vendor_order(scope: Scope, vendor_order_id: UUID) -> Sequence[BuyerPaper]:
    """The papers of one vendor order, oldest first."""
    found = BuyerPaper.objects.within(scope).filter(vendor_order_id=vendor_order_id)
    return list(found.order_by("issued_at", "sequence"))


def paper_of_seller(scope: Scope, paper_id: UUID) -> tuple[BuyerPaper, Order]:
    """A paper of a scope with its order; raises NotFound."""
    paper: BuyerPaper | None = BuyerPaper.objects.within(scope).filter(pk=paper_id).first()
    if paper is None:
        raise NotFound
    part = VendorOrder.objects.within(scope).select_related("order").get(pk=paper.vendor_order_id)
    return paper, part.order


def _of(order: Order) -> ScopedQuerySet:
    parts = order.vendor_orders.crossing(Crossing.BUYER_ORDER).values("pk")
    papers = BuyerPaper.objects.crossing(Crossing.BUYER_ORDER)
    return papers.filter(vendor_order_id__in=parts)
