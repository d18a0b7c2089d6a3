"""A complaint as every audience reads of it: its badge, its lines, what has happened."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.orders.models import Complaint, ComplaintSide, ComplaintState, ComplaintStep
from marketplace.orders.queries.complaints import claimed_minor, is_late
from marketplace.web.numbers import WholeNumberField
from marketplace.web.ui.components import Happening

LOOKS = {
    ComplaintState.ASKED: ("warn", "clock"),
    ComplaintState.OFFERED: ("info", "message-circle"),
    ComplaintState.REFUSED: ("bad", "circle-x"),
    ComplaintState.ACCEPTED: ("ok", "check"),
    ComplaintState.MEDIATION: ("warn", "clock"),
    ComplaintState.DECIDED: ("info", "check"),
    ComplaintState.CLOSED: ("ok", "circle-check"),
}


def badge_text(row: Complaint) -> str:
    """The state; of a closed one how it ended."""
    return str(row.get_outcome_display() if row.outcome else row.get_state_display())


def facts_of(row: Complaint, written: Format) -> dict[str, Any]:
    """What the pages of all audiences show of a complaint."""
    order = row.vendor_order.order
    return {
        "complaint": row,
        "badge": badge_text(row),
        "look": LOOKS[ComplaintState(row.state)],
        "is_late": is_late(row),
        "lines": [
            (claimed.line.title_in(written.language), claimed.quantity)
            for claimed in row.lines.all()
        ],
        "claimed_minor": claimed_minor(row),
        "currency": row.vendor_order.currency,
        "photo_positions": [photo.position for photo in row.photos.all()],
        "history": history(row, written, order.zone),
    }


def history(row: Complaint, written: Format, zone: Any) -> list[Happening]:
    """The steps, the last one as the one of now while the complaint is open."""
    steps = list(row.steps.all())
    return [
        Happening(
            _label(step, row, written),
            written.moment(step.occurred_at, zone=zone),
            "now" if row.is_open and step is steps[-1] else "done",
            "check" if step is not steps[-1] or not row.is_open else "clock",
            note=step.text,
        )
        for step in steps
    ]


def _label(step: ComplaintStep, row: Complaint, written: Format) -> str:
    label = str(step.get_kind_display())
    if step.remedy and step.kind in {"offered", "decided"}:
        remedy = str(step.get_remedy_display())
        if step.amount_minor:
            amount = written.money(step.amount_minor, row.vendor_order.currency)
            remedy = f"{remedy} ({amount})"
        label = _("%(what)s: %(remedy)s") % {"what": label, "remedy": remedy}
    if step.side == ComplaintSide.BUYER and step.kind == "closed":
        return str(row.get_outcome_display())
    return label


def add_quantities(form: forms.Form, lines: Iterable[tuple[Any, int]], language: str) -> None:
    """A field of a quantity for each line, at most so many."""
    for line, most in lines:
        form.fields[f"line-{line.pk}"] = WholeNumberField(
            label=line.title_in(language), min_value=0, max_value=most, initial=0, required=False
        )
