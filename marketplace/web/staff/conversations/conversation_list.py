"""The list of a programme's conversations: facts of each, and nothing that was written."""

from django.utils.translation import gettext_lazy as _

from marketplace.conversations.models import ConversationState, Subject
from marketplace.conversations.queries import staff_rows, with_open_reports
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange
from marketplace.web.staff.lists import common

CONVERSATIONS = RowList(
    name="conversations",
    title=_("Questions of buyers"),
    permission="conversation:read",
    rows=lambda access: staff_rows(access.scope),
    default="-last",
    columns=(
        common.cooperative(link=common.link("conversation", conversation_id="pk")),
        common.region(),
        Column(
            key="subject", heading=_("About"), value="get_subject_display", sort=["subject"]
        ),
        Column(key="asked", heading=_("Asked on"), value="asked_at", kind="moment", sort=True),
        Column(
            key="first", heading=_("First answer"), value="first_answer_at", kind="moment",
            sort=True, nullable=True,
        ),
        Column(
            key="last", heading=_("Last message"), value="last_message_at", kind="moment",
            sort=True, shown=False,
        ),
        Column(
            key="state", heading=_("State"), value="state", sort=True,
            template="staff/conversations/state_cell.html",
            export=lambda row: row.get_state_display(),
        ),
        Column(
            key="reports", heading=_("Open reports"), value="open_reports", kind="number",
            sort=["open_reports"], shown=False,
        ),
    ),
    filters=(
        Choice(
            key="state", label=_("State"),
            choices=[*ConversationState.choices, ("reported", _("Reported"))],
            special={"reported": with_open_reports},
        ),
        Choice(key="subject", label=_("About"), choices=Subject.choices),
        DateRange(key="asked", label=_("Asked on"), path="asked_at", is_moment=True),
        common.by_cooperative(),
        common.by_region(),
    ),
)  # fmt: skip
