"""Pages of a demo only."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from catalog.markets import MARKETS
from marketplace.core.models import SentMail
from marketplace.demo.accounts import ACCOUNTS, PASSWORD
from marketplace.demo.mailbox import send_reply
from marketplace.demo.progress import LABELS, progress

PAGE_SIZE = 25

Page = Callable[..., HttpResponse]


class ReplyForm(forms.Form):
    """What the recipient of a mail answers."""

    text = forms.CharField(
        label=gettext_lazy("Your answer"), widget=forms.Textarea(attrs={"rows": 4})
    )


def demo_only(page: Page) -> Page:
    """Let a page exist in a demo only."""

    @wraps(page)
    def guarded(request: HttpRequest, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return page(request, **kwargs)

    return guarded


@require_GET
@demo_only
def show_progress(request: HttpRequest) -> HttpResponse:
    """The progress of each stage; the page reloads itself until all are complete."""
    rows = [(_(LABELS[row.stage]), row) for row in progress()]
    finished = all(row.finished_at for _label, row in rows)
    context = {
        "rows": rows,
        "finished": finished,
        "accounts": ACCOUNTS,
        "password": PASSWORD,
    }
    response = render(request, "demo/progress.html", context)
    if not finished:
        response["Refresh"] = "5"
    return response


@require_GET
@demo_only
def list_mails(request: HttpRequest) -> HttpResponse:
    """Mails that a real shop would have sent, newest first."""
    mails = SentMail.objects.order_by("-pk")
    page = Paginator(mails, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(request, "demo/outbox.html", {"page": page, "time_zone": MARKETS[0].zone})


@require_http_methods(["GET", "HEAD", "POST"])
@demo_only
def show_mail(request: HttpRequest, mail_id: int) -> HttpResponse:
    """One of them, as text; its links work, and it can be answered where answers are taken."""
    mail = get_object_or_404(SentMail, pk=mail_id)
    form = ReplyForm(request.POST or None)
    if mail.reply_to and form.is_valid():
        send_reply(mail, form.cleaned_data["text"])
        messages.success(request, _("Your reply is on its way; it arrives within a minute."))
        return redirect("demo:mail", mail_id=mail.pk)
    context = {"mail": mail, "form": form, "time_zone": MARKETS[0].zone}
    return render(request, "demo/mail.html", context, status=422 if form.errors else 200)
