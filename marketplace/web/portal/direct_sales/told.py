"""What became of a direct sale, in words: what is wrong beside its field, what is done above."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.direct_sales.errors import ImpossibleSale
from marketplace.direct_sales.models import DirectSale
from marketplace.direct_sales.queries import promised_beyond
from marketplace.web.portal.access import MemberAccess


def beside_fields(form: BaseForm, refused: ImpossibleSale) -> None:
    """Each message of a refusal beside its field."""
    for name, message in refused.errors.items():
        form.add_error(name, str(message))


def tell(request: HttpRequest, access: MemberAccess, sale: DirectSale) -> None:
    """That it is kept, what the shop knows of it, and what the stock did not have."""
    if sale.stock_due_at is None:
        messages.success(request, _("Saved. The shop's stock is up to date."))
    else:
        messages.success(request, _("Saved. The shop's stock follows in a few minutes."))
    if sale.short:
        text = ngettext(
            "The stock lacked %(n)s piece. Count it and correct it.",
            "The stock lacked %(n)s pieces. Count it and correct it.",
            sale.short,
        )
        messages.warning(request, text % {"n": sale.short})
    if beyond := promised_beyond(access.scope, sale.variant_id):
        text = ngettext(
            "%(n)s piece already ordered in the shop is no longer in stock. Look at your orders.",
            "%(n)s pieces already ordered in the shop are no longer in stock. Look at your orders.",
            beyond,
        )
        messages.warning(request, text % {"n": beyond})
