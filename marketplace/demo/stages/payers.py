"""Stage of legal identifiers of the programmes' payers.

They have the required form and check digits, belong to nobody, and say so.
"""

from datetime import date

from marketplace.demo.stages import BY
from marketplace.demo.world.chance import stream
from marketplace.demo.world.cooperatives import MOROCCO, NEIGHBOURS
from marketplace.demo.world.legal_numbers import ice, tax_number
from vendors import services
from vendors.models import PayerIdentifier, Programme

SOURCE = "invented number of the demo"


def name(programme: Programme, since: date) -> None:
    """Set a payer's identifiers, once: before the first sale, so that VAT is charged."""
    if PayerIdentifier.objects.filter(programme=programme).exists():
        return
    chance = stream("legal", programme.slug)
    numbers = {
        MOROCCO: {
            "ice": ice(chance),
            "if": tax_number(chance),
            "rc": f"Rabat {tax_number(chance)[:6]} (démo)",
            "address": "1, rue imaginaire, 10000 Rabat (démo)",
        },
        NEIGHBOURS: {
            "tax_id": f"{tax_number(chance)} (démo)",
            "address": "1, rue imaginaire, 1000 Tunis (démo)",
            "vat_exemption": "not-registered",
        },
    }[programme.slug]
    for kind, value in numbers.items():
        services.set_payer_identifier(
            programme=programme, kind=kind, value=value, valid_from=since, source=SOURCE, by=BY
        )
