"""Asking payment Apps what a buyer's payment page needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypedDict

from marketplace.embedded import webhooks
from marketplace.embedded.models import App, Checkout, Order


@dataclass(frozen=True, slots=True)
class GatewaySession:
    """The subject of PAYMENT_GATEWAY_INITIALIZE_SESSION; the amount is in minor units."""

    source: Checkout | Order
    amount_minor: int
    data: Any

    @property
    def pk(self) -> object:
        return self.source.pk


class GatewayProblem(TypedDict):
    """Why an App has no configuration, as the API's error type has it."""

    field: str
    message: str
    code: str


@dataclass(frozen=True, slots=True)
class GatewayConfig:
    """What a payment App answered; `id` is its identifier."""

    id: str
    data: Any = None
    errors: list[GatewayProblem] = field(default_factory=list)


def initialize_gateways(
    source: Checkout | Order, *, amount_minor: int, requested: Mapping[str, Any] | None
) -> list[GatewayConfig]:
    """Call the payment Apps and return what they answer, or why they did not.

    `requested` maps the identifiers of Apps to data for each; None asks all active Apps. Must be
    called outside of a write.
    """
    data = requested or {}
    configs = {identifier: _no_answer(identifier) for identifier in data}
    apps = App.objects.filter(is_active=True)
    if requested is not None:
        apps = apps.filter(identifier__in=data)
    for app in apps:
        session = GatewaySession(source, amount_minor, data.get(app.identifier))
        for answer in webhooks.call_sync("PAYMENT_GATEWAY_INITIALIZE_SESSION", session, app=app):
            configs[app.identifier] = _config(app.identifier, answer.response)
    return list(configs.values())


def _config(identifier: str, response: Any) -> GatewayConfig:
    if not isinstance(response, dict) or "data" not in response:
        return _no_answer(identifier)
    return GatewayConfig(identifier, response["data"])


def _no_answer(identifier: str) -> GatewayConfig:
    message = "Unable to process a payment gateway response."
    return GatewayConfig(
        identifier, errors=[{"field": "id", "message": message, "code": "NOT_FOUND"}]
    )
