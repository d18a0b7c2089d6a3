"""Search results and categories: a page of hits with filters that work without scripts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.categories import Category, find_category
from marketplace.web.refusals import limited
from marketplace.web.storefront.cards import product_card
from marketplace.web.storefront.page_heads import catalogue_heads, heads
from marketplace.web.storefront.search.counted import counted_visitor
from marketplace.web.storefront.search.refinements import Refinements
from marketplace.web.storefront.search.search_form import SearchForm
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.ui.components import ProductCard
from marketplace.web.ui.page_head import PageHead
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
    return _results(request, form, category)


def _results(
    request: HttpRequest, form: SearchForm, category: Category | None = None
) -> HttpResponse:
    try:
        results = search(form.query)
    except SearchServerUnavailable as reason:
        context = {"reason": reason, "again": request.get_full_path()}
        return render(request, "storefront/search/unavailable.html", context, status=503)
    log_search(form.query, results, visitor=counted_visitor(request))
    refinements = Refinements(form, results)
    items = [product_card(form.shop, hit.listing, hit.offer) for hit in results.hits]
    context = {
        "head": _head(form, category, items, page=results.page),
        "form": form,
        "category_name": category.name(form.shop.language) if category else "",
        "results": results,
        "items": items,
        "refinements": refinements,
        "chosen": refinements.chosen,
        "pages": refinements.pages,
    }
    response = render(request, "storefront/search/results.html", context)
    if form.query.text:
        # The page repeats what was typed: whoever links to it must not have that text indexed.
        response.headers["X-Robots-Tag"] = "noindex"
    return response


def _head(
    form: SearchForm, category: Category | None, items: list[ProductCard], *, page: int
) -> PageHead:
    if category is None:
        return heads.search(form.shop, form.query.text)
    return catalogue_heads.category(
        form.shop, category, items, is_first_page=form.is_plain and page == 1
    )
