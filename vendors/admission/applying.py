"""Use cases of an application: a stranger asks to sell, and proves their address by a link.

Nothing is kept before the link is opened: what was typed stands in the link itself, signed. Then
the cooperative begins as a draft with the same checklist as an invited one.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.actors import Actor
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.core.throttle import Use, require
from vendors.admission.checklist import REGISTER, legal_kinds
from vendors.admission.errors import ApplicationLinkNotValid
from vendors.admission.inviting import InvitedCooperative, begin, require_invitable
from vendors.models import (
    Admission,
    Invitation,
    MemberRole,
    Membership,
    Programme,
    StepKind,
)
from vendors.scoping import ProgrammeScope
from vendors.services.accepting import issue_token
from vendors.services.identifiers import set_seller_identifier
from vendors.services.invitations import Invited, invite_member

SALT = "application of a cooperative"
VALID_SECONDS = 2 * 24 * 3600
BY = Actor.system("application")
SOURCE = "entered at the application"


@dataclass(frozen=True, kw_only=True)
class Application:
    """What somebody says of their cooperative, before anybody has checked it."""

    programme: str
    legal_name: str
    legal_name_latin: str
    ice: str
    register_number: str
    sector: str
    region_code: str
    place_name: str
    name: str
    email: str
    phone: str
    language: str

    @property
    def invited(self) -> InvitedCooperative:
        """The same as an invitation, of which the person is the first manager."""
        return InvitedCooperative(
            legal_name=self.legal_name,
            legal_name_latin=self.legal_name_latin,
            region_code=self.region_code,
            sector=self.sector,
            name=self.name,
            email=self.email,
            phone=self.phone,
            language=self.language,
        )


def mail_application_link(
    *, application: Application, address_of: Callable[[str], str], seen_from: str, market: str
) -> None:
    """Mail the link that proves the address; nothing is kept yet.

    Raises AlreadyRegistered, UnknownRegion, TooSoon and MailServerUnavailable.
    """
    programme = programme_of(application)
    require_invitable(programme, application.invited)
    require(
        Use("application_address", seen_from),
        Use("application_contact", application.email.casefold()),
        Use("application_programme", programme.slug),
    )
    token = signing.dumps(asdict(application), salt=SALT, compress=True)
    with speaking(application.language, market):
        facts = {
            "cooperative": application.legal_name,
            "programme": programme.name_in(application.language),
            "link": address_of(token),
        }
        body = _(
            "You ask %(programme)s to open a shop for %(cooperative)s. Open this link to confirm "
            "it, within two days:\n\n%(link)s\n\nIf you have not asked for it, ignore this "
            "e-mail: nothing happens."
        )
        send_mail(
            subject=_("Confirm your application"),
            text=body % facts,
            to=application.email,
            language=application.language,
        )


def open_application(token: str) -> Application:
    """What a link holds; raises ApplicationLinkNotValid."""
    try:
        return Application(**signing.loads(token, salt=SALT, max_age=VALID_SECONDS))
    except (signing.BadSignature, TypeError) as refused:
        raise ApplicationLinkNotValid from refused


def programme_of(application: Application) -> Programme:
    """The programme that is asked; raises ApplicationLinkNotValid when it is there no more."""
    found = Programme.objects.filter(slug=application.programme).first()
    if found is None:
        raise ApplicationLinkNotValid
    return found


@transaction.atomic
def begin_application(token: str) -> str:
    """Begin the cooperative as a draft; returns the token of its first manager's invitation.

    Opened again before the invitation is accepted, it gives a new one. Raises
    ApplicationLinkNotValid, also once it is accepted, and AlreadyRegistered.
    """
    application = open_application(token)
    programme = programme_of(application)
    Programme.objects.select_for_update().get(pk=programme.pk)
    admission = _begun(programme, application) or _begin(programme, application)
    own = admission.cooperative
    if Membership.objects.within(own.scope).exists():
        raise ApplicationLinkNotValid
    invitation = Invitation.objects.opened().filter(cooperative=own, staff_role="").first()
    if invitation is None or invitation.has_expired:
        person = Invited(application.email, application.name, application.language)
        invitation = invite_member(
            cooperative=own, invited=person, role=MemberRole.MANAGER, by=BY, is_told=False
        )
    return issue_token(invitation) or ""


def _begun(programme: Programme, application: Application) -> Admission | None:
    """The admission that this link began before."""
    rows = Admission.objects.within(ProgrammeScope(programme.pk)).filter(
        has_applied=True,
        email__iexact=application.email,
        cooperative__region_code=application.region_code,
        cooperative__legal_name=application.legal_name,
    )
    found: Admission | None = rows.select_related("cooperative__programme").first()
    return found


def _begin(programme: Programme, application: Application) -> Admission:
    require_invitable(programme, application.invited)
    admission = begin(
        programme=programme, invited=application.invited, kind=StepKind.APPLIED, by=BY
    )
    own = admission.cooperative
    own.place_name = application.place_name
    own.save(update_fields=["place_name"])
    asked = {rule.kind for rule, _needed in legal_kinds(own.country_code)}
    given = {"ice": application.ice, REGISTER: application.register_number}
    for kind, value in given.items():
        if kind in asked and value:
            set_seller_identifier(
                cooperative=own, kind=kind, value=value, valid_from=timezone.localdate(),
                source=SOURCE, by=BY,
            )  # fmt: skip
    return admission
