"""Buyers' questions: read, answer, report."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.models import ListingPage
from marketplace.conversations import services
from marketplace.conversations.models import Conversation, Side
from marketplace.conversations.queries import count_waiting, find_conversation, thread
from marketplace.conversations.subjects import subject_title
from marketplace.orders.price_offers import in_stock, offers_in, sold_as
from marketplace.web.lists.pages import show_list
from marketplace.web.message_forms import AnswerForm, ReportForm
from marketplace.web.outcomes import carry_out, saved
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.conversations.conversation_list import CONVERSATIONS
from vendors.permissions import MemberPermission

REFUSED = 422


@member_view("conversation:answer")
@require_GET
def list_conversations(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """What buyers asked, the latest first."""
    waiting = count_waiting(access.scope)
    template = "portal/conversations/list.html"
    return show_list(request, access, CONVERSATIONS, template, waiting=waiting)


@member_view("conversation:answer")
@require_GET
def show_conversation(
    request: HttpRequest, access: MemberAccess, conversation_id: UUID
) -> HttpResponse:
    """The messages, what they are about, and the form to answer."""
    conversation = find_conversation(access.scope, conversation_id)
    services.mark_read(conversation=conversation, reader=Side.COOPERATIVE)
    return _page(request, access, conversation)


@member_view("conversation:answer")
@require_POST
def answer(request: HttpRequest, access: MemberAccess, conversation_id: UUID) -> HttpResponse:
    """The cooperative's answer, which is mailed to the buyer."""
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


@member_view("conversation:answer")
@require_POST
def report(request: HttpRequest, access: MemberAccess, conversation_id: UUID) -> HttpResponse:
    """The cooperative reports a buyer's messages to the programme."""
    conversation = find_conversation(access.scope, conversation_id)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _page(request, access, conversation, report_form=form)
    carry_out(
        request,
        lambda: services.report_conversation(
            conversation=conversation,
            side=Side.COOPERATIVE,
            reason=form.cleaned_data["reason"],
            by=access.by,
        ),
        _("Reported. The programme's staff will read the conversation and decide."),
    )
    return _to(access, conversation)


def _page(
    request: HttpRequest,
    access: MemberAccess,
    conversation: Conversation,
    *,
    form: AnswerForm | None = None,
    report_form: ReportForm | None = None,
) -> HttpResponse:
    language = get_language() or "ar"
    context: dict[str, Any] = {
        "access": access,
        "conversation": conversation,
        "title": subject_title(conversation, language),
        "listing": _listing(conversation),
        "lines": _lines(conversation, language),
        "thread": thread(conversation, Side.COOPERATIVE),
        "offers": offers_in(access.cooperative.pk, conversation.pk),
        "may_offer": access.allows(MemberPermission.PRICE_OFFER),
        "form": form or AnswerForm(),
        "report_form": report_form or ReportForm(),
    }
    if context["offers"] and context["offers"][0].is_open:
        context["in_stock"] = in_stock(sold_as(context["offers"][0]))
    status = REFUSED if form or report_form else 200
    return render(request, "portal/conversations/conversation.html", context, status=status)


def _listing(conversation: Conversation) -> ListingPage | None:
    """The listing that it is about, as the shop shows it now."""
    listing_id, cooperative_id = conversation.listing_id, conversation.cooperative_id
    if listing_id is None or cooperative_id is None:
        return None
    rows = ListingPage.objects.filter(cooperative_id=cooperative_id)
    return rows.filter(listing_id=listing_id).first()


def _lines(conversation: Conversation, language: str) -> list[tuple[int, str]]:
    """What was ordered, if it is about an order."""
    if conversation.vendor_order is None:
        return []
    lines = conversation.vendor_order.lines.all()
    return [(line.quantity, line.title_in(language)) for line in lines]


def _to(access: MemberAccess, conversation: Conversation) -> HttpResponse:
    return redirect(
        "portal:conversation", cooperative=access.cooperative.slug, conversation_id=conversation.pk
    )
