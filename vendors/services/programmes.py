"""Use cases of programmes, the public bodies that support a group of cooperatives."""

from collections.abc import Mapping, Sequence

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from vendors.models import Programme


@transaction.atomic
def create_programme(
    *,
    slug: str,
    names: Mapping[str, str],
    legal_payer: str,
    country_codes: Sequence[str],
    base_currency: str,
    time_zone: str = "Africa/Casablanca",
    languages: Sequence[str] = ("ar", "fr"),
    legal_payer_tax_id: str = "",
    debtor_account: str = "",
    debtor_bic: str = "",
    by: Actor,
) -> Programme:
    """Create a programme; ``names`` by language (ar, fr, en).

    Payouts are made from ``debtor_account``.
    """
    programme = Programme.objects.create(
        slug=slug,
        name_ar=names["ar"],
        name_fr=names["fr"],
        name_en=names["en"],
        legal_payer=legal_payer,
        legal_payer_tax_id=legal_payer_tax_id,
        country_codes=list(country_codes),
        base_currency=base_currency,
        time_zone=time_zone,
        languages=list(languages),
        debtor_account=debtor_account,
        debtor_bic=debtor_bic,
    )
    audit.record("programme.created", programme, by=by, slug=slug)
    return programme
