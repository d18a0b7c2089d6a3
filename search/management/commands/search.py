"""``twiza search QUERY --lang ar --json``: search as a buyer does."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from catalog.markets import MARKETS
from marketplace.core.formats import Format
from search.query import SearchQuery
from search.results import Hit, SearchResults
from search.search import search


class Command(BaseCommand):
    """Search as a buyer does."""

    help = "Search as a buyer does, and list what is found."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("query")
        parser.add_argument("--lang", default="ar", choices=["ar", "fr", "en"])
        parser.add_argument("--market", default="ma", choices=[m.code for m in MARKETS])
        parser.add_argument("--limit", type=int, default=10, help="hits to list, at most 100")
        parser.add_argument("--json", action="store_true", help="as JSON, for programs")

    def handle(self, **options: Any) -> None:
        if not 1 <= options["limit"] <= 100:  # noqa: PLR2004 -- said in the help
            raise CommandError("--limit is from 1 to 100.")
        query = SearchQuery(
            text=options["query"],
            language=options["lang"],
            market=options["market"],
            page_size=options["limit"],
        )
        with translation.override(query.language):
            results = search(query)
            if options["json"]:
                self.stdout.write(json.dumps(_as_json(query, results), ensure_ascii=False))
            else:
                self._print(query, results)

    def _print(self, query: SearchQuery, results: SearchResults) -> None:
        formats = Format(query.language, query.market)
        some = " (with some of the words)" if results.is_relaxed else ""
        self.stdout.write(f"{results.total} found{some}")
        if results.corrected_text:
            self.stdout.write(f"also searched: {results.corrected_text}")
        for hit in results.hits:
            page, price = hit.listing, formats.money(hit.offer.amount_minor, hit.offer.currency)
            named = f"{page.name(query.language)} · {page.cooperative_name(query.language)}"
            self.stdout.write(f"{hit.score:.3f}  {named} · {price} · {page.slug}")


def _as_json(query: SearchQuery, results: SearchResults) -> dict[str, Any]:
    return {
        "query": query.text,
        "language": query.language,
        "market": query.market,
        "total": results.total,
        "relaxed": results.is_relaxed,
        "corrected": results.corrected_text,
        "hits": [_hit(hit, query.language) for hit in results.hits],
        "facets": {
            name: [{"value": f.value, "label": f.label, "count": f.count} for f in choices]
            for name, choices in results.facets.items()
        },
    }


def _hit(hit: Hit, language: str) -> dict[str, Any]:
    page = hit.listing
    return {
        "id": str(page.listing_id),
        "slug": page.slug,
        "name": page.name(language),
        "taxonomy": page.taxonomy_slug,
        "category": page.category_slug,
        "cooperative": page.cooperative_slug,
        "amount_minor": hit.offer.amount_minor,
        "currency": hit.offer.currency,
        "available": hit.offer.available,
        "score": round(hit.score, 4),
    }
