"""Who did something for a cooperative, as its pages and the staff's say it: by X, or by X for Y."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from marketplace.core.models import AuditEntry
from vendors.accounts import User
from vendors.act_labels import label_of
from vendors.models import Cooperative
from vendors.queries import acts_on, outsiders_who_advise


@dataclass(frozen=True)
class Told:
    """An act in a cooperative's name, as pages show it."""

    pk: int
    at: datetime
    act: str
    by: str


def name_for(person: str, cooperative: Cooperative) -> str:
    """An adviser's name with that of the cooperative for which they acted."""
    return _("%(person)s for %(cooperative)s") % {
        "person": person,
        "cooperative": cooperative.legal_name,
    }


def by_whom(user: User, cooperative: Cooperative) -> SafeString:
    """A person's name; of an adviser who is no member with the cooperative's."""
    known = cooperative.__dict__
    if "_outsiders" not in known:
        known["_outsiders"] = outsiders_who_advise(cooperative)
    name = user.name or user.email
    if user.pk in known["_outsiders"]:
        name = name_for(name, cooperative)
    return format_html("<bdi>{}</bdi>", name)


def acts_shown(cooperative: Cooperative, subjects: Iterable[Model]) -> list[Told]:
    """What advisers did with some objects: act, moment, by whom for whom; the latest first."""
    return [told(entry, cooperative) for entry in acts_on(cooperative, subjects)]


def told(entry: AuditEntry, cooperative: Cooperative) -> Told:
    """One act as pages show it."""
    by = name_for(entry.actor_name, cooperative)
    return Told(entry.pk, entry.at, label_of(entry.action), by)
