"""Mails of roles: the link of an invitation, and what happens to roles, to all in office."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.days import day_of
from marketplace.core.formats import Format
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from vendors.accounts import User
from vendors.events import GrantConfirmed, GrantMade, InvitationMade
from vendors.in_office import staff_in_office
from vendors.models import Invitation, Programme, StaffGrant
from vendors.permissions import MONEY_ROLES
from vendors.proven_addresses import is_proven
from vendors.services import issue_token


def on_invitation_made(payload: dict[str, Any]) -> None:
    """Send the link to the invited address and, of a new staff role, word to all in office.

    Delivered at least once: at worst two links are sent, of which the later one holds.
    """
    event = InvitationMade.model_validate(payload)
    rows = Invitation.objects.select_related("programme", "cooperative", "invited_by")
    invitation = rows.get(pk=event.invitation_id)
    token = issue_token(invitation)
    if token is None:
        return
    if invitation.staff_role and not event.is_again:
        for user in staff_in_office(invitation.programme):
            _tell_of_offer(invitation, user)
    _send_link(invitation, token)


def on_grant_made(payload: dict[str, Any]) -> None:
    """Tell all in office, and the person, of a role that waits for confirmation."""
    grant = _grant_of(GrantMade.model_validate(payload).grant_id)
    if grant is None or grant.role not in MONEY_ROLES or grant.effective_at is not None:
        return
    for user in _concerned(grant):
        with speaking(user.language, grant.programme.home):
            body = _(
                "%(person)s is to become %(role)s of %(programme)s, proposed by %(proposer)s. "
                "The role begins only after a second person who was in office before has "
                "confirmed it.\n\nDoes this surprise you? Then do not confirm it, and ask the "
                "programme today."
            ) % _facts(grant, user.language)
            _send(user, _("A role waits for confirmation"), body, grant.programme)


def on_grant_confirmed(payload: dict[str, Any]) -> None:
    """Tell all in office, and the person, that a role was confirmed and when it begins."""
    grant = _grant_of(GrantConfirmed.model_validate(payload).grant_id)
    if grant is None or grant.effective_at is None or grant.effective_at < timezone.now():
        return
    for user in _concerned(grant):
        with speaking(user.language, grant.programme.home):
            facts = _facts(grant, user.language)
            body = _(
                "%(person)s becomes %(role)s of %(programme)s on %(begins)s: proposed by "
                "%(proposer)s, confirmed by %(confirmer)s.\n\nDoes this surprise you? Until then "
                "the role can be revoked on the page “Staff”."
            ) % (facts | {"confirmer": str(grant.confirmed_by)})
            _send(user, _("A role was confirmed"), body, grant.programme)


def _send_link(invitation: Invitation, token: str) -> None:
    language = invitation.language
    with speaking(language, invitation.programme.home):
        link = settings.PUBLIC_URL + reverse("account-invitation", kwargs={"token": token})
        body = _(
            "Hello %(name)s,\n\n%(inviter)s offers you the role “%(role)s” in %(place)s. Open this "
            "link to accept, before %(until)s:\n\n%(link)s\n\nThe link works once. If you do not "
            "know what this is about, ignore this message: nothing happens then."
        ) % {
            "name": invitation.name,
            "inviter": str(invitation.invited_by or _("The operator")),
            "role": invitation.role_label,
            "place": invitation.place_in(language),
            "until": _written(invitation.programme, language).day(
                day_of(invitation.expires_at, invitation.programme.time_zone)
            ),
            "link": link,
        }
        send_mail(
            subject=_("Invitation to %(place)s") % {"place": invitation.place_in(language)},
            text=body,
            to=invitation.email,
            language=language,
        )


def _tell_of_offer(invitation: Invitation, user: User) -> None:
    with speaking(user.language, invitation.programme.home):
        body = _(
            "%(inviter)s has offered %(name)s (%(email)s) the role “%(role)s” in %(place)s.\n\n"
            "Does this surprise you? The offer can be withdrawn on the page “Staff”."
        ) % {
            "inviter": str(invitation.invited_by or _("The operator")),
            "name": invitation.name,
            "email": invitation.email,
            "role": invitation.role_label,
            "place": invitation.place_in(user.language),
        }
        _send(user, _("A role was offered"), body, invitation.programme)


def _grant_of(grant_id: int) -> StaffGrant | None:
    """The grant; None if it was revoked meanwhile."""
    rows = StaffGrant.objects.select_related(
        "programme", "cooperative", "user", "granted_by", "confirmed_by"
    )
    return rows.filter(pk=grant_id).first()


def _concerned(grant: StaffGrant) -> list[User]:
    own = [grant.user] if is_proven(grant.user) else []
    return list(dict.fromkeys([*staff_in_office(grant.programme), *own]))


def _facts(grant: StaffGrant, language: str) -> dict[str, str]:
    begins, zone = grant.effective_at, ZoneInfo(grant.programme.time_zone)
    return {
        "person": str(grant.user),
        "role": str(grant.get_role_display()),
        "programme": grant.programme.name_in(language),
        "proposer": str(grant.granted_by or _("the operator")),
        "begins": _written(grant.programme, language).moment(begins, zone=zone) if begins else "",
    }


def _written(programme: Programme, language: str) -> Format:
    """The formats of a language in the programme's country."""
    return Format(language, programme.home)


def _send(user: User, subject: str, body: str, programme: Programme) -> None:
    link = f"{settings.PUBLIC_URL}/staff/{programme.slug}/people/"
    send_mail(
        subject=subject,
        text=f"{body}\n\n{link}",
        to=user.email,
        language=user.language,
    )
