"""Programmes whose numbers are known, so that they give invoices and charge VAT."""

from datetime import date

from tests.payouts.world import MACHINE
from vendors.models import Programme
from vendors.services import set_payer_identifier


def known_payer(programme: Programme, *, since: date = date(2020, 1, 1), **more: str) -> Programme:
    """With everything that Moroccan law wants on its invoices; ``more`` by the kind of number."""
    values = {"ice": "001512345000067", "if": "4567", "address": "Avenue Annakhil, Rabat", **more}
    for kind, value in values.items():
        set_payer_identifier(
            programme=programme, kind=kind, value=value, valid_from=since, source="tax office",
            by=MACHINE,
        )  # fmt: skip
    return programme
