"""Use cases of the checklist: each item is saved by itself, while it is the cooperative's turn."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.postal_addresses import BadAddress, read_address
from marketplace.core.versions import require_version
from vendors import geography
from vendors.admission.checklist import legal_kinds, pickup_address
from vendors.admission.errors import BadFacts
from vendors.admission.legal_numbers import BadLegalNumber, read_legal_number
from vendors.admission.queries import members_by_age
from vendors.admission.steps import lock
from vendors.models import FILLABLE, Cooperative, MembersByAge
from vendors.queries.facts import seller_identifiers
from vendors.services.identifiers import set_seller_identifier

IDENTITY = ("legal_name", "legal_name_latin", "kind", "sector", "founded_year")
PLACE = ("commune_code", "place_name", "place_name_ar", "address_line", "postal_code", "is_rural")
EARLIEST_YEAR = 1900
SOURCE = "entered by the cooperative at its admission"


def identity_of(cooperative: Cooperative) -> dict[str, Any]:
    """What ``write_identity`` changes, by field; the numbers under their kind."""
    known = seller_identifiers(cooperative.pk, timezone.localdate())
    kinds = [rule.kind for rule, _needed in legal_kinds(cooperative.country_code)]
    facts = {name: getattr(cooperative, name) for name in IDENTITY}
    return facts | {kind: known.get(kind, "") for kind in kinds}


def place_of(cooperative: Cooperative) -> dict[str, Any]:
    """What ``write_place`` changes, by field."""
    return {name: getattr(cooperative, name) for name in PLACE}


@transaction.atomic
def write_identity(
    *, cooperative: Cooperative, facts: Mapping[str, Any], by: Actor, version: str | None = None
) -> Cooperative:
    """Save who the cooperative is by law: ``facts`` as ``identity_of`` names them.

    What is empty is asked again. Raises BadFacts, NotYourTurn, ChangedMeanwhile.
    """
    own = lock(cooperative, *FILLABLE).cooperative
    require_version(version, identity_of(own))
    numbers = _legal_numbers(own.country_code, facts)
    year = facts.get("founded_year")
    if year and not EARLIEST_YEAR <= year <= timezone.localdate().year:
        raise BadFacts({"founded_year": _("Enter a year between 1900 and today.")})
    for name in IDENTITY:
        setattr(own, name, facts[name])
    own.save(update_fields=list(IDENTITY))
    known, today = seller_identifiers(own.pk, timezone.localdate()), timezone.localdate()
    for kind, value in numbers.items():
        if value and value != known.get(kind, ""):
            _set_number(own, kind, value, today, by)
    audit.record("admission.identity_written", own, by=by)
    return own


@transaction.atomic
def write_place(
    *, cooperative: Cooperative, facts: Mapping[str, Any], by: Actor, version: str | None = None
) -> Cooperative:
    """Save where the cooperative is: a commune gives its region, name and whether it is rural.

    ``facts`` as ``place_of`` names them. Raises BadFacts, NotYourTurn, ChangedMeanwhile.
    """
    own = lock(cooperative, *FILLABLE).cooperative
    require_version(version, place_of(own))
    for name in PLACE:
        setattr(own, name, facts[name])
    _place_in_commune(own)
    own.postal_code = _checked_postal_code(own)
    own.save(update_fields=list(PLACE))
    audit.record("admission.place_written", own, by=by)
    return own


@transaction.atomic
def write_members(
    *,
    cooperative: Cooperative,
    counts: Mapping[str, tuple[int, int]],
    by: Actor,
    version: str | None = None,
) -> Cooperative:
    """Save how many women and men of each age band are members; their sums follow.

    Raises BadFacts for nobody, NotYourTurn, ChangedMeanwhile.
    """
    own = lock(cooperative, *FILLABLE).cooperative
    require_version(version, members_by_age(own))
    women = sum(pair[0] for pair in counts.values())
    total = women + sum(pair[1] for pair in counts.values())
    if not total:
        raise BadFacts({"": _("Enter at least one member.")})
    rows = MembersByAge.objects.within(own.scope)
    for band, (of_women, of_men) in counts.items():
        rows.update_or_create(
            cooperative=own, age_band=band, defaults={"women": of_women, "men": of_men}
        )
    own.member_count, own.women_count = total, women
    own.save(update_fields=["member_count", "women_count"])
    audit.record("admission.members_written", own, by=by)
    return own


def _legal_numbers(country: str, facts: Mapping[str, Any]) -> dict[str, str]:
    found, wrong = {}, {}
    for rule, _needed in legal_kinds(country):
        try:
            found[rule.kind] = read_legal_number(country, rule.kind, facts.get(rule.kind, ""))
        except BadLegalNumber as refused:
            wrong[rule.kind] = str(refused)
    if wrong:
        raise BadFacts(wrong)
    return found


def _set_number(own: Cooperative, kind: str, value: str, day: date, by: Actor) -> None:
    set_seller_identifier(
        cooperative=own, kind=kind, value=value, valid_from=day, source=SOURCE, by=by
    )


def _place_in_commune(own: Cooperative) -> None:
    """A commune names the place and says whether it is rural; one of another region is refused."""
    if not own.commune_code:
        return
    found = geography.commune(own.commune_code)
    if found is None or found.region != own.region_code:
        raise BadFacts({"commune_code": _("Choose a commune of your region from the list.")})
    own.is_rural = found.is_rural
    own.place_name = own.place_name or found.name_fr
    own.place_name_ar = own.place_name_ar or found.name_ar


def _checked_postal_code(own: Cooperative) -> str:
    """The postal code as the post writes it, once there is an address; raises BadFacts."""
    if not own.address_line or not own.place_name:
        return own.postal_code
    try:
        return read_address(pickup_address(own)).postal_code
    except BadAddress as refused:
        ours = {"line1": "address_line", "city": "place_name"}
        raise BadFacts(
            {ours.get(name, name): why for name, why in refused.errors.items()}
        ) from refused
