"""Reading the responses of a payment App to a session or a requested action."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from marketplace.embedded.money import to_minor
from marketplace.embedded.payments.transaction_events import Report

NO_RESPONSE = "Failed to delivery request."
ACTIONS = ("CHARGE", "REFUND", "CANCEL")
SESSION_RESULTS = tuple(
    f"{kind}_{outcome}"
    for kind in ("AUTHORIZATION", "CHARGE")
    for outcome in ("SUCCESS", "FAILURE", "REQUEST", "ACTION_REQUIRED")
)
WITHOUT_REFERENCE = ("FAILURE", "ACTION_REQUIRED")


class ResponseInvalid(Exception):
    """The App did not respond, or its response cannot be read; the message says why."""


@dataclass(frozen=True, slots=True)
class AppResponse:
    """An App's response: the event that it reports (None: later), and the available actions."""

    report: Report | None
    psp_reference: str
    actions: list[str] | None
    data: Any


def read_session_response(response: Any, *, requested_minor: int, currency: str) -> AppResponse:
    """Read the response to a session's start or continuation; raises ResponseInvalid."""
    return _read(response, SESSION_RESULTS, requested_minor=requested_minor, currency=currency)


def read_action_response(
    response: Any, *, kind: str, requested_minor: int, currency: str
) -> AppResponse:
    """Read the response to a requested CHARGE, REFUND or CANCEL; raises ResponseInvalid.

    Without a result the App only acknowledges the request, and reports its outcome later.
    """
    if isinstance(response, dict) and response.get("result") is None:
        reference = response.get("pspReference")
        if not reference:
            raise ResponseInvalid("Missing value for field: pspReference in response.")
        return AppResponse(None, str(reference), _actions(response), None)
    results = (f"{kind}_SUCCESS", f"{kind}_FAILURE")
    return _read(response, results, requested_minor=requested_minor, currency=currency)


def _read(
    response: Any, results: tuple[str, ...], *, requested_minor: int, currency: str
) -> AppResponse:
    if not isinstance(response, dict):
        raise ResponseInvalid(NO_RESPONSE)
    result = str(response.get("result"))
    if result not in results:
        raise ResponseInvalid(
            f"Missing or invalid value for `result`: {response.get('result')}. "
            f"Possible values: {', '.join(results)}."
        )
    reference = str(response.get("pspReference") or "")
    if not reference and not result.endswith(WITHOUT_REFERENCE):
        raise ResponseInvalid("Missing value for field: pspReference in response.")
    report = Report(
        type=result,
        psp_reference=reference,
        amount_minor=_amount(response.get("amount"), requested_minor, currency),
        message=str(response.get("message") or ""),
        external_url=str(response.get("externalUrl") or ""),
        time=_time(response.get("time")),
    )
    return AppResponse(report, reference, _actions(response), response.get("data"))


def _amount(value: Any, requested_minor: int, currency: str) -> int:
    if value is None or value == 0:
        return requested_minor
    try:
        return to_minor(str(value), currency)
    except (ArithmeticError, ValueError) as error:
        raise ResponseInvalid("Incorrect value for field: amount in response.") from error


def _time(value: Any) -> datetime | None:
    if not value:
        return None
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError as error:
        raise ResponseInvalid("Incorrect value for field: time in response.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _actions(response: dict[str, Any]) -> list[str] | None:
    actions = response.get("actions")
    return None if actions is None else [each for each in ACTIONS if each in actions]
