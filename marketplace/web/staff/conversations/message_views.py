"""Messages to the programme: staff read them, answer by mail, and close what is abuse."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from marketplace.conversations import services
from marketplace.conversations.models import Conversation, Side
from marketplace.conversations.queries import find_programme_message, thread
from marketplace.core.phones import shown_phone
from marketplace.web.message_forms import AnswerForm, CloseForm
from marketplace.web.outcomes import carry_out, saved
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.conversations.messages_list import MESSAGES
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list

REFUSED = 422


@list_view(MESSAGES)
@require_GET
def list_messages(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """All messages to the programme."""
    return show_staff_list(request, access, MESSAGES, "staff/conversations/messages.html")


@programme_view("message:answer")
@require_GET
def show_message(request: HttpRequest, access: StaffAccess, message_id: UUID) -> HttpResponse:
    """What was written, by whom, and the answers."""
    conversation = find_programme_message(access.programme.pk, message_id)
    services.mark_read(conversation=conversation, reader=Side.STAFF)
    return _page(request, conversation)


@programme_view("message:answer")
@require_POST
def answer(request: HttpRequest, access: StaffAccess, message_id: UUID) -> HttpResponse:
    """Answer: by mail, or noted for who left a phone number only."""
    conversation = find_programme_message(access.programme.pk, message_id)
    form = AnswerForm(request.POST)
    is_saved = form.is_valid() and saved(
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
        return _page(request, conversation, form=form)
    by_mail = _("Sent. Whoever wrote receives your answer by e-mail.")
    noted = _("Noted. It was not mailed: whoever wrote left only a phone number.")
    messages.success(request, by_mail if conversation.email else noted)
    return _to(access, conversation)


@programme_view("message:answer")
@require_POST
def close(request: HttpRequest, access: StaffAccess, message_id: UUID) -> HttpResponse:
    """End what is abuse or needs no answer, with a reason that whoever wrote reads."""
    conversation = find_programme_message(access.programme.pk, message_id)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return _page(request, conversation, close_form=form)
    reason = form.cleaned_data["closing"]
    carry_out(
        request,
        lambda: services.close_conversation(
            conversation=conversation, reason=reason, by=access.user
        ),
        _("Closed. Whoever wrote can read the reason."),
    )
    return _to(access, conversation)


def _page(
    request: HttpRequest,
    conversation: Conversation,
    *,
    form: AnswerForm | None = None,
    close_form: CloseForm | None = None,
) -> HttpResponse:
    closing = close_form or CloseForm()
    closing.fields["closing"].help_text = _("Whoever wrote reads this reason.")
    context = {
        "conversation": conversation,
        "shown_phone": shown_phone(conversation.phone) if conversation.phone else "",
        "thread": thread(conversation, Side.STAFF),
        "form": form or AnswerForm(),
        "close_form": closing,
    }
    status = REFUSED if form or close_form else 200
    return render(request, "staff/conversations/message.html", context, status=status)


def _to(access: StaffAccess, conversation: Conversation) -> HttpResponse:
    return redirect("staff:message", programme=access.programme.slug, message_id=conversation.pk)
