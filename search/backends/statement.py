"""The one SQL statement that answers a query: hits, total, facets, and what each filter hides.

The text is put together from constants of this module only; whatever a buyer sent is a parameter.
"""

from typing import Any

from catalog.markets import market_of
from search.fold import letters
from search.queries import SearchQuery, Sort
from search.understanding import Understood, Word

FACETS = ("categories", "regions", "sectors", "marks", "cooperatives", "kinds")
FILTERS = (*FACETS, "price", "in_stock")

# How much a word is worth by where it stands (D, C, B, A, as ts_rank takes them) and how it fits.
_LABEL_WEIGHTS = "'{0.12, 0.35, 0.7, 1.0}'"
_FITS = {"exact": 1.0, "begun": 0.7, "meant": 0.6, "heard": 0.45, "alike": 0.3}
# Hits of a query that no listing wholly answers: those with half the worth of the best one.
_ENOUGH_OF_THE_BEST = 0.5

_ORDERS = {
    Sort.RELEVANCE: "score DESC, published_at DESC NULLS LAST, listing_id",
    Sort.NEWEST: "published_at DESC NULLS LAST, listing_id",
    Sort.CHEAPEST: "amount_minor, score DESC, listing_id",
    Sort.DEAREST: "amount_minor DESC, score DESC, listing_id",
}

_STATEMENT = """
WITH scored AS MATERIALIZED (
    SELECT d.listing_id, d.category AS categories, d.region AS regions, d.sector AS sectors,
           d.kind AS kinds, d.cooperative AS cooperatives, d.marks, d.published_at,
           p.amount_minor, p.available, {worth} AS worth,
           {likeness} + 0.05 * ln(1 + coalesce(s.quantity, 0)) + (p.available > 0)::int * 0.05
           AS extra
    FROM search_searchdocument d
    JOIN search_searchprice p ON p.document_id = d.listing_id AND p.market = %(market)s
    LEFT JOIN search_listingsales s ON s.listing_id = d.listing_id AND s.market = %(market)s
    WHERE {match}
), found AS MATERIALIZED (
    SELECT *, worth + extra AS score,
           {in_facets},
           amount_minor BETWEEN %(price_min)s AND %(price_max)s AS in_price,
           (available > 0 OR NOT %(in_stock)s) AS in_in_stock
    FROM scored WHERE worth >= %(enough)s * (SELECT max(worth) FROM scored)
)
{facets}
UNION ALL {without}
UNION ALL SELECT 'matched', '', count(*), 0 FROM found
UNION ALL SELECT 'total', '', count(*), 0 FROM found WHERE {all}
UNION ALL SELECT 'price_low', '', min(amount_minor), 0 FROM found WHERE {all_but_price}
UNION ALL SELECT 'price_high', '', max(amount_minor), 0 FROM found WHERE {all_but_price}
UNION ALL SELECT 'hit', listing_id::text, place, score FROM (
    SELECT listing_id, score, row_number() OVER (ORDER BY {order}) AS place
    FROM found WHERE {all} ORDER BY place LIMIT %(size)s OFFSET %(offset)s) AS page
"""
_LARGEST = 2**62


def statement(
    query: SearchQuery, read: Understood, *, all_words: bool
) -> tuple[str, dict[str, Any]]:
    """SQL and its parameters. Rows are (part, value, number, score), see ``_STATEMENT``."""
    params = _params(query)
    match = _match(read.words, params, all_words=all_words, browsing=not query.text.strip())
    sql = _STATEMENT.format(
        worth=_worth(read.words, params),
        likeness=_likeness(read, params),
        match=match,
        in_facets=",\n           ".join(_in_facet(name) for name in FACETS),
        facets="\nUNION ALL ".join(_facet(name) for name in FACETS),
        without="\nUNION ALL ".join(_without(name) for name in FILTERS),
        all=_all_but(""),
        all_but_price=_all_but("price"),
        order=_ORDERS[_sort(query.sort)],
    )
    params["enough"] = 0 if all_words or not read.words else _ENOUGH_OF_THE_BEST
    return sql, params


def _params(query: SearchQuery) -> dict[str, Any]:
    return {
        "market": market_of(query.market).code,
        **{name: list(getattr(query, name)) for name in FACETS},
        "price_min": query.price_min_minor or 0,
        "price_max": _LARGEST if query.price_max_minor is None else query.price_max_minor,
        "in_stock": query.in_stock,
        "size": query.page_size,
        "offset": (max(query.page, 1) - 1) * query.page_size,
    }


def _sort(sort: Sort | str) -> Sort:
    return next((known for known in Sort if known == sort), Sort.RELEVANCE)


def _match(words: list[Word], params: dict[str, Any], *, all_words: bool, browsing: bool) -> str:
    """Which documents fit. No text at all is browsing; text without a word fits nothing."""
    if not words:
        return "TRUE" if browsing else "FALSE"
    for n, word in enumerate(words):
        params[f"any{n}"] = word.any
    glue = " AND " if all_words else " OR "
    return "(" + glue.join(f"d.words @@ %(any{n})s::tsquery" for n in range(len(words))) + ")"


def _worth(words: list[Word], params: dict[str, Any]) -> str:
    """The share of the query that a document answers, rare words counting more: 0 to about 1."""
    if not words:
        return "0::float8"
    total = sum(word.weight for word in words)
    parts = []
    for n, word in enumerate(words):
        fits = []
        for name, factor in _FITS.items():
            if query := getattr(word, name):
                params[f"{name}{n}"] = query
                fits.append(
                    f"{factor} * ts_rank({_LABEL_WEIGHTS}, d.words, %({name}{n})s::tsquery)"
                )
        params[f"weight{n}"] = word.weight / total
        parts.append(f"%(weight{n})s * greatest({', '.join(fits)})")
    return " + ".join(parts)


def _likeness(read: Understood, params: dict[str, Any]) -> str:
    if not read.words:
        return "0::float8"
    params["letters"] = letters(read.folded)
    names = ", ".join(f"similarity(d.name_{lang}, %(letters)s)" for lang in ("ar", "fr", "en"))
    return f"0.35 * greatest({names})"


def _in_facet(name: str) -> str:
    fits = (
        "marks::text[] && %(marks)s::text[]"
        if name == "marks"
        else f"{name} = ANY(%({name})s::text[])"
    )
    return f"(cardinality(%({name})s::text[]) = 0 OR {fits}) AS in_{name}"


def _all_but(name: str) -> str:
    return " AND ".join(f"in_{other}" for other in FILTERS if other != name)


def _facet(name: str) -> str:
    if name == "marks":
        source = f"found, unnest(marks) AS mark WHERE {_all_but(name)} GROUP BY mark"
        return f"SELECT 'facet:marks', mark::text, count(*), 0::float8 FROM {source}"  # noqa: S608 -- constants only
    source = f"found WHERE {_all_but(name)} GROUP BY {name}"
    return f"SELECT 'facet:{name}', {name}::text, count(*), 0::float8 FROM {source}"  # noqa: S608 -- constants only


def _without(name: str) -> str:
    kept = _all_but(name)
    return f"SELECT 'without:{name}', '', count(*), 0 FROM found WHERE {kept}"  # noqa: S608
