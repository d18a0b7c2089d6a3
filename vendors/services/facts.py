"""Use cases of dated facts of a cooperative: enrolment, quality marks, tax status."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.phones import read_phone
from vendors.models import Certification, Cooperative, Enrolment, TaxStatus
from vendors.two_persons import user_id


@transaction.atomic
def enrol(
    *,
    cooperative: Cooperative,
    phase: int,
    from_on: date,
    adviser_name: str = "",
    adviser_phone: str = "",
    by: Actor,
) -> Enrolment:
    """Start a phase of a programme; the phase before it ends on that day.

    Raises BadPhoneNumber.
    """
    earlier = Enrolment.objects.within(cooperative.scope).filter(to_on__isnull=True)
    earlier.update(to_on=from_on)
    enrolment = Enrolment.objects.create(
        programme_id=cooperative.programme_id,
        cooperative=cooperative,
        phase=phase,
        from_on=from_on,
        adviser_name=adviser_name,
        adviser_phone=read_phone(adviser_phone, cooperative.country_code),
    )
    audit.record("cooperative.enrolled", cooperative, by=by, phase=phase, on=from_on.isoformat())
    return enrolment


@transaction.atomic
def add_certification(
    *,
    cooperative: Cooperative,
    mark: str,
    name: str,
    valid_from: date,
    valid_to: date | None = None,
    number: str = "",
    by: Actor,
) -> Certification:
    """Add a quality mark; buyers see it once it is verified and while it is valid."""
    certification = Certification.objects.create(
        cooperative=cooperative,
        mark=mark,
        name=name,
        number=number,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    audit.record("certification.added", cooperative, by=by, mark=mark, name=name)
    return certification


@transaction.atomic
def verify_certification(*, certification: Certification, by: Actor) -> Certification:
    """Record that staff have seen the certificate."""
    certification.verified_by_id = user_id(by)
    certification.verified_at = timezone.now()
    certification.save(update_fields=["verified_by", "verified_at"])
    audit.record("certification.verified", certification, by=by, mark=certification.mark)
    return certification


# long: an argument a line
@transaction.atomic
def set_tax_status(
    *,
    cooperative: Cooperative,
    vat_registered: bool,
    vat_rate_bp: int = 0,
    exemption_code: str = "",
    exemption_texts: Mapping[str, str] | None = None,
    valid_from: date,
    source: str,
    by: Actor,
) -> TaxStatus:
    """Set whether a cooperative charges VAT from a day on (in basis points: 2000 = 20 %).

    Why it does not is a code of ``vat_exemptions``, or own words by language. ``source`` is the
    legal rule or document; the previous status ends on that day.
    """
    known = TaxStatus.objects.within(cooperative.scope)
    known.filter(valid_from__gte=valid_from).delete()
    known.filter(valid_to__isnull=True).update(valid_to=valid_from)
    status = TaxStatus.objects.create(
        cooperative=cooperative,
        vat_registered=vat_registered,
        vat_rate_bp=vat_rate_bp if vat_registered else 0,
        exemption_code=exemption_code,
        exemption_texts=dict(exemption_texts or {}),
        valid_from=valid_from,
        source=source,
    )
    audit.record(
        "cooperative.tax_status_set",
        cooperative,
        by=by,
        vat_rate_bp=status.vat_rate_bp,
        valid_from=valid_from.isoformat(),
    )
    return status
