"""The list of the roles in a programme."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from marketplace.core.word_lists import listed
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, Search
from marketplace.web.staff.lists import common
from marketplace.web.staff.templatetags.staff import has_begun, waits_for_confirmation
from vendors import queries
from vendors.models import StaffRole


def _reach(row: Any) -> str:
    if row.cooperative:
        return str(row.cooperative.legal_name)
    return listed([common.region_label(code) for code in row.region_codes]) or str(_("all"))


def _state(row: Any) -> object:
    if waits_for_confirmation(row):
        return _("Awaiting confirmation")
    return _("In office") if has_begun(row) else _("Takes effect soon")


PEOPLE = RowList(
    name="people",
    title=_("Staff"),
    permission="grant:make",
    is_whole=True,
    in_files=False,
    rows=lambda access: queries.grants_in(access.programme),
    default="name",
    columns=(
        Column(
            key="name", heading=_("Name"), value="user.name", sort=True,
            template="staff/people/name_cell.html",
        ),
        Column(
            key="email", heading=_("E-mail address"), value="user.email", kind="code",
            sort=True, shown=False,
        ),
        Column(key="role", heading=_("Role"), value="get_role_display", sort=["role"]),
        Column(
            key="for", heading=_("For"), value=_reach, template="staff/people/scope_cell.html"
        ),
        Column(
            key="effective", heading=_("In office since"), value="effective_at", kind="moment",
            sort=True, nullable=True, shown=False,
        ),
        Column(
            key="state", heading=_("State"), template="staff/people/state_cell.html",
            value=_state,
        ),
        Column(
            key="action", heading=_("Action"), in_files=False,
            template="staff/people/action_cell.html",
        ),
    ),
    filters=(
        Search(
            key="q", label=_("Name or e-mail address"), split=common.terms_of,
            finds=common.holds("user__name", "user__email"),
        ),
        Choice(key="role", label=_("Role"), choices=StaffRole.choices),
    ),
)  # fmt: skip
