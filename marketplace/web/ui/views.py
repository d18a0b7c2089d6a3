"""Drawings, the choice of a language, and the catalogue of components."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from marketplace.core.middleware import remember_language
from marketplace.core.money import is_currency
from marketplace.web.ui import amounts, app_icons, illustrations, kit

_A_YEAR = 365 * 24 * 3600


@require_safe
def illustration(_request: HttpRequest, category: str, name: str) -> HttpResponse:
    """A drawing. Its address always gives the same picture, so it may be cached for good."""
    region, seed = illustrations.region_of(name)
    if category == illustrations.WIDE:
        svg = illustrations.draw("village", seed=seed, region=region, width=1200)
    else:
        svg = illustrations.draw(category, seed=seed, region=region)
    response = HttpResponse(svg, content_type="image/svg+xml")
    response["Cache-Control"] = f"public, max-age={_A_YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


@require_safe
def favicon(_request: HttpRequest) -> HttpResponse:
    """Where programs look that read no page: leads to the icon's own address."""
    response = HttpResponseRedirect(static(f"ui/{app_icons.FAVICON}"))
    response["Cache-Control"] = "public, max-age=86400"
    return response


@require_safe
def choose_language(request: HttpRequest, language: str) -> HttpResponse:
    """Store a language and return to the page; only addresses of this site are followed."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    target = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = "/"
    response = HttpResponseRedirect(target)
    remember_language(response, language)
    return response


@require_safe
def amount_reading(request: HttpRequest) -> HttpResponse:
    """How an amount that somebody is typing will be read: a fragment to stand beside its field."""
    asked = request.GET
    currency = (asked.get("in") or asked.get("currency", "")).upper()
    language, limits = asked.get("language", ""), asked.get("limits", "")
    if not is_currency(currency):
        return HttpResponse()
    if language not in dict(settings.LANGUAGES) or limits not in amounts.LIMITS:
        raise Http404
    name = asked.get("field", "")
    typed = amounts.typed_in(asked, name)
    if len(typed) > amounts.LONGEST:
        return HttpResponse()
    with translation.override(language):
        reading = amounts.reading_of(name, typed, currency, amounts.LIMITS[limits])
        context = {"reading": reading, "market": asked.get("market", "")}
        return render(request, "ui/components/amount_reading.html", context)


def show_kit(request: HttpRequest) -> HttpResponse:
    """Every component in one page; only where DEMO is set."""
    if not settings.DEMO and not settings.DEBUG:
        raise Http404
    return render(request, "ui/kit.html", kit.examples(request))
