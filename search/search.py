"""From a question to a page of hits: understand, ask the backend, keep it fair, fetch them."""

import math
from dataclasses import replace

from catalog.markets import market_of
from search.backends import backend
from search.backends.interface import Found, Ranked
from search.facet_labels import labels
from search.filters import FACETS, FILTERS
from search.language.normalizing import fold, stem
from search.language.query_parser import understand
from search.language.query_plan import STEP, Plan
from search.language.snapshot import refreshed
from search.language.synonyms import NOTHING
from search.language.vocabulary import VOCABULARY
from search.query import MOST_ON_A_PAGE, SearchQuery, Sort
from search.ranking import fairness
from search.ranking.rules import Rule, ranking_rule
from search.results import Facet, Hit, OfferedFilter, PriceRange, SearchResults
from search.rows import sold_by_id

MOST_CHOICES = 40
MOST_CHOSEN = 40
# So many listings beyond a page are looked at to keep it fair.
BEYOND = 120
_UNRULED = Rule(0, 0, 0)


def search(query: SearchQuery) -> SearchResults:
    """Find listings; never raises for what a buyer typed. Text beyond 200 characters is ignored."""
    query = _bounded(query)
    plan = plan_of(query)
    asked = _with_read_prices(query, plan)
    start = fairness.Cursor.read(query.after) if query.after else None
    number = max(start.page + 1 if start else query.page, 1)
    found = backend().find(asked, plan, first=number * query.page_size + BEYOND)
    deepest = backend().deepest // query.page_size
    pages = max(min(math.ceil(found.total / query.page_size), deepest), 1)
    if start is None and number > pages:
        return search(replace(query, page=pages))
    page = _page(query, found, number, start)
    return _results(asked, plan, found, page, min(number, pages), pages)


def plan_of(query: SearchQuery) -> Plan:
    """A question as understood with the words that are known now."""
    in_force = refreshed()
    words = in_force if query.with_synonyms else NOTHING
    VOCABULARY.learn_phrases(words.words)
    with VOCABULARY.lock:
        return understand(query, VOCABULARY, words)


def _bounded(query: SearchQuery) -> SearchQuery:
    chosen = {name: tuple(getattr(query, name))[:MOST_CHOSEN] for name in FACETS}
    size = min(max(query.page_size, 1), MOST_ON_A_PAGE)
    return replace(query, page_size=size, **chosen)  # type: ignore[arg-type]


def _with_read_prices(query: SearchQuery, plan: Plan) -> SearchQuery:
    """Prices that the words say filter, unless the buyer chose others."""
    if not query.reads_prices:
        return query
    low, high = query.price_min_minor, query.price_max_minor
    return replace(
        query,
        price_min_minor=plan.price_min_minor if low is None else low,
        price_max_minor=plan.price_max_minor if high is None else high,
    )


def _page(
    query: SearchQuery, found: Found, number: int, start: fairness.Cursor | None
) -> fairness.Page:
    is_fair = query.is_fair and query.sort not in (Sort.NEWEST, Sort.CHEAPEST, Sort.DEAREST)
    rule = ranking_rule() if is_fair else _UNRULED
    made = fairness.pages(
        found.ranked,
        rule,
        size=query.page_size,
        count=1 if start else number,
        start=start or fairness.Cursor(),
    )
    return made[-1]


def _results(
    query: SearchQuery, plan: Plan, found: Found, page: fairness.Page, number: int, pages: int
) -> SearchResults:
    hits = _hits(query, page.shown)
    facets = {name: _facet(name, query, found.facets.get(name, {})) for name in FACETS}
    low, high = found.price_low, found.price_high
    return SearchResults(
        hits=hits,
        total=found.total,
        page=number,
        pages=pages,
        facets=facets,
        in_stock_count=found.in_stock,
        price_range_minor=(low, high) if low is not None and high is not None else None,
        prices=[PriceRange(*step) for step in found.price_steps],
        corrected=_corrected(query, plan, hits),
        relaxed=found.is_relaxed and bool(found.matched),
        dropped=found.lacking,
        suggestions=[] if hits else _suggestions(found),
        offered=_offered(query, plan, found),
        read_min_minor=plan.price_min_minor if query.reads_prices else None,
        read_max_minor=plan.price_max_minor if query.reads_prices else None,
        next_page=page.cursor.token() if page.has_more and page.cursor.place else "",
    )


def results_of(query: SearchQuery, found: Found) -> list[Hit]:
    """The first listings that a backend found, in its own order."""
    return _hits(query, found.ranked[: query.page_size])


def _hits(query: SearchQuery, shown: list[Ranked]) -> list[Hit]:
    # A listing's id is made of bytes each time that it is asked for.
    ids = [ranked.listing_id for ranked in shown]
    pages = sold_by_id(ids, market_of(query.market).channel_slug)
    found = []
    for listing_id, ranked in zip(ids, shown, strict=True):
        if page := pages.get(listing_id):
            market_offers = page.market_offers  # type: ignore[attr-defined]
            offers = sorted(market_offers, key=lambda o: (o.available <= 0, o.amount_minor))
            worth = round(ranked.step * STEP, 3)
            found.append(Hit(page, offers[0], score=worth + ranked.extra * STEP, worth=worth))
    return found


def _facet(name: str, query: SearchQuery, counts: dict[str, int]) -> list[Facet]:
    """Choices with hits, most first, and those chosen even if they have none left."""
    chosen = set(getattr(query, name))
    counted = {**dict.fromkeys(chosen, 0), **counts} if chosen else counts
    values = [value for value, count in counted.items() if value and (count or value in chosen)]
    if len(values) > MOST_CHOICES:
        # Of hundreds of cooperatives only those are put in order that may be among the first.
        least = sorted(counted.values(), reverse=True)[MOST_CHOICES - 1]
        values = [value for value in values if counted[value] >= least or value in chosen]
    values.sort(key=lambda value: (value not in chosen, -counted[value], value))
    order = values[:MOST_CHOICES]
    named = labels(name, order, query.language)
    return [
        Facet(value, named.get(value, value), counted[value], value in chosen) for value in order
    ]


def _suggestions(found: Found) -> list[tuple[str, int]]:
    counts = [(name, found.without.get(name, 0)) for name in FILTERS]
    return sorted([pair for pair in counts if pair[1]], key=lambda pair: -pair[1])


def _offered(query: SearchQuery, plan: Plan, found: Found) -> list[OfferedFilter]:
    """The filters that the words name, of those that would leave something."""
    offered = []
    for named in plan.offered:
        count = found.facets.get(named.facet, {}).get(named.value, 0)
        if count and not getattr(query, named.facet):
            label = labels(named.facet, [named.value], query.language)[named.value]
            offered.append(OfferedFilter(named.facet, named.value, label, count, named.rest))
    return offered[:4]


def _corrected(query: SearchQuery, plan: Plan, hits: list[Hit]) -> str:
    """The query with mistyped words replaced by how the hits write them."""
    if not plan.respelt or not hits:
        return ""
    written = _words_as_written(hits)
    words = []
    for word in query.text.split():
        meant = plan.respelt.get(stem(fold(word)), "")
        words.append(written.get(meant, meant) if meant else word)
    corrected = " ".join(words)
    return corrected if corrected != " ".join(query.text.split()) else ""


def _words_as_written(hits: list[Hit]) -> dict[str, str]:
    texts = [name for hit in hits for name in hit.listing.names.values()]
    words = [word.strip("().,،؛:«»\"'") for text in texts for word in text.split()]
    return {stem(fold(word)): word.lower() for word in reversed(words)}
