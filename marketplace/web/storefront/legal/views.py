"""The legal texts of the programmes that sell in a market."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from marketplace.legal import queries
from marketplace.legal.models import TextKind
from marketplace.web.refusals import refusals_as_http
from marketplace.web.storefront.page_heads import heads
from marketplace.web.storefront.shell import Shop, shop_view


@require_safe
@shop_view
def show_text(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """One of the texts, of the programme that ``?programme=`` names or of the first one."""
    if slug not in TextKind.values:
        raise Http404
    programmes = queries.programmes_of_market(shop.market)
    asked = request.GET.get("programme", "")
    chosen = next((each for each in programmes if each.slug == asked), None)
    if asked and chosen is None:
        raise Http404
    chosen = chosen or next(iter(programmes), None)
    text = queries.shown_text(chosen, shop.market, slug, shop.language) if chosen else None
    context = {
        "head": heads.legal(shop, slug, is_first=not asked),
        "kind": slug,
        "text": text,
        "programmes": [(each.slug, each.name_in(shop.language)) for each in programmes],
        "chosen": chosen,
        "name": chosen.name_in(shop.language) if chosen else "",
    }
    return render(request, "storefront/legal/text.html", context)


@require_safe
@shop_view
def show_version(request: HttpRequest, shop: Shop, text_id: UUID) -> HttpResponse:
    """A version that is or was in force; orders lead to those that they accepted."""
    with refusals_as_http():
        text = queries.kept_text(text_id, shop.language)
    context = {
        "title": TextKind(text.kind).label,
        "kind": text.kind,
        "text": text,
        "name": text.programme.name_in(shop.language),
    }
    return render(request, "storefront/legal/version.html", context)
