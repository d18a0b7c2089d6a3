"""What became of a direct sale, in words: what is wrong beside its field, what is done above."""

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils.translation import gettext as _

from marketplace.direct_sales.errors import ImpossibleSale
from marketplace.direct_sales.models import DirectSale
from marketplace.direct_sales.remarks import remarks_of
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
    for remark in remarks_of(access.scope, sale):
        messages.warning(request, remark)
