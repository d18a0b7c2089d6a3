"""Setting up taxes."""

from collections.abc import Mapping
from typing import Any

from marketplace.embedded.errors import refuse
from marketplace.embedded.models import App, TaxClass, TaxConfiguration


def update_tax_configuration(row: TaxConfiguration, data: Mapping[str, Any]) -> None:
    """Change what is given of a channel's tax configuration.

    Refuses NOT_FOUND for an App that does not calculate taxes.
    """
    if (identifier := data.get("tax_app_id")) and not _calculates_taxes(identifier):
        raise refuse("NOT_FOUND", "There is no such App that calculates taxes.")
    for name, value in data.items():
        setattr(row, name, value)
    row.save()


def _calculates_taxes(identifier: str) -> bool:
    """Tell whether an active App of that identifier is subscribed to tax calculations."""
    return App.objects.filter(
        identifier=identifier,
        is_active=True,
        permissions__contains=["HANDLE_TAXES"],
        webhooks__is_active=True,
        webhooks__events__contains=["CHECKOUT_CALCULATE_TAXES"],
    ).exists()


def create_tax_class(name: str) -> TaxClass:
    """Create a tax class; refuses GRAPHQL_ERROR for a blank name."""
    if not name.strip():
        raise refuse("GRAPHQL_ERROR", "This field cannot be blank.", field="name")
    return TaxClass.objects.create(name=name.strip())
