"""Mail of a proposed change of the commission rules, to whoever may confirm it."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.payouts.events import CommissionChangeProposed
from marketplace.payouts.models import CommissionChange
from vendors.in_office import staff_who_may
from vendors.permissions import StaffPermission


def on_commission_change_proposed(payload: dict[str, Any]) -> None:
    """Ask everybody who may confirm it. Delivered at least once."""
    event = CommissionChangeProposed.model_validate(payload)
    found = CommissionChange.objects.select_related("programme", "proposed_by")
    change = found.get(pk=event.change_id)
    path = reverse(
        "staff:commission-change",
        kwargs={"programme": change.programme.slug, "commission_change_id": change.pk},
    )
    market = change.programme.home
    for user in staff_who_may(StaffPermission.COMMISSION_SET, [change.programme]):
        if user.pk == change.proposed_by_id:
            continue
        with speaking(user.language, market):
            body = _(
                "%(proposer)s proposes to change the commission from %(day)s on: %(source)s\n\n"
                "Nothing changes until another person confirms it, before that day:\n%(link)s"
            ) % {
                "proposer": str(change.proposed_by),
                "day": Format(user.language, market).day(change.begins_on),
                "source": change.source,
                "link": f"{settings.PUBLIC_URL}{path}",
            }
            subject = _("A commission rule waits for your confirmation")
            send_mail(to=user.email, language=user.language, subject=subject, text=body)
