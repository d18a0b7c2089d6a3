"""Use cases of the turn: the cooperative submits; staff approve, return or refuse."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.vocabulary import written_in
from vendors.admission.checklist import is_complete
from vendors.admission.errors import ChecklistIncomplete, NotYourTurn
from vendors.admission.steps import lock, take_step
from vendors.errors import SamePersonTwice
from vendors.models import (
    FILLABLE,
    Admission,
    AdmissionState,
    AdmissionStep,
    Cooperative,
    CooperativeText,
    StepKind,
)
from vendors.queries.facts import tax_status_on
from vendors.services.cooperatives import publish_cooperative, write_texts
from vendors.services.facts import enrol, set_tax_status
from vendors.two_persons import user_id


@dataclass(frozen=True, kw_only=True)
class TaxChoice:
    """Whether a cooperative charges VAT, as staff read in its documents (rate in basis points)."""

    vat_rate_bp: int = 0
    exemption_code: str = ""
    source: str


@transaction.atomic
def submit(*, cooperative: Cooperative, by: Actor) -> Admission:
    """Hand the filled-in checklist to the staff. Raises ChecklistIncomplete, NotYourTurn."""
    admission = lock(cooperative, *FILLABLE)
    if not is_complete(admission.cooperative):
        raise ChecklistIncomplete
    return _move(admission, AdmissionState.SUBMITTED, StepKind.SUBMITTED, by=by)


@transaction.atomic
def return_admission(
    *, cooperative: Cooperative, text: str, remarks: Mapping[str, str], by: Actor
) -> Admission:
    """Give it back with remarks by field: the cooperative corrects and submits again.

    Raises NotYourTurn.
    """
    admission = lock(cooperative, AdmissionState.SUBMITTED)
    return _move(
        admission, AdmissionState.RETURNED, StepKind.RETURNED, by=by, text=text, remarks=remarks
    )


@transaction.atomic
def refuse_admission(*, cooperative: Cooperative, reason: str, by: Actor) -> Admission:
    """Refuse with a reason; it may be corrected and submitted again. Raises NotYourTurn.

    An application may be refused before it is submitted too.
    """
    admission = lock(cooperative, AdmissionState.SUBMITTED, AdmissionState.OPEN)
    if admission.state == AdmissionState.OPEN and not admission.has_applied:
        raise NotYourTurn
    return _move(admission, AdmissionState.REFUSED, StepKind.REFUSED, by=by, text=reason)


def approve_admission(
    *, cooperative: Cooperative, tax: TaxChoice | None = None, by: Actor
) -> Admission:
    """Approve, enrol in the phase, and publish the page.

    A page without a name in a language gets the legal one. Raises ChecklistIncomplete, NotYourTurn,
    and SamePersonTwice for who submitted it as an adviser.
    """
    admission = _approve(cooperative, tax, by)
    publish_cooperative(cooperative=admission.cooperative, by=by)
    return admission


@transaction.atomic
def _approve(cooperative: Cooperative, tax: TaxChoice | None, by: Actor) -> Admission:
    admission = lock(cooperative, AdmissionState.SUBMITTED)
    own = admission.cooperative
    if not is_complete(own):
        raise ChecklistIncomplete
    _require_another(own, by)
    today = timezone.localdate()
    if tax is not None and tax_status_on(own.pk, today) is None:
        set_tax_status(
            cooperative=own,
            vat_registered=bool(tax.vat_rate_bp),
            vat_rate_bp=tax.vat_rate_bp,
            exemption_code=tax.exemption_code,
            valid_from=today,
            source=tax.source,
            by=by,
        )
    if admission.phase is not None:
        enrol(
            cooperative=own,
            phase=admission.phase,
            from_on=today,
            adviser_name=admission.adviser_name,
            adviser_phone=admission.adviser_phone,
            by=by,
        )
    _name_the_page(own, by)
    return _move(admission, AdmissionState.APPROVED, StepKind.APPROVED, by=by)


def _require_another(own: Cooperative, by: Actor) -> None:
    """Raise SamePersonTwice for who submitted it in the cooperative's name."""
    rows = AdmissionStep.objects.within(own.scope).filter(kind=StepKind.SUBMITTED)
    last = rows.order_by("-at", "-pk").first()
    if last is not None and last.by_id is not None and last.by_id == user_id(by):
        raise SamePersonTwice


def _name_the_page(own: Cooperative, by: Actor) -> None:
    """The legal names where nobody has written a name: in the base language, and in Arabic."""
    written = set(CooperativeText.objects.within(own.scope).values_list("language", flat=True))
    names = {
        settings.BASE_LANGUAGE: own.legal_name_latin,
        written_in(own.legal_name): own.legal_name,
    }
    for language, name in names.items():
        if language not in written and name:
            write_texts(cooperative=own, language=language, name=name[:120], by=by)
            written.add(language)


def _move(admission: Admission, state: str, kind: str, *, by: Actor, **step: Any) -> Admission:
    admission.state = state
    admission.save(update_fields=["state"])
    take_step(admission, kind, by=by, **step)
    return admission
