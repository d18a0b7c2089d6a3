"""A link in a text message: whoever holds the phone names the e-mail address to be invited.

An account belongs to an e-mail address that its owner has proven, so the link to a phone begins no
role: it lets the person say where the invitation itself is mailed.
"""

import secrets
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.hashes import token_hash
from marketplace.core.text_senders import reaches_phones
from marketplace.core.throttle import Use, require
from vendors.admission.errors import NoTextMessages, NotYourTurn, PhoneLinkNotValid
from vendors.admission.steps import lock
from vendors.events import PhoneLinkWanted
from vendors.models import (
    FILLABLE,
    Admission,
    Cooperative,
    Invitation,
    MemberRole,
    Membership,
    TextState,
)
from vendors.safeguards import safeguard
from vendors.scoping import Crossing
from vendors.services.invitations import Invited, invite_member

TOKEN_BYTES = 16


def want_phone_link(admission: Admission) -> None:
    """Have a link sent to the phone; an earlier one opens nothing. Inside a transaction.

    Raises NoTextMessages.
    """
    if not reaches_phones():
        raise NoTextMessages
    now = timezone.now()
    admission.text_state, admission.token_hash = TextState.WAITING, None
    admission.token_expires_at = now + safeguard(
        "invitation", programme=admission.cooperative.programme.slug
    )
    admission.save(update_fields=["text_state", "token_hash", "token_expires_at"])
    publish(
        PhoneLinkWanted(
            aggregate_id=admission.cooperative_id,
            cooperative_id=admission.cooperative_id,
            occurred_at=now,
        )
    )


@transaction.atomic
def send_phone_link_again(*, cooperative: Cooperative) -> Admission:
    """Have a new link sent. Raises NotYourTurn once somebody is a member, NoTextMessages."""
    admission = lock(cooperative, *FILLABLE)
    if not admission.phone or Membership.objects.within(cooperative.scope).exists():
        raise NotYourTurn
    want_phone_link(admission)
    return admission


def issue_phone_token(admission: Admission) -> str:
    """A new token for the message, kept as a hash."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    admission.token_hash = token_hash(token)
    admission.save(update_fields=["token_hash"])
    return token


def message_reference(admission: Admission) -> UUID:
    """The same at every try of one message, for gateways that keep out repetitions."""
    return uuid5(admission.cooperative_id, str(admission.token_expires_at))


def find_by_phone_token(token: str) -> Admission:
    """The admission of a token; raises PhoneLinkNotValid."""
    rows = Admission.objects.crossing(Crossing.POLICY).filter(
        token_hash=token_hash(token), token_expires_at__gt=timezone.now(), state__in=FILLABLE
    )
    found: Admission | None = rows.select_related("cooperative__programme", "begun_by").first()
    if found is None or Membership.objects.within(found.cooperative.scope).exists():
        raise PhoneLinkNotValid
    return found


@transaction.atomic
def invite_by_phone_token(*, token: str, email: str) -> Invitation:
    """Mail the invitation to the address that the holder of the phone names.

    An address that is corrected replaces the earlier one. Raises PhoneLinkNotValid, TooSoon.
    """
    admission = find_by_phone_token(token)
    require(Use("phone_link_mails", token_hash(token)))
    own = lock(admission.cooperative, *FILLABLE).cooperative
    opened = Invitation.objects.opened().filter(cooperative=own, staff_role="")
    opened.exclude(email__iexact=email).update(withdrawn_at=timezone.now())
    by = admission.begun_by.actor if admission.begun_by else Actor.system("invitation")
    invited = Invited(email, admission.name, admission.language)
    return invite_member(cooperative=own, invited=invited, role=MemberRole.MANAGER, by=by)
