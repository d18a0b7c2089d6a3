"""Mails to cooperatives about their payouts."""

from typing import Any

from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.payouts.events import PayoutReturned
from marketplace.payouts.models import PayoutLine
from vendors.models import Membership
from vendors.permissions import MEMBER_PERMISSIONS, MemberPermission
from vendors.proven_addresses import has_proven_address
from vendors.scoping import CooperativeScope


def on_payout_returned(payload: dict[str, Any]) -> None:
    """Tell the cooperative and its members with access to money that a payout was returned.

    Delivered at least once.
    """
    event = PayoutReturned.model_validate(payload)
    scope = CooperativeScope(event.cooperative_id)
    rows = PayoutLine.objects.within(scope).select_related("run__programme", "cooperative")
    line = rows.get(pk=event.payout_line_id)
    for address, language in _recipients(scope, line).items():
        with speaking(language, line.cooperative.country_code.lower()):
            _send(line, address, language)


def _recipients(scope: CooperativeScope, line: PayoutLine) -> dict[str, str]:
    default = (line.run.programme.languages or ["fr"])[0]
    found = {line.cooperative.email: default}
    roles = [role for role, may in MEMBER_PERMISSIONS.items() if MemberPermission.MONEY_READ in may]
    rows = Membership.objects.within(scope).filter(has_proven_address(), role__in=roles)
    members = rows.select_related("user")
    found |= {member.user.email: member.user.language for member in members}
    return {address: language for address, language in found.items() if address}


def _send(line: PayoutLine, address: str, language: str) -> None:
    market = line.cooperative.country_code.lower()
    body = _(
        "A payout of %(amount)s to the account %(account)s was returned. Reason given by the bank: "
        "%(reason)s\n\n"
        "The amount is kept for you. Check your account against the bank's document on your bank "
        "account page; once two people have confirmed it, the amount is included in the next "
        "payout."
    ) % {
        "amount": Format(language, market).money(line.amount_minor, line.run.currency),
        "account": line.account_ending or line.destination,
        "reason": line.return_reason,
    }
    send_mail(
        subject=_("Your payout %(number)s was returned") % {"number": line.run.reference},
        text=body,
        to=address,
        language=language,
    )
