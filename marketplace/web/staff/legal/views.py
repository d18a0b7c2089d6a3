"""Pages on which a programme's staff write, preview and publish legal texts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.markets import MARKETS, Market
from marketplace.core.errors import TwizaError
from marketplace.legal import queries, services
from marketplace.legal.defaults import default_texts
from marketplace.legal.markdown import as_html
from marketplace.legal.models import TextKind
from marketplace.web.staff import pages
from marketplace.web.staff.access import StaffAccess, programme_view
from marketplace.web.staff.legal.forms import LANGUAGES, TextForm

REFUSED = 422
# Text for all markets.
EVERY = ""


@programme_view("legal:edit")
@require_safe
def list_texts(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Which text is in force in which market, and which is still the standard one."""
    today = timezone.localdate()
    rows = [
        (
            kind,
            [
                (market, queries.text_in_force(access.programme, market.code, kind.value, today))
                for market in MARKETS
            ],
        )
        for kind in TextKind
    ]
    return pages.show(request, access, "staff/legal/texts.html", rows=rows)


@programme_view("legal:edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_text(request: HttpRequest, access: StaffAccess, kind: str) -> HttpResponse:
    """A text for a market, or for all: preview it, then publish it from a day on."""
    if kind not in TextKind.values:
        raise Http404
    code = _market_code(request)
    form = TextForm(request.POST or None, initial=_begun_with(access, kind, code))
    if form.is_valid() and "publish" in request.POST:
        try:
            services.publish_text(
                programme=access.programme,
                market=code,
                kind=kind,
                texts=form.texts,
                valid_from=form.cleaned_data["valid_from"],
                reviewed_by=form.cleaned_data["reviewed_by"],
                by=access.by,
            )
        except TwizaError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Published. Orders keep the text that they accepted."))
            return redirect("staff:legal-texts", programme=access.programme.slug)
    return _show_form(request, access, form, kind, code)


@programme_view("legal:edit")
@require_safe
def show_version(request: HttpRequest, access: StaffAccess, text_id: UUID) -> HttpResponse:
    """One version in every language, also one that is still to come."""
    found = queries.version_of(access.programme, text_id)
    shown = [(code, name, as_html(found.texts[code])) for code, name in LANGUAGES]
    context: dict[str, Any] = {"version": found, "shown": shown, "place": _place(found.market)}
    return pages.show(request, access, "staff/legal/version.html", **context)


def _show_form(
    request: HttpRequest, access: StaffAccess, form: TextForm, kind: str, code: str
) -> HttpResponse:
    texts = form.texts if form.is_bound and not form.errors else {}
    shown = [(lang, name, as_html(texts[lang])) for lang, name in LANGUAGES if texts]
    context: dict[str, Any] = {
        "form": form,
        "kind": TextKind(kind),
        "market_code": code,
        "place": _place(code),
        "markets": MARKETS,
        "shown": shown,
        "versions": queries.versions(access.programme, code, kind),
        "today": timezone.localdate(),
    }
    status = REFUSED if form.errors else 200
    return pages.show(request, access, "staff/legal/text.html", status=status, **context)


def _market_code(request: HttpRequest) -> str:
    code = request.GET.get("market", EVERY)
    if code and code not in {market.code for market in MARKETS}:
        raise Http404
    return code


def _place(code: str) -> str:
    found: Market | None = next((each for each in MARKETS if each.code == code), None)
    return str(found.name) if found else _("all markets")


def _begun_with(access: StaffAccess, kind: str, code: str) -> dict[str, str]:
    """The text in force, else the standard one, to be changed."""
    today = timezone.localdate()
    found = queries.text_in_force(access.programme, code, kind, today)
    market = next((each for each in MARKETS if each.code == (code or access.programme.home)), None)
    standard = default_texts(access.programme, market or MARKETS[0], kind, today)
    texts = found.texts if found else standard
    return {f"text_{language}": text for language, text in texts.items()}
