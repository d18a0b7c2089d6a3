"""What search is measured beside: PostgreSQL's own full text; tantivy, a local index; a Saleor."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx


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


_PRODUCTS = """
query Found($text: String!, $channel: String!) {
  products(first: 24, channel: $channel, search: $text) {
    totalCount
    edges {
      node { id name slug pricing { priceRange { start { gross { amount currency } } } } }
    }
  }
}
"""


def saleor_search(url: str, channel: str) -> Callable[[str], object]:
    """The product query of a live Saleor, of the catalogue that it has; anonymous, no facets."""
    client = httpx.Client(timeout=60)

    def search_for(text: str) -> object:
        variables = {"text": text, "channel": channel}
        response = client.post(url, json={"query": _PRODUCTS, "variables": variables})
        response.raise_for_status()
        found = response.json()
        if "errors" in found:
            raise RuntimeError(found["errors"])
        return found["data"]["products"]["totalCount"]

    return search_for


def tantivy_search() -> Callable[[str], object] | None:
    try:
        import tantivy
    except ImportError:
        return None
    from catalog.models import ListingPage
    from search.language.normalizing import tokenize

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

    def search_for(text: str) -> object:
        words = " AND ".join(tokenize(text)) or "*"
        return searcher.search(index.parse_query(words, ["name", "text"]), 24)

    return search_for
