"""Apply with a cooperative, and confirm it by the link that was mailed."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.client_address import address_key
from marketplace.core.errors import TwizaError
from marketplace.core.throttle import TooSoon
from marketplace.web.refusals import later
from marketplace.web.storefront.applying.forms import ApplicationForm
from marketplace.web.storefront.shell import Shop, shop_view
from vendors import geography
from vendors.admission.applying import (
    Application,
    begin_application,
    mail_application_link,
    open_application,
    programme_of,
)
from vendors.admission.errors import ApplicationLinkNotValid
from vendors.models import Programme

REFUSED, GONE = 422, 410


@require_http_methods(["GET", "HEAD", "POST"])
@shop_view
def apply(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The form; what is sent is mailed back as a link, and nothing is kept before it is opened."""
    programmes = list(
        Programme.objects.filter(country_codes__overlap=shop.market.country_codes).order_by("slug")
    )
    form = ApplicationForm(request.POST or None, programmes=programmes, language=shop.language)
    too_soon, sent_to = 0, ""
    if form.is_valid():
        try:
            _mail(request, shop, form.application)
            sent_to = form.application.email
        except TooSoon as refused:
            form.add_error(None, str(refused))
            too_soon = refused.seconds
        except TwizaError as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "sent_to": sent_to, "is_open": bool(programmes)}
    status = REFUSED if form.errors else 200
    page = render(request, "storefront/applying/apply.html", context, status=status)
    page.headers["X-Robots-Tag"] = "noindex"
    return later(page, too_soon)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@shop_view
def confirm(request: HttpRequest, shop: Shop, token: str) -> HttpResponse:
    """What the link holds, and a button: looking at it, as scanners of mail do, begins nothing."""
    try:
        application = open_application(token)
        if request.method == "POST":
            invitation = begin_application(token)
            return _guard(redirect("account-invitation", token=invitation))
        response = _show(request, shop, application)
    except TwizaError as refused:
        status = GONE if isinstance(refused, ApplicationLinkNotValid) else REFUSED
        context = {"refusal": refused}
        response = render(request, "storefront/applying/confirm.html", context, status=status)
    return _guard(response)


def _mail(request: HttpRequest, shop: Shop, application: Application) -> None:
    mail_application_link(
        application=application,
        address_of=lambda token: settings.PUBLIC_URL + shop.url("apply-confirm", token=token),
        seen_from=address_key(request),
        market=shop.market.code,
    )


def _show(request: HttpRequest, shop: Shop, application: Application) -> HttpResponse:
    facts = [
        (_("Programme"), programme_of(application).name_in(shop.language)),
        (_("Legal name"), application.legal_name),
        (_("Legal name in Latin letters"), application.legal_name_latin),
        (_("Region"), geography.region_name(application.region_code, shop.language)),
        (_("Village or town"), application.place_name),
        (_("Your name"), application.name),
        (_("E-mail"), application.email),
    ]
    return render(request, "storefront/applying/confirm.html", {"facts": facts})


def _guard(response: HttpResponse) -> HttpResponse:
    """The address is a secret: it is told to no other page, and no search engine keeps it."""
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
