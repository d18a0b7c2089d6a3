"""Conversations for staff: what is reported is read and decided; advisers answer for theirs."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from marketplace.conversations import services
from marketplace.conversations.errors import ConversationNotFound
from marketplace.conversations.models import Conversation, Side
from marketplace.conversations.queries import find_conversation, is_reported, reports_of, thread
from marketplace.conversations.subjects import cooperative_name, subject_title
from marketplace.web.message_forms import AnswerForm, CloseForm
from marketplace.web.outcomes import carry_out, saved
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.conversations.conversation_list import CONVERSATIONS
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list

REFUSED = 422


@list_view(CONVERSATIONS)
@require_GET
def list_conversations(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """All conversations within the scope."""
    return show_staff_list(request, access, CONVERSATIONS, "staff/conversations/list.html")


@staff_view("conversation:read")
@require_GET
def show_conversation(
    request: HttpRequest, access: StaffAccess, conversation_id: UUID
) -> HttpResponse:
    """The facts; the messages only to who decides on a report, or answers for the cooperative."""
    conversation = find_conversation(access.scope, conversation_id)
    if _answers_for(access, conversation):
        services.mark_read(conversation=conversation, reader=Side.COOPERATIVE)
    return _page(request, access, conversation)


@staff_view("conversation:answer")
@require_POST
def answer(request: HttpRequest, access: StaffAccess, conversation_id: UUID) -> HttpResponse:
    """An adviser answers for a cooperative."""
    conversation = find_conversation(access.scope, conversation_id)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, access, conversation, form=form)
    is_saved = saved(
        form,
        lambda: services.answer_buyer(
            conversation=conversation,
            text=form.cleaned_data["text"],
            form_key=form.form_key,
            by=access.user,
        ),
        beside="text",
    )
    if not is_saved:
        return _page(request, access, conversation, form=form)
    messages.success(request, _("Sent. The buyer receives your answer by e-mail."))
    return _to(access, conversation)


@staff_view("conversation:moderate")
@require_POST
def close(request: HttpRequest, access: StaffAccess, conversation_id: UUID) -> HttpResponse:
    """End a reported conversation, with a reason that both sides read."""
    conversation = _reported(access, conversation_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, access, conversation, close_form=form)
    reason = form.cleaned_data["closing"]
    carry_out(
        request,
        lambda: services.close_conversation(
            conversation=conversation, reason=reason, by=access.user
        ),
        _("Closed. Both sides can read the reason."),
    )
    return _to(access, conversation)


@staff_view("conversation:moderate")
@require_POST
def settle(request: HttpRequest, access: StaffAccess, conversation_id: UUID) -> HttpResponse:
    """Leave a reported conversation open."""
    conversation = _reported(access, conversation_id)
    carry_out(
        request,
        lambda: services.settle_reports(conversation=conversation, by=access.user),
        _("The conversation goes on. You can no longer read it."),
    )
    return _to(access, conversation)


def _reported(access: StaffAccess, conversation_id: UUID) -> Conversation:
    """A conversation of which somebody complained; any other is none of staff's."""
    conversation = find_conversation(access.scope, conversation_id)
    if not is_reported(conversation):
        raise ConversationNotFound
    return conversation


def _answers_for(access: StaffAccess, conversation: Conversation) -> bool:
    return _has(access, "conversation:answer", conversation)


def _has(access: StaffAccess, permission: str, conversation: Conversation) -> bool:
    """Whether the person's role carries a permission for this conversation's cooperative."""
    if not access.allows(permission):
        return False
    try:
        find_conversation(access.scope_for(permission), conversation.pk)
    except ConversationNotFound:
        return False
    return True


def _page(
    request: HttpRequest,
    access: StaffAccess,
    conversation: Conversation,
    *,
    form: AnswerForm | None = None,
    close_form: CloseForm | None = None,
) -> HttpResponse:
    language = get_language() or "en"
    answers = _answers_for(access, conversation)
    reported = is_reported(conversation)
    decides = reported and _has(access, "conversation:moderate", conversation)
    reader = Side.COOPERATIVE if answers else Side.STAFF
    context = {
        "conversation": conversation,
        "title": subject_title(conversation, language),
        "cooperative": cooperative_name(conversation, language),
        "is_reported": reported,
        "reports": reports_of(conversation) if decides else [],
        "answers": answers,
        "decides": decides,
        "thread": thread(conversation, reader) if answers or decides else None,
        "form": form or AnswerForm(),
        "close_form": close_form or CloseForm(),
    }
    status = REFUSED if form or close_form else 200
    return render(request, "staff/conversations/conversation.html", context, status=status)


def _to(access: StaffAccess, conversation: Conversation) -> HttpResponse:
    return redirect(
        "staff:conversation", programme=access.programme.slug, conversation_id=conversation.pk
    )
