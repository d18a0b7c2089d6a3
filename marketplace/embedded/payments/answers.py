"""Reading what a payment App answers to a session or to a requested action."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from marketplace.embedded.money import to_minor
from marketplace.embedded.payments.records import Report

NO_ANSWER = "Failed to delivery request."
ACTIONS = ("CHARGE", "REFUND", "CANCEL")
SESSION_RESULTS = tuple(
    f"{kind}_{outcome}"
    for kind in ("AUTHORIZATION", "CHARGE")
    for outcome in ("SUCCESS", "FAILURE", "REQUEST", "ACTION_REQUIRED")
)
WITHOUT_REFERENCE = ("FAILURE", "ACTION_REQUIRED")


class AnswerInvalid(Exception):
    """The App gave no answer, or one that cannot be read; the message says which."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An App's answer: what it reports (None: only later), and what may be done next."""

    report: Report | None
    psp_reference: str
    actions: list[str] | None
    data: Any


def session_answer(answer: Any, *, requested_minor: int, currency: str) -> Answer:
    """Read the answer to a session's start or continuation; raises AnswerInvalid."""
    return _read(answer, SESSION_RESULTS, requested_minor=requested_minor, currency=currency)


def action_answer(answer: Any, *, kind: str, requested_minor: int, currency: str) -> Answer:
    """Read the answer to a requested CHARGE, REFUND or CANCEL; raises AnswerInvalid.

    Without a result the App only takes note of the request, and reports its outcome later.
    """
    if isinstance(answer, dict) and answer.get("result") is None:
        reference = answer.get("pspReference")
        if not reference:
            raise AnswerInvalid("Missing value for field: pspReference in response.")
        return Answer(None, str(reference), _actions(answer), None)
    results = (f"{kind}_SUCCESS", f"{kind}_FAILURE")
    return _read(answer, results, requested_minor=requested_minor, currency=currency)


def _read(answer: Any, results: tuple[str, ...], *, requested_minor: int, currency: str) -> Answer:
    if not isinstance(answer, dict):
        raise AnswerInvalid(NO_ANSWER)
    result = str(answer.get("result"))
    if result not in results:
        raise AnswerInvalid(
            f"Missing or invalid value for `result`: {answer.get('result')}. "
            f"Possible values: {', '.join(results)}."
        )
    reference = str(answer.get("pspReference") or "")
    if not reference and not result.endswith(WITHOUT_REFERENCE):
        raise AnswerInvalid("Missing value for field: pspReference in response.")
    report = Report(
        type=result,
        psp_reference=reference,
        amount_minor=_amount(answer.get("amount"), requested_minor, currency),
        message=str(answer.get("message") or ""),
        external_url=str(answer.get("externalUrl") or ""),
        time=_time(answer.get("time")),
    )
    return Answer(report, reference, _actions(answer), answer.get("data"))


def _amount(value: Any, requested_minor: int, currency: str) -> int:
    if value is None or value == 0:
        return requested_minor
    try:
        return to_minor(str(value), currency)
    except (ArithmeticError, ValueError) as error:
        raise AnswerInvalid("Incorrect value for field: amount in response.") from error


def _time(value: Any) -> datetime | None:
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise AnswerInvalid("Incorrect value for field: time in response.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _actions(answer: dict[str, Any]) -> list[str] | None:
    actions = answer.get("actions")
    return None if actions is None else [each for each in ACTIONS if each in actions]
