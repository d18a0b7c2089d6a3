"""Mails to a cooperative about its payments."""

from typing import Any

from django.core.mail import EmailMessage
from django.utils import translation
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.payouts.events import PayoutReturned
from marketplace.payouts.models import PayoutLine
from vendors.models import Membership
from vendors.policy import MEMBER_PERMISSIONS, MemberPermission
from vendors.scoping import CooperativeScope


def on_payout_returned(payload: dict[str, Any]) -> None:
    """Tell those who see the money that a payment came back, and what to do.

    At worst a mail is sent twice; none is forgotten.
    """
    event = PayoutReturned.model_validate(payload)
    scope = CooperativeScope(event.cooperative_id)
    rows = PayoutLine.objects.within(scope).select_related("run__programme", "cooperative")
    line = rows.get(pk=event.payout_line_id)
    for address, language in _readers(scope, line).items():
        with translation.override(language):
            _tell(line, address, language)


def _readers(scope: CooperativeScope, line: PayoutLine) -> dict[str, str]:
    usual = (line.run.programme.languages or ["fr"])[0]
    found = {line.cooperative.email: usual}
    roles = [role for role, may in MEMBER_PERMISSIONS.items() if MemberPermission.MONEY_READ in may]
    people = Membership.objects.within(scope).filter(role__in=roles).select_related("user")
    found |= {member.user.email: member.user.language for member in people}
    return {address: language for address, language in found.items() if address}


def _tell(line: PayoutLine, address: str, language: str) -> None:
    market = line.cooperative.country_code.lower()
    words = _(
        "A payment of %(amount)s to the account %(account)s came back. The bank says: "
        "%(reason)s\n\n"
        "The money is yours and is kept for you. Compare your account with the bank's paper on the "
        "page of your bank account; once two people have confirmed it, the amount leaves with the "
        "next payout."
    ) % {
        "amount": Format(language, market).money(line.amount_minor, line.run.currency),
        "account": line.account_ending or line.destination,
        "reason": line.return_reason,
    }
    EmailMessage(
        subject=_("Your payment %(number)s came back") % {"number": line.run.reference},
        body=words,
        to=[address],
        headers={"Content-Language": language},
    ).send()
