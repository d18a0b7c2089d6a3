"""Mails to a cooperative's members of what buyers did with its orders."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.orders.models import VendorOrder
from marketplace.orders.reasons import BUYER
from marketplace.orders.services.buyer_notices import tell_once
from vendors.accounts import User
from vendors.models import Membership
from vendors.queries import members_who_ship
from vendors.scoping import Crossing


def on_vendor_order_cancelled(payload: dict[str, Any]) -> None:
    """VendorOrderCancelled: tell whoever may be packing it that the buyer cancelled, each once."""
    rows = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB).select_related(
        "order", "cooperative__programme"
    )
    part = rows.get(pk=UUID(payload["vendor_order_id"]))
    if part.cancel_reason != BUYER:
        return
    members = members_who_ship(Membership.objects.within(part.cooperative.scope))
    for membership in members.select_related("user"):
        _tell(part, membership.user)


def _tell(part: VendorOrder, user: User) -> None:
    path = reverse(
        "portal:order",
        kwargs={"cooperative": part.cooperative.slug, "vendor_order_id": part.pk},
    )

    def send() -> None:
        with speaking(user.language, part.cooperative.programme.home):
            number = {"number": part.number}
            text = _("The buyer has cancelled the order %(number)s. Do not send it.") % number
            send_mail(
                to=user.email,
                language=user.language,
                subject=_("The buyer cancelled the order %(number)s") % number,
                text=f"{text}\n\n{settings.PUBLIC_URL}{path}",
            )

    tell_once(part.order, f"cancelled-member:{part.pk}:{user.pk}", send)
