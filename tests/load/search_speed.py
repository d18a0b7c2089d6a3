"""Speed of search in one run: rebuild, search alone and under load, freshness; others to compare.

    uv run --group load python tests/load/search_speed.py --data /tmp/search \\
        --near-misses 20000 200000 --elasticsearch http://localhost:9200

Fills a shop of the demo's listings and so many near misses (see ``search_shop``) for each size, and
prints JSON lines: wall-clock and processor milliseconds, searches a second.
Beside it, on the same listings: PostgreSQL's own full text with two facets and with all of them,
and tantivy (group ``load``), the physical limit of a local index; with ``--saleor`` the product
query of a live Saleor, on the catalogue that it has (``twiza demo --engine saleor`` fills one). A
client is a process that searches without a pause.
"""

import argparse
import json
import multiprocessing
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import quantiles

# Not as a part of ``tests.load``, which makes Django ready before the shop's database is known.
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).parent))
from search_beside import full_text, full_text_table, saleor_search, tantivy_search
from search_shop import fill, open_shop

SECONDS = 8
UPDATES = 40


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--data", type=Path, required=True)
    arguments.add_argument("--near-misses", type=int, nargs="+", default=[20_000])
    arguments.add_argument("--rounds", type=int, default=2)
    arguments.add_argument("--queries", type=int, default=1000, help="how many queries at most")
    arguments.add_argument("--elasticsearch", default="", help="the address of a server, if any")
    arguments.add_argument("--plain", action="store_true", help="it is OpenSearch")
    arguments.add_argument("--saleor", default="", help="the GraphQL address of a live one, if any")
    arguments.add_argument("--saleor-channel", default="ma-mad")
    arguments.add_argument("--no-rebuild", action="store_true")
    arguments.add_argument("--quick", action="store_true", help="no clients, no freshness")
    options = arguments.parse_args()
    for near_misses in options.near_misses:
        folder = options.data / str(near_misses)
        if len(options.near_misses) > 1:
            # One size after the other, each in a process of its own: Django knows one database.
            context = multiprocessing.get_context("spawn")
            process = context.Process(target=measure, args=(folder, near_misses, options))
            process.start()
            process.join()
        else:
            measure(folder, near_misses, options)


def measure(folder: Path, near_misses: int, options: argparse.Namespace) -> None:
    """One size of catalogue; prints what it found as one line of JSON for each part."""
    if options.elasticsearch:
        os.environ["TWIZA_ELASTICSEARCH_URL"] = options.elasticsearch
        os.environ["TWIZA_ELASTICSEARCH_PLAIN"] = "1" if options.plain else "0"
        os.environ["TWIZA_ELASTICSEARCH_INDEX"] = f"speed-{near_misses}"
    open_shop(folder)
    report("listings", fill(near_misses))
    texts = query_texts()[: options.queries]
    backends = ["postgres"] + ["elasticsearch"] * bool(options.elasticsearch)
    for name in backends:
        os.environ["TWIZA_SEARCH_BACKEND"] = name
        use_backend(name)
        if not options.no_rebuild:
            report(f"{name}: rebuild", rebuild())
        report(f"{name}: whole search", timed(whole_search, texts, options.rounds))
        report(
            f"{name}: without reading listings",
            timed(search_without_listings, texts, options.rounds),
        )
        if not options.quick:
            for clients in (1, 4, 16):
                report(f"{name}: {clients} clients", under_load(folder, clients))
            report(f"{name}: freshness beside a client", freshness(folder))
    with full_text_table():
        report("full text, two facets", timed(lambda t: full_text(t, 2), texts, 1))
        report("full text, all facets", timed(lambda t: full_text(t, 6), texts, 1))
    if options.saleor:
        search_for = saleor_search(options.saleor, options.saleor_channel)
        report("saleor: products", search_for(""))
        report("saleor: product query, no facets", timed(search_for, texts, 1))
    if limit := tantivy_search():
        report("tantivy, no facets", timed(limit, texts, 1))


