"""What a bank says of one payment, whichever form its file has."""

from dataclasses import dataclass

from marketplace.payouts.models import AnswerKind, Verdict

# ISO 20022 external payment transaction statuses that pain.002 carries. Pending ones say nothing.
ACCEPTED = frozenset({"ACCP", "ACTC", "ACSP", "ACWC", "ACFC", "PATC"})
SETTLED = frozenset({"ACSC", "ACCC"})
RETURNED = frozenset({"RJCT", "CANC"})


@dataclass(frozen=True)
class Word:
    """One payment's fate. ``amount_minor`` is None where the bank does not repeat it.

    An empty ``end_to_end_id`` speaks of the whole file named by ``message_id``.
    """

    verdict: Verdict
    message_id: str = ""
    end_to_end_id: str = ""
    amount_minor: int | None = None
    currency: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Answer:
    """A file that was read: its form and its words in their order."""

    kind: AnswerKind
    words: tuple[Word, ...]


def verdict_of(status: str) -> Verdict | None:
    """What an ISO status means for us; None for what is pending or unknown."""
    for codes, verdict in (
        (ACCEPTED, Verdict.ACCEPTED),
        (SETTLED, Verdict.SETTLED),
        (RETURNED, Verdict.RETURNED),
    ):
        if status in codes:
            return verdict
    return None
