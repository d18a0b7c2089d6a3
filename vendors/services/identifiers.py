"""Use cases of legal identifiers of a programme's payer and of cooperatives."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from marketplace.core import audit
from marketplace.core.actors import Actor
from vendors.legal_mentions import VAT_EXEMPTION
from vendors.models import Cooperative, PayerIdentifier, Programme, SellerIdentifier
from vendors.vat_exemptions import code_of, in_own_words


@transaction.atomic
def set_payer_identifier(
    *,
    programme: Programme,
    kind: str,
    value: str,
    valid_from: date,
    source: str,
    texts: Mapping[str, str] | None = None,
    by: Actor,
) -> PayerIdentifier:
    """Set an identifier of the payer from a day on; documents issued before keep theirs.

    Why no VAT is charged is a code of ``vat_exemptions``, or own words: ``texts`` by language.
    """
    if kind == VAT_EXEMPTION:
        value = code_of(value) or value
    _end_before(PayerIdentifier.objects.filter(programme=programme, kind=kind), valid_from)
    row = PayerIdentifier.objects.create(
        programme=programme,
        kind=kind,
        value=value,
        texts=_own_words(kind, value, texts),
        valid_from=valid_from,
        source=source,
    )
    audit.record("programme.identifier_set", programme, by=by, kind=kind, value=value)
    return row


@transaction.atomic
def set_seller_identifier(
    *, cooperative: Cooperative, kind: str, value: str, valid_from: date, source: str, by: Actor
) -> SellerIdentifier:
    """Set an identifier of a cooperative from a day on; documents issued before keep theirs."""
    _end_before(SellerIdentifier.objects.within(cooperative.scope).filter(kind=kind), valid_from)
    row = SellerIdentifier.objects.create(
        cooperative=cooperative, kind=kind, value=value, valid_from=valid_from, source=source
    )
    audit.record("cooperative.identifier_set", cooperative, by=by, kind=kind, value=value)
    return row


def _own_words(kind: str, value: str, texts: Mapping[str, str] | None) -> dict[str, str]:
    if kind != VAT_EXEMPTION or code_of(value) == value:
        return {}
    return dict(texts or in_own_words(value))


def _end_before(rows: QuerySet[Any], valid_from: date) -> None:
    rows.filter(valid_from__gte=valid_from).delete()
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