def report(part: str, figures: object) -> None:
    print(json.dumps({part: figures}), flush=True)


def use_backend(name: str) -> None:
    from django.conf import settings

    settings.SEARCH_BACKEND = name


def query_texts() -> list[str]:
    """The names of all goods in three languages, their categories, and nothing (browsing)."""
    from catalog.categories import CATEGORIES
    from catalog.taxonomy import listing_types

    names = [good.name(lang) for good in listing_types().values() for lang in ("ar", "fr", "en")]
    names += [category.name(lang) for category in CATEGORIES for lang in ("ar", "fr", "en")]
    names += ["miel", "زيت", "argan", "laine", "zit", "3sel", "tapis rouge moins de 2000 dh", ""]
    random.Random(1).shuffle(names)
    return names


def rebuild() -> dict[str, float]:
    from search.indexing.index import reindex

    began, worked = time.monotonic(), sum(os.times()[:4])
    count = reindex(processes=None)
    # With what the processes that it started have worked.
    seconds, work = time.monotonic() - began, sum(os.times()[:4]) - worked
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


def whole_search(text: str) -> object:
    from search.query import SearchQuery
    from search.search import search

    return search(SearchQuery(text=text, language="fr"))


def search_without_listings(text: str) -> object:
    """Everything but fetching the listings of the page."""
    from search.backends import backend
    from search.query import SearchQuery
    from search.search import plan_query

    query = SearchQuery(text=text, language="fr")
    return backend().find(query, plan_query(query, "MAD"), limit=144)


def _client(data: Path, queue: "multiprocessing.Queue[list[float]]", number: int) -> None:
    open_shop(data, is_new=False)
    texts = query_texts()
    random.Random(number).shuffle(texts)
    for text in texts[:20]:
        whole_search(text)
    queue.put([])
    latencies, until = [], time.monotonic() + SECONDS
    while (began := time.monotonic()) < until:
        whole_search(texts[len(latencies) % len(texts)])
        latencies.append((time.monotonic() - began) * 1000)
    queue.put(latencies)


def under_load(data: Path, clients: int) -> dict[str, float]:
    """Milliseconds and searches a second of so many processes that search without a pause."""
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[list[float]] = context.Queue()
    processes = [context.Process(target=_client, args=(data, queue, n)) for n in range(clients)]
    for process in processes:
        process.start()
    latencies = [latency for _ in range(2 * clients) for latency in queue.get(timeout=600)]
    for process in processes:
        process.join()
    cuts = quantiles(latencies, n=100)
    return {
        "a_second": round(len(latencies) / SECONDS, 1),
        **{f"p{n}": round(cuts[n - 1], 1) for n in (50, 95, 99)},
    }


def freshness(data: Path) -> dict[str, float]:
    """Seconds from a changed price in the read model to a search that shows it, beside a client."""
    from catalog.models import ListingOffer, ListingPage
    from search.handlers import on_listing_pages_changed
    from search.query import SearchQuery
    from search.search import search

    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[list[float]] = context.Queue()
    client = context.Process(target=_client, args=(data, queue, 1))
    client.start()
    queue.get(timeout=600)
    pages = list(ListingPage.objects.exclude(taxonomy_slug="").order_by("pk")[:UPDATES])
    latencies = []
    for number, page in enumerate(pages):
        price = 7_000_000 + number
        began = time.monotonic()
        ListingOffer.objects.filter(page=page, channel_slug="ma-mad").update(amount_minor=price)
        on_listing_pages_changed({"listing_ids": [str(page.pk)]})
        query = SearchQuery(price_min_minor=price, price_max_minor=price)
        while not search(query).total and time.monotonic() - began < 10:
            time.sleep(0.01)
        latencies.append(time.monotonic() - began)
    client.join()
    cuts = quantiles(latencies, n=20)
    return {"p50_seconds": round(cuts[9], 3), "p95_seconds": round(cuts[18], 3)}


if __name__ == "__main__":
    main()
