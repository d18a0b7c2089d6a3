"""Mails of a second factor that two persons reset: to its owner, and to all in office.

In office wherever the person is: whoever works with them may know that they lost no phone.
"""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from vendors.accounts import User
from vendors.events import FactorResetConfirmed, FactorResetProposed
from vendors.in_office import staff_in_office
from vendors.models import FactorReset
from vendors.policy import programmes_of


def on_factor_reset_proposed(payload: dict[str, Any]) -> None:
    """Tell its owner and all in office that a reset waits; not once it was decided."""
    reset = _find(FactorResetProposed.model_validate(payload).reset_id)
    if reset.is_decided:
        return
    for user in _concerned(reset):
        with speaking(user.language, reset.programme.home):
            body = _(
                "%(proposer)s proposes to reset the second factor of %(person)s: “%(reason)s”. It "
                "happens only once a second person has confirmed it.\n\nDoes this surprise you? "
                "Then do not confirm it, withdraw it on the page “Staff”, and call your colleague."
            ) % _facts(reset)
            _send(user, _("A second factor is to be reset"), body, reset)


def on_factor_reset_confirmed(payload: dict[str, Any]) -> None:
    """Tell its owner and all in office that it was reset."""
    reset = _find(FactorResetConfirmed.model_validate(payload).reset_id)
    for user in _concerned(reset):
        with speaking(user.language, reset.programme.home):
            body = _(
                "The second factor of %(person)s was reset: proposed by %(proposer)s, confirmed by "
                "%(confirmer)s. All sessions of the account have ended. Its owner signs in with "
                "the password and sets up a new phone; until that is a day old it confirms nothing "
                "about money.\n\nDoes this surprise you? Then call the programme today."
            ) % (_facts(reset) | {"confirmer": str(reset.confirmed_by)})
            _send(user, _("A second factor was reset"), body, reset)


def _find(reset_id: UUID) -> FactorReset:
    rows = FactorReset.objects.select_related("programme", "user", "proposed_by", "confirmed_by")
    return rows.get(pk=reset_id)


def _concerned(reset: FactorReset) -> list[User]:
    places = dict.fromkeys([reset.programme, *programmes_of(reset.user)])
    colleagues = [user for place in places for user in staff_in_office(place)]
    return list(dict.fromkeys([reset.user, *colleagues]))


def _facts(reset: FactorReset) -> dict[str, str]:
    return {
        "person": str(reset.user),
        "proposer": str(reset.proposed_by),
        "reason": reset.reason,
    }


def _send(user: User, subject: str, body: str, reset: FactorReset) -> None:
    link = f"{settings.PUBLIC_URL}/staff/{reset.programme.slug}/people/"
    send_mail(subject=subject, text=f"{body}\n\n{link}", to=user.email, language=user.language)
