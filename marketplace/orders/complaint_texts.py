"""What a buyer is told of a step of a complaint, in sentences of the active language."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.orders.models import Complaint, ComplaintOutcome, ComplaintStep, Remedy, StepKind


def for_buyer(row: Complaint, step: ComplaintStep, written: Format, cooperative: str) -> list[str]:
    """The paragraphs of a mail to the buyer; none where nothing need be said."""
    facts = {
        "cooperative": cooperative,
        "day": written.day(step.due_on) if step.due_on else "",
        "amount": written.money(step.amount_minor or 0, row.vendor_order.currency),
    }
    found = [text % facts for text in _texts(row, step)]
    if found and step.text:
        found.insert(1, step.text)
    return found


def _texts(row: Complaint, step: ComplaintStep) -> list[str]:
    write = _WRITTEN.get(step.kind)
    return write(row, step) if write else []


def _asked(_row: Complaint, _step: ComplaintStep) -> list[str]:
    return [
        _("We have passed your request on to %(cooperative)s, who replies by %(day)s."),
        _("What it concerns is held back from the cooperative until it is settled."),
    ]


def _accepted(_row: Complaint, step: ComplaintStep) -> list[str]:
    return [_("%(cooperative)s accepts your request."), _next_of_accepted(step)]


def _offered(_row: Complaint, step: ComplaintStep) -> list[str]:
    return [_offer(step), _choice()]


def _refused(_row: Complaint, _step: ComplaintStep) -> list[str]:
    refused = _("%(cooperative)s does not accept your request.")
    return [refused, _("You can ask the programme's mediator until %(day)s.")]


def _passed_on(_row: Complaint, _step: ComplaintStep) -> list[str]:
    passed = _("A date was missed, so the programme's mediator now decides on your request.")
    return [passed, _("The decision comes by %(day)s.")]


def _carried_out(_row: Complaint, _step: ComplaintStep) -> list[str]:
    done = _("%(cooperative)s has sent what you agreed on.")
    return [done, _("If it does not arrive, ask the mediator by %(day)s.")]


def _next_of_accepted(step: ComplaintStep) -> str:
    if step.due_on is None:
        return _("You keep the products, and your refund is on its way.")
    return _(
        "Send the products back by %(day)s; the address is on the page of your order. You are "
        "refunded once they have arrived."
    )


def _offer(step: ComplaintStep) -> str:
    if step.remedy == Remedy.PARTIAL_REFUND:
        return _("%(cooperative)s offers to refund %(amount)s; you keep the products.")
    if step.remedy == Remedy.REPAIR:
        return _("%(cooperative)s offers to repair the products.")
    return _("%(cooperative)s offers to exchange the products.")


def _choice() -> str:
    return _("Accept the offer on the page of your order by %(day)s, or ask the mediator.")


def _decided(_row: Complaint, step: ComplaintStep) -> list[str]:
    if not step.remedy:
        return [_("The programme's mediator has decided: you are not refunded.")]
    if step.remedy == Remedy.PARTIAL_REFUND:
        return [_("The programme's mediator has decided: %(amount)s are refunded to you.")]
    decided = _("The programme's mediator has decided: you are refunded.")
    return [decided, _next_of_accepted(step)] if step.due_on else [decided]


def _closed(row: Complaint, _step: ComplaintStep) -> list[str]:
    if row.outcome == ComplaintOutcome.LAPSED:
        return [_("You did not take up the offer in time, so your request is closed.")]
    if row.outcome == ComplaintOutcome.REFUSED:
        return [_("You did not ask the mediator in time, so your request is closed.")]
    return []


_WRITTEN: dict[str, Callable[[Complaint, ComplaintStep], list[str]]] = {
    StepKind.ASKED: _asked,
    StepKind.ACCEPTED: _accepted,
    StepKind.OFFERED: _offered,
    StepKind.REFUSED: _refused,
    StepKind.PASSED_ON: _passed_on,
    StepKind.CARRIED_OUT: _carried_out,
    StepKind.DECIDED: _decided,
    StepKind.CLOSED: _closed,
}
