"""Mapping between our ids and the engine's.

Objects known by a slug (channels, categories, attributes, types) have an id of ours derived from
the slug, so that it is the same on every machine (``of_slug``).
"""

from collections.abc import Iterable, Sequence
from uuid import UUID, uuid4, uuid5

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from marketplace.saleor import instances
from marketplace.saleor.errors import UnknownId
from marketplace.saleor.models import IdMapping

NAMESPACE = UUID("6f1d8d52-6b0c-5c3e-9d3a-2f7a2c1b9e10")

PRODUCT = "product"
VARIANT = "variant"
MEDIA = "media"
ORDER = "order"
ORDER_LINE = "order_line"
FULFILLMENT = "fulfillment"
CHECKOUT = "checkout"
TRANSACTION = "transaction"
PAGE = "page"
WAREHOUSE = "warehouse"
CHANNEL = "channel"
CATEGORY = "category"
ATTRIBUTE = "attribute"
PRODUCT_TYPE = "product_type"
PAGE_TYPE = "page_type"
SHIPPING_ZONE = "shipping_zone"
SHIPPING_METHOD = "shipping_method"
TAX_CLASS = "tax_class"
VOUCHER = "voucher"


def of_slug(kind: str, slug: str) -> UUID:
    """Our id of an object known by its slug."""
    return uuid5(NAMESPACE, f"{kind}:{slug}")


def link(kind: str, our_id: UUID, global_id: str) -> None:
    """Map our id to the engine's; earlier mappings of either are removed."""
    if find_global_id(kind, our_id) == global_id:
        return
    with transaction.atomic():
        _known(kind).filter(global_id=global_id).exclude(our_id=our_id).delete()
        IdMapping.objects.update_or_create(
            instance=instances.current(),
            kind=kind,
            our_id=our_id,
            defaults={"global_id": global_id},
        )


def link_many(kind: str, pairs: Iterable[tuple[UUID, str]]) -> None:
    """Map many new pairs at once (an import); known pairs are skipped."""
    instance = instances.current()
    IdMapping.objects.bulk_create(
        (IdMapping(instance=instance, kind=kind, our_id=o, global_id=g) for o, g in pairs),
        ignore_conflicts=True,
        batch_size=1000,
    )


def relink_many(kind: str, pairs: Sequence[tuple[UUID, str]]) -> None:
    """As ``link`` for many pairs at once; earlier mappings are removed."""
    ours, theirs = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    with transaction.atomic():
        _known(kind).filter(Q(our_id__in=ours) | Q(global_id__in=theirs)).delete()
        link_many(kind, pairs)


def unlink(kind: str, our_id: UUID) -> None:
    """Remove the mapping of an object that the engine no longer has."""
    _known(kind).filter(our_id=our_id).delete()


def global_id(kind: str, our_id: UUID) -> str:
    """The engine's id; raises UnknownId without a mapping."""
    found = find_global_id(kind, our_id)
    if found is None:
        raise UnknownId(kind, our_id)
    return found


def find_global_id(kind: str, our_id: UUID) -> str | None:
    """The engine's id, or None."""
    return _known(kind).filter(our_id=our_id).values_list("global_id", flat=True).first()


def our_id(kind: str, global_id: str) -> UUID | None:
    """Our id, or None without a mapping."""
    return _known(kind).filter(global_id=global_id).values_list("our_id", flat=True).first()


def our_id_or_new(kind: str, global_id: str) -> UUID:
    """Our id; without a mapping a new one is created and recorded."""
    found = our_id(kind, global_id)
    if found is not None:
        return found
    try:
        with transaction.atomic():
            new = IdMapping.objects.create(
                instance=instances.current(), kind=kind, our_id=uuid4(), global_id=global_id
            )
    except IntegrityError:
        # Another process recorded it first.
        return _known(kind).get(global_id=global_id).our_id
    return new.our_id


def global_ids(kind: str, ids: Iterable[UUID]) -> dict[UUID, str]:
    """The engine's ids of many of ours; those without a mapping are left out."""
    return dict(_known(kind).filter(our_id__in=set(ids)).values_list("our_id", "global_id"))


def our_ids(kind: str, global_ids: Iterable[str]) -> dict[str, UUID]:
    """Our ids of many of the engine's; those without a mapping are left out."""
    found = _known(kind).filter(global_id__in=set(global_ids))
    return dict(found.values_list("global_id", "our_id"))


def _known(kind: str) -> QuerySet[IdMapping]:
    return IdMapping.objects.filter(instance__api_url=instances.api_url(), kind=kind)
