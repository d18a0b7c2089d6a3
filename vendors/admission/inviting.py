"""Use cases of an invitation: the cooperative begins as a draft, its first manager gets a link."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.phones import read_phone
from marketplace.core.text_senders import reaches_phones
from vendors import geography
from vendors.admission.errors import AlreadyRegistered, NoReach, NoTextMessages
from vendors.admission.phone_links import want_phone_link
from vendors.admission.queries import is_registered
from vendors.admission.steps import take_step
from vendors.errors import UnknownRegion
from vendors.models import (
    Admission,
    Cooperative,
    MemberRole,
    Programme,
    StaffGrant,
    StaffRole,
    StepKind,
    TextState,
)
from vendors.proven_addresses import has_proven_address
from vendors.scoping import Crossing, ProgrammeScope
from vendors.services.accounts import owner_of
from vendors.services.grants import grant_role
from vendors.services.invitations import Invited, invite_member, offer_adviser_role
from vendors.two_persons import user_id

SHORT_NAME = 70


@dataclass(frozen=True, kw_only=True)
class Adviser:
    """Who advises the cooperative: shown to it, and attached to it if there is an address."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class InvitedCooperative:
    """What staff know of a cooperative that they invite; the rest is its own to fill in."""

    legal_name: str
    legal_name_latin: str = ""
    region_code: str
    sector: str = ""
    kind: str = ""
    # The person who fills it in, reached by mail or else by a text message.
    name: str
    email: str = ""
    phone: str = ""
    language: str
    phase: int | None = None
    tranche: str = ""
    adviser: Adviser = Adviser()


@transaction.atomic
def invite_cooperative(
    *, programme: Programme, invited: InvitedCooperative, by: Actor, may_grant: bool = False
) -> Admission:
    """Begin a cooperative as a draft, and send its first manager a link.

    With an adviser's address the adviser is attached too, if who invites ``may_grant`` roles.
    Raises UnknownRegion, AlreadyRegistered, NoReach, NoTextMessages, BadPhoneNumber.
    """
    # One at a time, so that two clicks invite once.
    Programme.objects.select_for_update().get(pk=programme.pk)
    require_invitable(programme, invited)
    admission = begin(programme=programme, invited=invited, kind=StepKind.INVITED, by=by)
    own = admission.cooperative
    if invited.email:
        person = Invited(invited.email, invited.name, invited.language)
        invite_member(cooperative=own, invited=person, role=MemberRole.MANAGER, by=by)
    else:
        want_phone_link(admission)
    if invited.adviser.email and may_grant:
        _attach(own, invited.adviser, invited.language, by)
    return admission


def begin(*, programme: Programme, invited: InvitedCooperative, kind: str, by: Actor) -> Admission:
    """The draft and its admission, of an invitation or an application; inside a transaction.

    Raises UnknownRegion, BadPhoneNumber.
    """
    country = _country_of(programme, invited.region_code)
    phone = read_phone(invited.phone, country)
    own = _draft(programme, invited, country, phone, by)
    admission = Admission.objects.create(
        cooperative=own,
        has_applied=kind == StepKind.APPLIED,
        name=invited.name,
        email=invited.email,
        phone=phone,
        language=invited.language,
        phase=invited.phase,
        tranche=invited.tranche,
        adviser_name=invited.adviser.name,
        adviser_phone=read_phone(invited.adviser.phone, country),
        begun_by_id=user_id(by),
        text_state=TextState.NONE,
    )
    take_step(admission, kind, by=by)
    return admission


def require_invitable(programme: Programme, invited: InvitedCooperative) -> None:
    """Raise what would refuse the invitation, without making one."""
    _country_of(programme, invited.region_code)
    if not invited.email and not invited.phone:
        raise NoReach
    if not invited.email and not reaches_phones():
        raise NoTextMessages
    scope = ProgrammeScope(programme.pk)
    names = (invited.legal_name, invited.legal_name_latin)
    if is_registered(scope, invited.region_code, *names):
        raise AlreadyRegistered


def _country_of(programme: Programme, region_code: str) -> str:
    country = geography.country_of(region_code)
    if country not in programme.country_codes or geography.region(region_code) is None:
        raise UnknownRegion(code=region_code)
    return country


def _draft(
    programme: Programme, invited: InvitedCooperative, country: str, phone: str, by: Actor
) -> Cooperative:
    own = Cooperative.objects.create(
        programme=programme,
        slug=_free_slug(invited),
        legal_name=invited.legal_name,
        legal_name_latin=invited.legal_name_latin,
        kind=invited.kind,
        sector=invited.sector,
        country_code=country,
        region_code=invited.region_code,
        payout_currency=programme.base_currency,
        phone=phone,
        email=invited.email,
    )
    audit.record("cooperative.invited", own, by=by, slug=own.slug)
    return own


def _free_slug(invited: InvitedCooperative) -> str:
    """An address of its own, of the Latin name; it holds when the name is corrected."""
    wanted = slugify(invited.legal_name_latin or invited.legal_name)[:SHORT_NAME].strip("-")
    base = wanted or f"cooperative-{slugify(invited.region_code)}"
    taken = set(
        Cooperative.objects.crossing(Crossing.POLICY)
        .filter(slug__startswith=base)
        .values_list("slug", flat=True)
    )
    if wanted and base not in taken:
        return base
    return next(f"{base}-{n}" for n in range(2, len(taken) + 3) if f"{base}-{n}" not in taken)


def _attach(own: Cooperative, adviser: Adviser, language: str, by: Actor) -> None:
    """Who advises in the programme already begins at once; anybody else accepts by a link."""
    owner, today = owner_of(adviser.email), timezone.localdate()
    known = StaffGrant.objects.filter(
        has_proven_address(), user=owner, programme=own.programme, role=StaffRole.ADVISER
    )
    if owner is not None and owner.is_active and known.exists():
        grant_role(
            programme=own.programme, user=owner, role=StaffRole.ADVISER, cooperative=own,
            from_on=today, by=by,
        )  # fmt: skip
        return
    person = Invited(adviser.email, adviser.name or adviser.email, language)
    offer_adviser_role(cooperative=own, invited=person, from_on=today, by=by)
