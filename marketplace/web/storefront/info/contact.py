"""The contact page: how a programme is reached, and a form that writes to its staff."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from marketplace.conversations import services
from marketplace.conversations.models import Topic
from marketplace.conversations.subjects import About, Buyer, Question
from marketplace.core.client_address import address_key
from marketplace.core.errors import Invalid
from marketplace.core.throttle import TooSoon
from marketplace.legal.defaults import reached
from marketplace.legal.queries import programmes_of_market
from marketplace.web.address_fields import PhoneField
from marketplace.web.refusals import later
from marketplace.web.storefront.conversations.forms import AskForm
from marketplace.web.storefront.page_heads import heads
from marketplace.web.storefront.shell import Shop, shop_view
from vendors.models import Programme

REFUSED = 422


def _topics() -> list[tuple[str, str]]:
    return [(each.value, capfirst(str(each.label))) for each in Topic]


class ContactForm(AskForm):
    """To which programme, about what, who writes, how to reach them, and the message."""

    programme = forms.ChoiceField(label=_("To"))
    topic = forms.ChoiceField(
        label=pgettext_lazy("of a message", "Subject"), choices=lambda: [("", "—"), *_topics()]
    )
    phone = PhoneField(
        label=_("Phone"),
        required=False,
        help_text=_("If you have no e-mail address: we call you."),
    )

    field_order = ("programme", "topic", "name", "email", "phone", "text")

    def __init__(
        self, *args: Any, programmes: list[Programme], language: str, country: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(each.pk), each.name_in(language)) for each in programmes]
        field = self.fields["programme"]
        field.choices = named  # type: ignore[attr-defined]
        if len(named) == 1:
            field.widget = forms.HiddenInput()
            field.initial = named[0][0]
        self.fields["email"].required = False
        self.fields["email"].help_text = _("The answer comes to this address.")
        self.fields["text"].label = _("Your message")
        self.fields["phone"].country = country  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Somebody who writes can be answered."""
        cleaned = super().clean()
        typed = self.errors.keys() & {"email", "phone"}
        if not typed and not cleaned.get("email") and not cleaned.get("phone"):
            self.add_error("email", _("Enter an e-mail address or a phone number."))
        return cleaned


@require_http_methods(["GET", "HEAD", "POST"])
@shop_view
def show_contact(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Address, phone and hours of each programme, and the form."""
    programmes = programmes_of_market(shop.market)
    form = ContactForm(
        request.POST or None,
        programmes=programmes,
        language=shop.language,
        country=shop.market.default_country,
        initial=_known(request),
    )
    error, too_soon = "", 0
    if form.is_valid():
        try:
            return _send(request, shop, form, programmes)
        except TooSoon as refused:
            error, too_soon = str(refused), refused.seconds
        except Invalid as refused:
            form.add_error("text", str(refused))
    today = timezone.localdate()
    context = {
        "head": heads.info(shop, "contact"),
        "market": shop.market,
        "form": form if programmes else None,
        "error": error,
        "reached": [
            (each.name_in(shop.language), reached(each, shop.language, today))
            for each in programmes
        ],
    }
    status = REFUSED if form.errors else 200
    return later(render(request, "storefront/info/contact.html", context, status=status), too_soon)


def _known(request: HttpRequest) -> dict[str, str]:
    """Name and address of who is signed in."""
    user = request.user
    return {"name": user.name, "email": user.email} if user.is_authenticated else {}


def _send(
    request: HttpRequest, shop: Shop, form: ContactForm, programmes: list[Programme]
) -> HttpResponse:
    given = form.cleaned_data
    chosen = next(each for each in programmes if each.pk == UUID(given["programme"]))
    conversation = services.begin_conversation(
        question=Question(
            about=About(None, to_programme=chosen, topic=given["topic"]),
            buyer=Buyer(given["name"], given["email"], given["phone"]),
            text=given["text"],
            market=shop.market.code,
            language=shop.language,
        ),
        form_key=form.form_key,
        seen_from=address_key(request),
    )
    token = services.issue_link(conversation=conversation, is_mailed=False)
    return redirect(f"{shop.url('conversation', token=token)}?new=1")
