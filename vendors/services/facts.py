"""Dated facts of a cooperative: phase, quality marks, tax status, bank account."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from vendors.bank_numbers import parse_bank_number
from vendors.errors import AlreadyConfirmed, SamePersonTwice
from vendors.models import BankAccount, Certification, Cooperative, Enrolment, TaxStatus
from vendors.services.people import user_id


@transaction.atomic
def enrol(
    *,
    cooperative: Cooperative,
    phase: int,
    from_on: date,
    coach_name: str = "",
    coach_phone: str = "",
    by: Actor,
) -> Enrolment:
    """Let a cooperative enter a phase of its programme; the phase before it ends that day."""
    earlier = Enrolment.objects.within(cooperative.scope).filter(to_on__isnull=True)
    earlier.update(to_on=from_on)
    enrolment = Enrolment.objects.create(
        programme_id=cooperative.programme_id,
        cooperative=cooperative,
        phase=phase,
        from_on=from_on,
        coach_name=coach_name,
        coach_phone=coach_phone,
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
    """Note a quality mark; buyers see it once it is verified, and while it is valid."""
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
    """A person of the programme has seen the certificate."""
    certification.verified_by_id = user_id(by)
    certification.verified_at = timezone.now()
    certification.save(update_fields=["verified_by", "verified_at"])
    audit.record("certification.verified", certification, by=by, mark=certification.mark)
    return certification


@transaction.atomic
def set_tax_status(
    *,
    cooperative: Cooperative,
    vat_registered: bool,
    vat_rate_bp: int = 0,
    exemption_mention: str = "",
    valid_from: date,
    source: str,
    by: Actor,
) -> TaxStatus:
    """Say whether a cooperative charges VAT from a day on (rate in basis points: 2000 = 20 %).

    ``source`` is the rule or paper behind it; the status before it ends that day.
    """
    known = TaxStatus.objects.within(cooperative.scope)
    known.filter(valid_from__gte=valid_from).delete()
    known.filter(valid_to__isnull=True).update(valid_to=valid_from)
    status = TaxStatus.objects.create(
        cooperative=cooperative,
        vat_registered=vat_registered,
        vat_rate_bp=vat_rate_bp if vat_registered else 0,
        exemption_mention=exemption_mention,
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


@transaction.atomic
def set_bank_account(
    *,
    cooperative: Cooperative,
    holder_name: str,
    number: str,
    country_code: str = "",
    bic: str = "",
    by: Actor,
) -> BankAccount:
    """Note where a cooperative is paid; nothing is paid there until another person confirms it.

    ``number`` is a RIB or an IBAN as typed; it is kept as an IBAN, encrypted. Raises
    InvalidBankNumber.
    """
    parsed = parse_bank_number(country_code or cooperative.country_code, number)
    now = timezone.now()
    current = BankAccount.objects.within(cooperative.scope).filter(replaced_at__isnull=True)
    current.update(replaced_at=now)
    account = BankAccount.objects.create(
        cooperative=cooperative,
        holder_name=holder_name,
        country_code=parsed.country,
        number=parsed.iban,
        last_digits=parsed.last_digits,
        bic=bic.upper(),
        valid_from=now,
        added_by_id=user_id(by),
    )
    audit.record("bank_account.set", cooperative, by=by, last_digits=parsed.last_digits)
    return account


@transaction.atomic
def confirm_bank_account(*, account: BankAccount, by: Actor) -> BankAccount:
    """A second person has compared the number with the bank's paper.

    Raises SamePersonTwice when whoever added it confirms it, or nobody by name; AlreadyConfirmed
    the second time.
    """
    if account.confirmed_at is not None:
        raise AlreadyConfirmed
    confirmer = user_id(by)
    if confirmer in {None, account.added_by_id}:
        raise SamePersonTwice
    account.confirmed_by_id = confirmer
    account.confirmed_at = timezone.now()
    account.save(update_fields=["confirmed_by", "confirmed_at"])
    audit.record(
        "bank_account.confirmed", account.cooperative, by=by, last_digits=account.last_digits
    )
    return account
