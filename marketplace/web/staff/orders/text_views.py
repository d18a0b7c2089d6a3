"""Messages to a buyer's phone that did not arrive."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from marketplace.orders import queries
from marketplace.orders.queries.texts import unsent_texts
from marketplace.orders.services.send_texts import send_again as send_text_again
from marketplace.web.staff.access import StaffAccess, staff_view


@staff_view("delivery:record")
@require_POST
def send_again(request: HttpRequest, access: StaffAccess, vendor_order_id: UUID) -> HttpResponse:
    """Have all messages of the order that did not arrive sent again."""
    vendor_order = queries.vendor_order(access.scope, vendor_order_id)
    texts = unsent_texts(vendor_order.order)
    count = sum(send_text_again(message=text, by=access.by) for text in texts)
    if count:
        done = ngettext("%(n)s message is sent again.", "%(n)s messages are sent again.", count)
        messages.success(request, done % {"n": count})
    else:
        messages.info(request, _("No message waits to be sent again."))
    return redirect("staff:order", programme=access.programme.slug, vendor_order_id=vendor_order_id)
