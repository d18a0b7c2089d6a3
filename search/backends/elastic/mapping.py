"""The mapping, settings and template of the indexes that hold listings.

No field has an analyzer: the terms are stems that our own normalizer made.
"""

from elasticsearch.dsl import (
    Byte,
    ComposableIndexTemplate,
    Document,
    Float,
    Index,
    InnerDoc,
    Integer,
    Keyword,
    Long,
    MetaField,
    Object,
)
from elasticsearch.dsl.field import Field

from catalog.markets import MARKETS

# Above the templates that a server or an operator may have for all indexes.
_PRIORITY = 200
_INDEX = Index("listings").settings(
    number_of_shards=1, auto_expand_replicas="0-1", refresh_interval="1s"
)


def _by_market(field: type[Field]) -> Object:
    """An object with one field for each market's code."""
    return Object(properties={market.code: field() for market in MARKETS})


class NameLengths(InnerDoc):
    """Number of words of the listing's name and of its kind of goods, in each language."""

    name_ar = Byte()
    name_fr = Byte()
    name_en = Byte()
    kind_ar = Byte()
    kind_fr = Byte()
    kind_en = Byte()


@_INDEX.document
class ListingDocument(Document):
    """A listing in the index; ``documents.source_of`` makes its source.

    ``words`` holds the stems, ``placed`` each stem with the groups of fields where it occurs,
    ``named`` the stems of names, once for each language (see ``terms``). ``tie`` breaks ties.
    Prices are in minor units of the market's currency, ``published`` is in seconds since 1970.
    """

    tie = Long()
    words = Keyword(doc_values=False)
    placed = Keyword(doc_values=False)
    named = Keyword(doc_values=False)
    lengths = Object(NameLengths)
    categories = Keyword()
    countries = Keyword()
    regions = Keyword()
    provinces = Keyword()
    sectors = Keyword()
    kinds = Keyword()
    cooperatives = Keyword()
    marks = Keyword()
    materials = Keyword()
    ships_to = Keyword()
    ratings = Keyword()
    published = Long()
    published_day = Integer()
    quality = Float()
    rating = Float()
    amount = _by_market(Long)
    available = _by_market(Integer)
    sold = _by_market(Integer)
    sales = _by_market(Float)

    class Meta:
        """What the source has beyond these fields is kept, not indexed."""

        dynamic = MetaField(False)  # noqa: FBT003


def index_template(name: str) -> ComposableIndexTemplate:
    """The template ``name`` of all indexes whose names begin with ``name-``."""
    return _INDEX.as_composable_template(name, pattern=f"{name}-*", priority=_PRIORITY)
