"""The list of what advisers did in a cooperative's name."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.models import AuditEntry
from marketplace.web.acting import Told, told
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange
from marketplace.web.portal.access import MemberAccess
from vendors.act_labels import ACTS
from vendors.queries import acts_for


def _named(rows: list[AuditEntry], access: MemberAccess) -> list[Told]:
    return [told(entry, access.cooperative) for entry in rows]


DONE = RowList(
    name="adviser",
    title=_("Done in our name"),
    permission="cooperative:read",
    rows=lambda access: acts_for(access.cooperative),
    default="-at",
    dress=_named,
    columns=(
        Column(key="act", heading=_("What"), value="act", strong=True),
        Column(key="at", heading=_("When"), value="at", kind="moment", sort=True),
        Column(key="by", heading=_("By"), value="by"),
    ),
    filters=(
        Choice(key="action", label=_("What"), choices=sorted(ACTS.items())),
        DateRange(key="at", label=_("When"), path="at", is_moment=True),
    ),
)  # fmt: skip
