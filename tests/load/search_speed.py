"""How fast search is, in one run: rebuild, answers alone and under load, freshness; beside others.

    uv run python tests/load/search_speed.py --data /tmp/search --near-misses 200000

Fills a shop of the demo's listings and so many near misses (see ``search_shop``), and prints JSON.
Beside it, on the same listings: PostgreSQL's own full text with two facets and with all of them,
and tantivy if it is installed (``uv run --with tantivy``), the physical limit of a local index.
"""

import argparse
import json
import multiprocessing
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import quantiles
from typing import Any

# Not as a part of ``tests.load``, which makes Django ready before the shop's database is known.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).parent))
from search_shop import fill, open_shop

SECONDS = 8
UPDATES = 40


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--near-misses", type=int, default=20_000)
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--no-rebuild", action="store_true")
    arguments.add_argument("--questions", type=int, default=1000, help="ask only so many")
    arguments.add_argument("--quick", action="store_true", help="no clients, no freshness")
    options = arguments.parse_args()
    open_shop(options.data)
    told: dict[str, Any] = {"listings": fill(options.near_misses)}
    if not options.no_rebuild:
        told["rebuild"] = rebuild()
    texts = questions()[: options.questions]
    told["ours"] = timed(ours, texts, options.rounds)
    told["ours_without_reading_listings"] = timed(ours_bare, texts, options.rounds)
    with full_text_table():
        told["full_text_two_facets"] = timed(lambda t: full_text(t, 2), texts, 1)
        told["full_text_all_facets"] = timed(lambda t: full_text(t, 6), texts, 1)
    if limit := tantivy_search():
        told["tantivy"] = timed(limit, texts, 1)
    if options.quick:
        print(json.dumps(told, indent=1))
        return
    told["clients"] = {n: under_load(options.data, n) for n in (1, 4, 16)}
    told["freshness"] = freshness(options.data)
    print(json.dumps(told, indent=1))


def questions() -> list[str]:
    """The names of all goods in three languages, their shelves, and nothing (browsing)."""
    from catalog.categories import CATEGORIES
    from catalog.taxonomy import goods

    names = [good.name(lang) for good in goods().values() for lang in ("ar", "fr", "en")]
    names += [shelf.name(lang) for shelf in CATEGORIES for lang in ("ar", "fr", "en")]
    names += ["miel", "زيت", "argan", "laine", "zit", "3sel", "tapis rouge moins de 2000 dh", ""]
    random.Random(1).shuffle(names)
    return names


def rebuild() -> dict[str, float]:
    from search.index import reindex

    began, worked = time.monotonic(), time.process_time()
    count = reindex()
    seconds, work = time.monotonic() - began, time.process_time() - worked
    return {
        "listings_a_second": round(count / seconds),
        "listings_a_second_of_processor": round(count / work),
    }


def timed(act: Callable[[str], object], texts: list[str], rounds: int) -> dict[str, float]:
    """Milliseconds of wall clock, and of this process's processor time."""
    for text in texts[:30]:
        act(text)
    walls, works = [], []
    for text in texts * rounds:
        began, worked = time.perf_counter(), time.process_time()
        act(text)
        walls.append((time.perf_counter() - began) * 1000)
        works.append((time.process_time() - worked) * 1000)
    cuts, work = quantiles(walls, n=100), quantiles(works, n=100)
    return {
        "p50": round(cuts[49], 1),
        "p95": round(cuts[94], 1),
        "p99": round(cuts[98], 1),
        "processor_p50": round(work[49], 1),
        "processor_p95": round(work[94], 1),
    }


def ours(text: str) -> object:
    from search.queries import SearchQuery, search

    return search(SearchQuery(text=text, language="fr"))


def ours_bare(text: str) -> object:
    """Everything but fetching the listings of the page."""
    from search.backends import backend
    from search.finding import plan_of
    from search.queries import SearchQuery

    query = SearchQuery(text=text, language="fr")
    return backend().find(query, plan_of(query), first=144)


