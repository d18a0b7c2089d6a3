"""Search results and categories: a page of hits with filters that work without scripts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.categories import find_category
from marketplace.web.refusals import limited
from marketplace.web.storefront.cards import product_card
from marketplace.web.storefront.search.counted import counted_visitor
from marketplace.web.storefront.search.refinements import Refinements
from marketplace.web.storefront.search.search_form import SearchForm
from marketplace.web.storefront.shell import Shop, shop_view
from search.errors import SearchServerUnavailable
from search.query_log import log_search
from search.search import search


@require_safe
@limited("search_address")
@shop_view
def show_results(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The results of a search."""
    return _results(request, SearchForm.parse(shop, request.GET))


@require_safe
@limited("search_address")
@shop_view
def show_category(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """All products of a category, with the same filters."""
    category = find_category(slug)
    if category is None:
        raise Http404
    form = SearchForm.parse(shop, request.GET, category=slug)
    return _results(request, form, category.name(shop.language))


def _results(request: HttpRequest, form: SearchForm, category_name: str = "") -> HttpResponse:
    try:
        results = search(form.query)
    except SearchServerUnavailable as reason:
        context = {"reason": reason, "again": request.get_full_path()}
        return render(request, "storefront/search/unavailable.html", context, status=503)
    log_search(form.query, results, visitor=counted_visitor(request))
    refinements = Refinements(form, results)
    context = {
        "form": form,
        "category_name": category_name,
        "results": results,
        "items": [product_card(form.shop, hit.listing, hit.offer) for hit in results.hits],
        "refinements": refinements,
        "chosen": refinements.chosen,
        "pages": refinements.pages,
    }
    response = render(request, "storefront/search/results.html", context)
    if form.query.text:
        # The page repeats what was typed: whoever links to it must not have that text indexed.
        response.headers["X-Robots-Tag"] = "noindex"
    return response
