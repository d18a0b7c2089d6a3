"""The list of a cooperative's conversations."""

from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.conversations.models import Conversation, ConversationState, Subject
from marketplace.conversations.queries import conversation_rows
from marketplace.conversations.subjects import subject_title
from marketplace.web.lists.columns import Column
from marketplace.web.lists.declared import RowList
from marketplace.web.lists.filters import Choice, DateRange
from marketplace.web.portal.access import MemberAccess


def _page(row: Conversation, access: MemberAccess) -> str:
    own = {"cooperative": access.cooperative.slug, "conversation_id": row.pk}
    return reverse("portal:conversation", kwargs=own)


def _title(row: Conversation) -> Any:
    if row.subject == Subject.COOPERATIVE:
        return _("our cooperative")
    return subject_title(row, get_language() or "ar")


CONVERSATIONS = RowList(
    name="conversations",
    title=_("Questions of buyers"),
    permission="conversation:answer",
    rows=lambda access: conversation_rows(access.scope),
    default="-last",
    columns=(
        Column(key="name", heading=_("Buyer"), value="name", link=_page, strong=True),
        Column(key="about", heading=_("About"), value=_title),
        Column(
            key="last", heading=_("Last message"), value="last_message_at", kind="moment",
            sort=True,
        ),
        Column(
            key="state", heading=_("State"), value="state", sort=True,
            template="portal/conversations/state_cell.html",
        ),
        Column(
            key="asked", heading=_("Asked on"), value="asked_at", kind="moment", sort=True,
            shown=False,
        ),
    ),
    filters=(
        Choice(key="state", label=_("State"), choices=ConversationState.choices),
        Choice(key="subject", label=_("About"), choices=Subject.choices),
        DateRange(key="last", label=_("Last message"), path="last_message_at", is_moment=True),
    ),
)  # fmt: skip
