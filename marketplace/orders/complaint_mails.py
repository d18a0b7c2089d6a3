"""Mails of a complaint's steps: to the buyer, to the cooperative's members, to the mediators."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.formats import Format
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.orders.complaint_texts import for_buyer
from marketplace.orders.models import Complaint, ComplaintStep, StepKind
from marketplace.orders.services.buyer_notices import Notice, tell_buyer, tell_once
from marketplace.orders.services.mail_parts import cooperative_name
from vendors.accounts import User
from vendors.in_office import staff_who_may_for
from vendors.models import Membership
from vendors.permissions import StaffPermission
from vendors.queries import members_who_ship
from vendors.scoping import Crossing

# What members are told; the rest they did themselves.
_TO_MEMBERS: dict[str, Promise] = {
    StepKind.ASKED: gettext_lazy("A buyer asks for a return or complains: order %(number)s"),
    StepKind.TAKEN_UP: gettext_lazy("The buyer accepts your offer: order %(number)s"),
    StepKind.MEDIATION_ASKED: gettext_lazy("The buyer asks the mediator: order %(number)s"),
    StepKind.PASSED_ON: gettext_lazy("A request went to the mediator: order %(number)s"),
    StepKind.DECIDED: gettext_lazy("The mediator has decided: order %(number)s"),
    StepKind.CLOSED: gettext_lazy("A buyer's request is closed: order %(number)s"),
}
_TO_STAFF = {StepKind.MEDIATION_ASKED, StepKind.PASSED_ON, StepKind.REOPENED}


def on_complaint_moved(payload: dict[str, Any]) -> None:
    """ComplaintMoved: tell whoever is concerned and did not do it, each once."""
    steps = ComplaintStep.objects.crossing(Crossing.SCHEDULED_JOB).filter(pk=payload["step_id"])
    step = steps.select_related(
        "complaint__vendor_order__order", "complaint__vendor_order__cooperative__programme"
    ).get()
    row: Complaint = step.complaint
    _tell_buyer(row, step)
    if step.kind in _TO_MEMBERS:
        _tell_members(row, step)
    if step.kind in _TO_STAFF:
        _tell_staff(row, step)


def _tell_buyer(row: Complaint, step: ComplaintStep) -> None:
    order = row.vendor_order.order

    def write(written: Format, _new: Sequence[str]) -> Notice:
        name = cooperative_name(row.vendor_order, order.language)
        paragraphs = for_buyer(row, step, written, name)
        subject = _("Your request about the order %(number)s") % {"number": order.number}
        return Notice(subject, paragraphs, _items(row, order.language), in_short=paragraphs[0])

    # Of a refund another mail tells, and of what the buyer did nothing need be said.
    if for_buyer(row, step, Format(order.language, order.market), ""):
        tell_buyer(order, [f"complaint:{step.pk}"], write)


def _tell_members(row: Complaint, step: ComplaintStep) -> None:
    order, cooperative = row.vendor_order.order, row.vendor_order.cooperative
    members = members_who_ship(Membership.objects.within(cooperative.scope))
    link = reverse(
        "portal:complaint", kwargs={"cooperative": cooperative.slug, "complaint_id": row.pk}
    )
    for membership in members.select_related("user"):
        user, subject = membership.user, _TO_MEMBERS[step.kind]
        key = f"complaint-member:{step.pk}:{user.pk}"
        tell_once(order, key, partial(_tell, user, row, step, subject, link))


def _tell_staff(row: Complaint, step: ComplaintStep) -> None:
    order, cooperative = row.vendor_order.order, row.vendor_order.cooperative
    link = reverse(
        "staff:complaint",
        kwargs={"programme": cooperative.programme.slug, "complaint_id": row.pk},
    )
    subject = gettext_lazy("A complaint waits for a decision: order %(number)s")
    for user in staff_who_may_for(StaffPermission.REFUND_MAKE, cooperative):
        key = f"complaint-staff:{step.pk}:{user.pk}"
        tell_once(order, key, partial(_tell, user, row, step, subject, link))


def _tell(user: User, row: Complaint, step: ComplaintStep, subject: Promise, link: str) -> None:
    """Mail a member or somebody of staff, in their language: what happened, about what, by when."""
    part = row.vendor_order
    with speaking(user.language, part.cooperative.programme.home):
        written = Format(user.language, part.cooperative.programme.home)
        lines = [step.get_kind_display(), cooperative_name(part, user.language)]
        lines += _items(row, user.language)
        lines.append(_("Reason: %(reason)s") % {"reason": row.get_reason_display()})
        if step.due_on:
            lines.append(_("Until %(day)s") % {"day": written.day(step.due_on)})
        send_mail(
            to=user.email,
            language=user.language,
            subject=str(subject) % {"number": part.number},
            text="\n".join([*lines, "", f"{settings.PUBLIC_URL}{link}"]),
        )


def _items(row: Complaint, language: str) -> list[str]:
    found = row.lines.select_related("line")
    return [f"{claimed.quantity} × {claimed.line.title_in(language)}" for claimed in found]
