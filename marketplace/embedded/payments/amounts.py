"""The amounts of a transaction, calculated from its events. Pure, in minor units.

Events of one kind with one provider reference belong together: a request is pending until a
success or failure with its reference; of a success and a failure the later counts. A charge
reduces what was authorized, a refund what was charged.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

KINDS = {"AUTHORIZATION": "authorized", "CHARGE": "charged", "REFUND": "refunded",
         "CANCEL": "canceled"}  # fmt: skip
TAKES_FROM = {"CHARGE": "authorized", "REFUND": "charged", "CANCEL": "authorized"}


class Reported(Protocol):
    """A reported event; sequences of them are in chronological order."""

    @property
    def type(self) -> str: ...
    @property
    def psp_reference(self) -> str: ...
    @property
    def amount_minor(self) -> int: ...


@dataclass(slots=True)
class Amounts:
    """Amounts of one transaction."""

    authorized: int = 0
    authorize_pending: int = 0
    charged: int = 0
    charge_pending: int = 0
    refunded: int = 0
    refund_pending: int = 0
    canceled: int = 0
    cancel_pending: int = 0

    def add(self, name: str, amount: int) -> None:
        setattr(self, name, getattr(self, name) + amount)


def amounts_of(events: Iterable[Reported]) -> Amounts:
    """Sum `events`, oldest first; the caller leaves out those that are not counted."""
    amounts = Amounts()
    groups: dict[tuple[str, str], list[Reported]] = defaultdict(list)
    for event in _from_last_adjustment(list(events)):
        kind = event.type.partition("_")[0]
        if event.psp_reference:
            groups[kind, event.psp_reference].append(event)
        else:
            _count_unreferenced(amounts, event)
    for kind in KINDS:
        for (group_kind, _), group in groups.items():
            if group_kind == kind:
                _count_group(amounts, kind, group)
    amounts.authorized = max(amounts.authorized, 0)
    amounts.authorize_pending = max(amounts.authorize_pending, 0)
    return amounts


def _from_last_adjustment(events: list[Reported]) -> list[Reported]:
    """Drop authorization events before the last adjustment, which overrides them."""
    adjusted = [i for i, event in enumerate(events) if event.type == "AUTHORIZATION_ADJUSTMENT"]
    if not adjusted:
        return events
    return [
        event
        for index, event in enumerate(events)
        if index >= adjusted[-1] or not event.type.startswith("AUTHORIZATION_")
    ]


def _count_unreferenced(amounts: Amounts, event: Reported) -> None:
    """Count an event without reference, as `transactionCreate` records them."""
    if event.type == "AUTHORIZATION_ADJUSTMENT":
        amounts.authorized = event.amount_minor
    elif event.type == "CHARGE_BACK":
        amounts.charged -= event.amount_minor
    elif event.type == "REFUND_REVERSE":
        amounts.charged += event.amount_minor
    elif event.type.endswith("_SUCCESS"):
        amounts.add(KINDS[event.type.partition("_")[0]], event.amount_minor)


def _count_group(amounts: Amounts, kind: str, group: Sequence[Reported]) -> None:
    last = {event.type.partition("_")[2]: (place, event) for place, event in enumerate(group)}
    if "ADJUSTMENT" in last:
        amounts.authorized = last["ADJUSTMENT"][1].amount_minor
    if "BACK" in last:
        amounts.charged -= last["BACK"][1].amount_minor
    if "REVERSE" in last:
        amounts.charged += last["REVERSE"][1].amount_minor
        amounts.refunded -= last["REVERSE"][1].amount_minor
    success, failure, request = last.get("SUCCESS"), last.get("FAILURE"), last.get("REQUEST")
    counted: list[tuple[str, int]] = []
    if request and not success and not failure:
        pending = "authorize_pending" if kind == "AUTHORIZATION" else f"{kind.lower()}_pending"
        counted.append((pending, request[1].amount_minor))
    if success and (not failure or success[0] > failure[0]):
        counted.append((KINDS[kind], success[1].amount_minor))
    for name, amount in counted:
        amounts.add(name, amount)
        if kind in TAKES_FROM:
            amounts.add(TAKES_FROM[kind], -amount)
