"""The index, derived from the catalogue's read model; synonyms, ranking rule and query log."""

from search.models.index import (
    FacetValue,
    Generation,
    ListingSales,
    PendingUpdate,
    Posting,
    SearchDocument,
    SearchWord,
)
from search.models.query_log import ImpressionTally, SearchTally, SeenVisit, VisitorKey
from search.models.rules import BlockedPhrase, RankingRule, SynonymChange, SynonymGroup

__all__ = [
    "BlockedPhrase",
    "FacetValue",
    "Generation",
    "ImpressionTally",
    "ListingSales",
    "PendingUpdate",
    "Posting",
    "RankingRule",
    "SearchDocument",
    "SearchTally",
    "SearchWord",
    "SeenVisit",
    "SynonymChange",
    "SynonymGroup",
    "VisitorKey",
]
