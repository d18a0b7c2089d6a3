"""Search and the shelves: one page of hits with filters that work without scripts."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from catalog.categories import find_category
from marketplace.web.storefront.cards import product_card
from marketplace.web.storefront.search.search_form import Question
from marketplace.web.storefront.shell import Shop, shop_view
from search.errors import SearchServerUnavailable
from search.query_log import note_search
from search.search import search


@require_safe
@shop_view
def show_results(request: HttpRequest, shop: Shop) -> HttpResponse:
    """What was asked for, in any language."""
    return _results(request, shop, Question.read(shop, request.GET))


@require_safe
@shop_view
def show_category(request: HttpRequest, shop: Shop, slug: str) -> HttpResponse:
    """All goods of one shelf, with the same filters."""
    shelf = find_category(slug)
    if shelf is None:
        raise Http404
    question = Question.read(shop, request.GET, shelf=slug)
    return _results(request, shop, question, shelf.name(shop.language))


def _results(
    request: HttpRequest, shop: Shop, question: Question, shelf_name: str = ""
) -> HttpResponse:
    try:
        found = search(question.query)
    except SearchServerUnavailable as reason:
        away = {"reason": reason, "again": request.get_full_path()}
        return render(request, "storefront/search/unavailable.html", away, status=503)
    note_search(question.query, found)
    context = {
        "question": question,
        "shelf_name": shelf_name,
        "found": found,
        "items": [product_card(shop, hit.listing, hit.offer) for hit in found.hits],
        "facets": question.facets(found),
        "chosen": question.chosen(found),
        "pages": question.pages(found),
        "price_range": found.price_range_minor,
        "suggestions": question.suggestions(found),
        "offered": question.offered(found),
        "price_ranges": question.price_ranges(found),
    }
    return render(request, "storefront/search/results.html", context)
