"""Staff pages of the phrases that no suggestion contains."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.web.staff.access import ShopAccess, shop_view
from marketplace.web.staff.search.forms import BlockForm
from search import blocked_phrases
from search.models import BlockedPhrase


@shop_view("search:set")
@require_http_methods(["GET", "HEAD", "POST"])
def show_blocked(request: HttpRequest, access: ShopAccess) -> HttpResponse:
    """The blocked phrases, and a form to block another."""
    form = BlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        blocked_phrases.block_phrase(text=form.cleaned_data["text"], by=access.by)
        messages.success(request, _("Blocked. No suggestion contains it from now on."))
        return redirect("staff:blocked-phrases", programme=access.programme.slug)
    context = {"access": access, "form": form, "phrases": BlockedPhrase.objects.all()}
    return render(request, "staff/search/blocked.html", context)


@shop_view("search:set")
@require_POST
def unblock(request: HttpRequest, access: ShopAccess, phrase_id: int) -> HttpResponse:
    """Allow a phrase in suggestions again."""
    phrase = get_object_or_404(BlockedPhrase, pk=phrase_id)
    blocked_phrases.unblock_phrase(phrase=phrase, by=access.by)
    messages.success(request, _("Suggestions may contain it again."))
    return redirect("staff:blocked-phrases", programme=access.programme.slug)
