"""Mails of proposed refunds: to whoever may confirm one, and to whoever proposed it."""

from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core.days import day_of
from marketplace.core.formats import Format
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.orders.models import VendorOrder
from marketplace.payments.events import RefundProposalClosed, RefundProposalMade
from marketplace.payments.models import ProposalState, RefundProposal
from vendors.accounts import User
from vendors.in_office import staff_who_may_for
from vendors.permissions import StaffPermission
from vendors.scoping import Crossing


def on_refund_proposal_made(payload: dict[str, Any]) -> None:
    """Ask everybody who may confirm it, of the order's region. Delivered at least once."""
    proposal = _find(RefundProposalMade.model_validate(payload).proposal_id)
    texts = [
        _(
            "%(proposer)s proposes to refund %(amount)s to the buyer of the order %(number)s "
            "(%(cooperative)s): %(reason)s\n\nNothing is refunded until another person "
            "confirms it, before %(until)s:\n%(link)s"
        )
    ]
    if proposal.cancels:
        texts.append(_("With it the order is cancelled; until then it goes on."))
    for user in _may_confirm(proposal):
        _tell(user, proposal, _("A refund waits for your confirmation"), *texts)


def on_refund_proposal_closed(payload: dict[str, Any]) -> None:
    """Tell who proposed it what became of it; when it expired, those who might have confirmed too.

    Delivered at least once.
    """
    event = RefundProposalClosed.model_validate(payload)
    proposal = _find(event.proposal_id)
    if event.state == ProposalState.EXPIRED:
        for user in [proposal.proposed_by, *_may_confirm(proposal)]:
            _tell_expired(proposal, user)
    elif proposal.decided_by_id != proposal.proposed_by_id:
        _tell_decided(proposal)


def _tell_expired(proposal: RefundProposal, user: User) -> None:
    text = _(
        "Nobody confirmed the refund of %(amount)s for the order %(number)s (%(cooperative)s) "
        "that %(proposer)s had proposed. It has expired, and nothing was refunded. If the "
        "buyer is still to be refunded, propose it again:\n%(link)s"
    )
    _tell(user, proposal, _("A proposed refund has expired"), text)


def _tell_decided(proposal: RefundProposal) -> None:
    if proposal.state == ProposalState.CONFIRMED:
        subject = _("Your proposed refund was confirmed")
        text = _(
            "%(person)s confirmed the refund of %(amount)s for the order %(number)s "
            "(%(cooperative)s). The buyer is being refunded."
        )
    else:
        subject = _("Your proposed refund was withdrawn")
        text = _(
            "%(person)s withdrew the refund of %(amount)s for the order %(number)s "
            "(%(cooperative)s) that you had proposed. Nothing was refunded."
        )
    _tell(proposal.proposed_by, proposal, subject, text)


def _find(proposal_id: Any) -> RefundProposal:
    rows = RefundProposal.objects.crossing(Crossing.BUYER_ORDER)
    found: RefundProposal = rows.select_related(
        "cooperative__programme", "proposed_by", "decided_by"
    ).get(pk=proposal_id)
    return found


def _may_confirm(proposal: RefundProposal) -> list[User]:
    people = staff_who_may_for(StaffPermission.REFUND_CONFIRM, proposal.cooperative)
    return [user for user in people if user.pk != proposal.proposed_by_id]


def _facts(proposal: RefundProposal, language: str) -> dict[str, str]:
    programme = proposal.cooperative.programme
    written = Format(language, programme.home)
    zone = ZoneInfo(programme.time_zone)
    order = VendorOrder.objects.crossing(Crossing.BUYER_ORDER).get(pk=proposal.vendor_order_id)
    path = reverse(
        "staff:refund-proposal",
        kwargs={"programme": programme.slug, "proposal_id": proposal.pk},
    )
    return {
        "proposer": str(proposal.proposed_by),
        "person": str(proposal.decided_by or ""),
        "amount": written.money(proposal.total_minor, proposal.currency),
        "number": order.number,
        "cooperative": proposal.cooperative.legal_name,
        "reason": proposal.reason,
        "until": written.day(day_of(proposal.expires_at, zone)),
        "link": f"{settings.PUBLIC_URL}{path}",
    }


def _tell(user: User, proposal: RefundProposal, subject: Promise, *texts: Promise) -> None:
    """Mail somebody, in their language, paragraphs with the facts of a proposal."""
    with speaking(user.language, proposal.cooperative.programme.home):
        facts = _facts(proposal, user.language)
        body = "\n\n".join(str(text) % facts for text in texts)
        send_mail(to=user.email, language=user.language, subject=str(subject), text=body)
