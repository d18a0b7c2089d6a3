"""Mails to a cooperative's managers: who advises it, and what was done in its name."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.mail import send_mail
from marketplace.core.market_usage import speaking
from marketplace.core.models import AuditEntry
from vendors.accounts import User
from vendors.act_labels import IMPORTANT, label_of
from vendors.events import GrantMade
from vendors.models import Cooperative, MemberRole, Membership, StaffGrant, StaffRole
from vendors.proven_addresses import has_proven_address
from vendors.scoping import Crossing

# Older acts are not told any more, where the job did not run for long.
LONGEST_BACK = timedelta(days=2)


def on_grant_made(payload: dict[str, Any]) -> None:
    """Tell the managers that somebody advises their cooperative, and how to switch acting off."""
    event = GrantMade.model_validate(payload)
    rows = StaffGrant.objects.select_related("user", "cooperative__programme")
    grant = rows.filter(pk=event.grant_id, role=StaffRole.ADVISER).first()
    if grant is None or grant.cooperative is None:
        return
    own = grant.cooperative
    for user in managers_of(own):
        with speaking(user.language, own.country_code.lower()):
            body = _(
                "%(person)s of %(programme)s advises %(cooperative)s and can act in its name: "
                "products, orders, texts, documents; never money, never members. You see "
                "everything that was done, and can switch this off:\n\n%(link)s"
            ) % {
                "person": str(grant.user),
                "programme": own.programme.name_in(user.language),
                "cooperative": own.legal_name,
                "link": _page(own),
            }
            send_mail(
                subject=_("Your adviser: %(person)s") % {"person": str(grant.user)},
                text=body,
                to=user.email,
                language=user.language,
            )


def tell_of_acts() -> None:
    """Tell managers, once for each cooperative, of what reached buyers or the programme."""
    now = timezone.now()
    recent = AuditEntry.objects.filter(at__gt=now - LONGEST_BACK, at__lte=now)
    names = recent.exclude(acts_for="").filter(action__in=IMPORTANT)
    wanted = set(names.values_list("acts_for", flat=True))
    rows = Cooperative.objects.crossing(Crossing.SCHEDULED_JOB).select_related("programme")
    for own in rows.filter(pk__in=wanted):
        since = max(own.told_of_acts_at or now - LONGEST_BACK, now - LONGEST_BACK)
        acts = list(names.filter(acts_for=str(own.pk), at__gt=since).order_by("at", "pk"))
        if acts:
            # Noted first: after a failure a mail may be missing, and none comes twice.
            rows.filter(pk=own.pk).update(told_of_acts_at=now)
            for user in managers_of(own):
                _tell(user, own, acts)


def managers_of(own: Cooperative) -> list[User]:
    """The managers who can be written to."""
    rows = Membership.objects.within(own.scope).filter(
        has_proven_address(), role=MemberRole.MANAGER, user__is_active=True
    )
    return [row.user for row in rows.select_related("user").order_by("pk")]


def _tell(user: User, own: Cooperative, acts: list[AuditEntry]) -> None:
    with speaking(user.language, own.country_code.lower()):
        written = Format(user.language, own.country_code.lower())
        counted = Counter((act.actor_name, act.action) for act in acts)
        lines = [
            _("%(act)s (%(times)s), by %(person)s for %(cooperative)s")
            % {
                "act": label_of(action),
                "times": written.number(times),
                "person": person,
                "cooperative": own.legal_name,
            }
            for (person, action), times in counted.items()
        ]
        body = _(
            "This was done in the name of %(cooperative)s:\n\n%(list)s\n\nSee each of them, or "
            "switch this off:\n\n%(link)s"
        ) % {
            "cooperative": own.legal_name,
            "list": "\n".join(f"- {line}" for line in lines),
            "link": _page(own),
        }
        send_mail(
            subject=_("Done in your name by your adviser"),
            text=body,
            to=user.email,
            language=user.language,
        )


def _page(own: Cooperative) -> str:
    return str(settings.PUBLIC_URL + reverse("portal:adviser", kwargs={"cooperative": own.slug}))