@contextmanager
def full_text_table() -> Iterator[None]:
    """The same listings as anybody would index them in PostgreSQL."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS bare_text")
        cursor.execute(
            """
            CREATE TABLE bare_text AS
            SELECT p.listing_id, category_slug, region_code, sector, kind, cooperative_slug,
                   (SELECT min(amount_minor) FROM catalog_listingoffer o
                    WHERE o.page_id = p.listing_id AND channel_slug = 'ma-mad') AS price,
                   setweight(to_tsvector('simple', concat_ws(' ', names->>'ar', names->>'fr',
                             names->>'en')), 'A')
                   || to_tsvector('simple', concat_ws(' ', descriptions->>'ar',
                             descriptions->>'fr', descriptions->>'en')) AS words
            FROM catalog_listingpage p WHERE is_published
            """
        )
        cursor.execute("CREATE INDEX ON bare_text USING gin (words)")
        cursor.execute("ANALYZE bare_text")
    yield
    with connections["owner"].cursor() as cursor:
        cursor.execute("DROP TABLE bare_text")


def full_text(text: str, facets: int) -> object:
    from django.db import connections

    columns = ("category_slug", "region_code", "sector", "kind", "cooperative_slug", "price / 5000")
    counts = " UNION ALL ".join(
        f"SELECT '{name}', ({name})::text, count(*)::float FROM found GROUP BY 2"
        for name in columns[:facets]
    )
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            f"""
            WITH asked AS (SELECT plainto_tsquery('simple', %s) AS q),
            found AS MATERIALIZED (
                SELECT *, ts_rank(words, q) AS rank FROM bare_text, asked
                WHERE price IS NOT NULL AND (numnode(q) = 0 OR words @@ q))
            {counts}
            UNION ALL (SELECT 'hit', listing_id::text, rank FROM found ORDER BY rank DESC LIMIT 24)
            """,
            [text],
        )
        return cursor.fetchall()


def tantivy_search() -> Callable[[str], object] | None:
    try:
        import tantivy
    except ImportError:
        return None
    from catalog.models import ListingPage
    from search.fold import words_of

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("name", stored=False)
    builder.add_text_field("text", stored=False)
    index = tantivy.Index(builder.build())
    writer = index.writer()
    rows = ListingPage.objects.values_list("names", "descriptions").iterator(chunk_size=5000)
    for names, descriptions in rows:
        writer.add_document(tantivy.Document(name=[*names.values()], text=[*descriptions.values()]))
    writer.commit()
    index.reload()
    searcher = index.searcher()

    def ask(text: str) -> object:
        words = " AND ".join(words_of(text)) or "*"
        return searcher.search(index.parse_query(words, ["name", "text"]), 24)

    return ask


def _client(data: Path, queue: "multiprocessing.Queue[int]", number: int) -> None:
    open_shop(data)
    texts = questions()
    random.Random(number).shuffle(texts)
    ours(texts[0])
    queue.put(-1)
    done, until = 0, time.monotonic() + SECONDS
    while time.monotonic() < until:
        ours(texts[done % len(texts)])
        done += 1
    queue.put(done)


def under_load(data: Path, clients: int) -> dict[str, float]:
    """Answers a second of so many processes that ask without a pause."""
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[int] = context.Queue()
    asking = [context.Process(target=_client, args=(data, queue, n)) for n in range(clients)]
    for process in asking:
        process.start()
    counts = [queue.get(timeout=600) for _ in range(2 * clients)]
    for process in asking:
        process.join()
    return {"a_second": round(sum(n for n in counts if n >= 0) / SECONDS, 1)}


def freshness(data: Path) -> dict[str, float]:
    """Seconds from a changed price in the read model to a search that shows it, beside a client."""
    from catalog.models import ListingOffer, ListingPage
    from search.handlers import on_listing_pages_changed
    from search.queries import SearchQuery, search

    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[int] = context.Queue()
    client = context.Process(target=_client, args=(data, queue, 1))
    client.start()
    queue.get(timeout=600)
    pages = list(ListingPage.objects.exclude(taxonomy_slug="").order_by("pk")[:UPDATES])
    waits = []
    for number, page in enumerate(pages):
        price = 7_000_000 + number
        began = time.monotonic()
        ListingOffer.objects.filter(page=page, channel_slug="ma-mad").update(amount_minor=price)
        on_listing_pages_changed({"listing_ids": [str(page.pk)]})
        query = SearchQuery(price_min_minor=price, price_max_minor=price)
        while not search(query).total and time.monotonic() - began < 10:
            time.sleep(0.01)
        waits.append(time.monotonic() - began)
    client.join()
    cuts = quantiles(waits, n=20)
    return {"p50_seconds": round(cuts[9], 3), "p95_seconds": round(cuts[18], 3)}


if __name__ == "__main__":
    main()
