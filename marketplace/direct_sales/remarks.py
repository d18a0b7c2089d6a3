"""What a person must hear of a recorded sale: pieces that the stock did not have, or owes."""

from django.utils.translation import ngettext

from marketplace.direct_sales.models import DirectSale
from marketplace.direct_sales.queries import promised_beyond
from vendors.scoping import Scope


def remarks_of(scope: Scope, sale: DirectSale) -> list[str]:
    """Sentences in the reader's language; none where all is well."""
    said = []
    if sale.short:
        text = ngettext(
            "The stock lacked %(n)s piece. Count it and correct it.",
            "The stock lacked %(n)s pieces. Count it and correct it.",
            sale.short,
        )
        said.append(text % {"n": sale.short})
    if beyond := promised_beyond(scope, sale.variant_id):
        text = ngettext(
            "%(n)s piece already ordered in the shop is no longer in stock. Look at your orders.",
            "%(n)s pieces already ordered in the shop are no longer in stock. Look at your orders.",
            beyond,
        )
        said.append(text % {"n": beyond})
    return said
