"""By which numbers the demo's programmes issue invoices.

They have the form and control digits that the law's have, belong to nobody, and say so.
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
    """Give a programme's payer its numbers, once: before anything is sold, so that VAT is charged."""
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
            "vat_exemption": "Exonération inventée pour la démo",
        },
    }[programme.slug]
    for kind, value in numbers.items():
        services.set_payer_identifier(
            programme=programme, kind=kind, value=value, valid_from=since, source=SOURCE, by=BY
        )
