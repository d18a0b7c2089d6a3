"""The list of what was written to the programme itself, from the shop's contact page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.conversations.models import ConversationState, Topic
from marketplace.conversations.queries import programme_messages
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange
from marketplace.web.staff.lists import common

MESSAGES = RowList(
    name="messages",
    title=_("Messages to the programme"),
    permission="message:answer",
    rows=lambda access: programme_messages(access.programme.pk),
    default="-last",
    is_whole=True,
    # Names and addresses of strangers stay out of files.
    in_files=False,
    columns=(
        Column(
            key="topic", heading=pgettext_lazy("of a message", "Subject"),
            value="get_topic_display", sort=["topic"],
            link=common.link("message", message_id="pk"),
        ),
        Column(key="name", heading=_("Name"), value="name"),
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
            template="staff/conversations/message_state_cell.html",
            export=lambda row: row.get_state_display(),
        ),
    ),
    filters=(
        Choice(key="state", label=_("State"), choices=ConversationState.choices),
        Choice(
            key="topic", label=pgettext_lazy("of a message", "Subject"), choices=Topic.choices
        ),
        DateRange(key="asked", label=_("Asked on"), path="asked_at", is_moment=True),
    ),
)  # fmt: skip
