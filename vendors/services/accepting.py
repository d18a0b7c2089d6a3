"""An invitation is accepted by the owner of its address: they have the link that was mailed."""

import secrets

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.hashes import token_hash
from vendors.accounts import User
from vendors.errors import InvitationNotValid, InvitedSomebodyElse, SignInToAccept
from vendors.models import Invitation
from vendors.services.accounts import owner_of, prove_address
from vendors.services.grants import grant_role
from vendors.services.invitations import record
from vendors.services.members import add_member

TOKEN_BYTES = 32
BY = Actor.system("invitation")


def issue_token(invitation: Invitation) -> str | None:
    """A new token for the mail, kept as a hash; None if the offer is open no more."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    changed = (
        Invitation.objects.opened()
        .filter(pk=invitation.pk, expires_at__gt=timezone.now())
        .update(token_hash=token_hash(token), sent_at=timezone.now())
    )
    return token if changed else None


def find_invitation(token: str) -> Invitation:
    """The open invitation of a token; raises InvitationNotValid."""
    found = Invitation.objects.opened().filter(
        token_hash=token_hash(token), expires_at__gt=timezone.now()
    )
    invitation = found.select_related("programme", "cooperative", "invited_by").first()
    if invitation is None:
        raise InvitationNotValid
    return invitation


def require_invited(invitation: Invitation, user: User | None) -> bool:
    """Whether an account still has to be made for the invited address; then it gets a password.

    Raises InvitedSomebodyElse if another account is signed in, SignInToAccept if the address has
    an account of its own and nobody is.
    """
    owner = owner_of(invitation.email)
    if user is not None and user != owner and user.email.lower() != invitation.email:
        raise InvitedSomebodyElse(email=invitation.email)
    if owner is not None and user != owner:
        if user is not None:
            raise InvitedSomebodyElse(email=invitation.email)
        raise SignInToAccept
    return owner is None


@transaction.atomic
def accept_invitation(
    *, token: str, user: User | None, name: str = "", password: str | None = None
) -> User:
    """Begin the offered role for the owner of the address; returns their account.

    ``user`` is who is signed in. The link proves the address: an account that never was proven is
    taken over with the new name and password. Raises InvitationNotValid, InvitedSomebodyElse,
    SignInToAccept, AlreadyMember.
    """
    found = find_invitation(token)
    invitation = Invitation.objects.opened().select_for_update().filter(pk=found.pk).first()
    if invitation is None or invitation.token_hash != token_hash(token):
        raise InvitationNotValid
    if require_invited(invitation, user):
        user = prove_address(
            email=invitation.email,
            name=name or invitation.name,
            language=invitation.language,
            password=password,
            by=BY,
        )
    assert user is not None
    if not user.is_active:
        raise InvitationNotValid
    _begin(invitation, user)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    record("invitation.accepted", invitation, user.actor)
    return user


def _begin(invitation: Invitation, user: User) -> None:
    """Give the role, in the name of who offered it."""
    by = invitation.invited_by.actor if invitation.invited_by else BY
    if invitation.member_role:
        assert invitation.cooperative is not None
        add_member(
            cooperative=invitation.cooperative, user=user, role=invitation.member_role, by=by
        )
        return
    grant_role(
        programme=invitation.programme,
        user=user,
        role=invitation.staff_role,
        region_codes=invitation.region_codes,
        cooperative=invitation.cooperative,
        from_on=invitation.from_on,
        to_on=invitation.to_on,
        proposed_at=invitation.invited_at,
        by=by,
    )
