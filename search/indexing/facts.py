"""Facts of documents as records of fixed size, and the codes of facet values."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter

import numpy as np
from django.db import connection, transaction

from search.indexing.documents import Document
from search.indexing.ratings import ratings_of
from search.models import FacetValue
from search.ranking.signals import rating_signal

MARKET_SLOTS = 8
# Facets with one value a document, and facets with several, whose codes are bits of a number; each
# with the attribute of the document that holds them.
SINGLE_VALUED = {
    "categories": attrgetter("category"),
    "countries": attrgetter("country"),
    "regions": attrgetter("region"),
    "provinces": attrgetter("province"),
    "sectors": attrgetter("sector"),
    "kinds": attrgetter("kind"),
    "cooperatives": attrgetter("cooperative"),
}
MULTI_VALUED: dict[str, Callable[[Document], Iterable[str]]] = {
    "marks": attrgetter("marks"),
    "materials": attrgetter("materials"),
    "ships_to": attrgetter("prices"),
    "ratings": lambda document: ratings_of(document.score),
}
MAX_CODES_IN_A_SET = 63
NO_PRICE = -1
_LARGEST_PRICE = 2**31 - 1
_LARGEST_COUNT = 2**16 - 1

FACTS = np.dtype(
    [
        *(
            (name, "<u4" if name == "cooperatives" else "<u2")
            for name in SINGLE_VALUED
            if name != "countries"
        ),
        *((name, "<u8") for name in MULTI_VALUED if name != "ratings"),
        ("published", "<i8"),
        ("quality", "<f4"),
        ("name_lengths", "u1", (3,)),
        ("kind_lengths", "u1", (3,)),
        ("amounts", "<i4", (MARKET_SLOTS,)),
        ("available", "<u2", (MARKET_SLOTS,)),
        ("sold", "<u2", (MARKET_SLOTS,)),
        # Came later: the migrations that added them appended them to the records there were.
        ("countries", "<u2"),
        ("ratings", "<u8"),
        ("rating", "<f4"),
    ]
)


class FacetCodes:
    """The codes of facet values; a new value gets the next free code."""

    def __init__(self) -> None:
        self.codes: dict[str, dict[str, int]] = {}
        self.values: dict[str, dict[int, str]] = {}
        self.names: dict[str, dict[str, str]] = {}

    @classmethod
    def from_database(cls) -> "FacetCodes":
        """The codes that are stored now."""
        codes = cls()
        codes.read()
        return codes

    def read(self) -> None:
        """Read all codes again."""
        self.codes, self.values, self.names = {}, {}, {}
        rows = FacetValue.objects.values_list("facet", "value", "code", "names")
        for facet, value, code, names in rows:
            if facet == "cooperatives":
                self.names[value] = names
            self.codes.setdefault(facet, {})[value] = code
            self.values.setdefault(facet, {})[code] = value

    def code(self, facet: str, value: str) -> int | None:
        """The code of a value, None for one that no document has."""
        return self.codes.get(facet, {}).get(value)

    def add_missing(self, documents: Iterable[Document]) -> None:
        """Give codes to values that have none yet, and store the names of cooperatives."""
        documents = list(documents)
        self._add_missing(documents)
        names_by_slug = {d.cooperative: d.cooperative_names for d in documents}
        changed = {s: n for s, n in names_by_slug.items() if self.names.get(s) != n}
        for slug, names in sorted(changed.items()):
            FacetValue.objects.filter(facet="cooperatives", value=slug).update(names=names)
        self.names |= changed

    def _add_missing(self, documents: Sequence[Document]) -> None:
        missing = {
            (facet, value)
            for facet, values in _values(documents)
            for value in values
            if self.code(facet, value) is None
        }
        if not missing:
            return
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("LOCK TABLE search_facetvalue IN SHARE ROW EXCLUSIVE MODE")
            self.read()
            new = []
            for facet, value in sorted(missing):
                known = self.codes.setdefault(facet, {})
                if value not in known:
                    known[value] = len(known)
                    new.append(FacetValue(facet=facet, value=value, code=known[value]))
            FacetValue.objects.bulk_create(new)
        self.read()

    def pack(self, documents: Sequence[Document]) -> list[bytes]:
        """The documents' facts as bytes, one record each."""
        records = np.zeros(len(documents), dtype=FACTS)
        records["amounts"] = NO_PRICE
        for name, value_of in SINGLE_VALUED.items():
            codes = self.codes.get(name, {})
            records[name] = [codes[value] for value in map(value_of, documents)]
        for name, values_of in MULTI_VALUED.items():
            codes = self.codes.get(name, {})
            records[name] = [_bits(codes, values) for values in map(values_of, documents)]
        records["published"] = [document.published for document in documents]
        records["quality"] = [document.quality for document in documents]
        records["rating"] = [rating_signal(document.score) for document in documents]
        for name in ("name_lengths", "kind_lengths"):
            lengths = [getattr(document, name) for document in documents]
            records[name] = np.minimum(np.array(lengths).reshape(-1, 3), 255)
        self._fill_markets(records, documents)
        raw = records.tobytes()
        size = FACTS.itemsize
        return [raw[n * size : (n + 1) * size] for n in range(len(documents))]

    def _fill_markets(self, records: np.ndarray, documents: Sequence[Document]) -> None:
        amounts, available, sold = (records[name] for name in ("amounts", "available", "sold"))
        slots = self.codes.get("ships_to", {})
        for n, document in enumerate(documents):
            for market, price in document.prices.items():
                slot = slots[market]
                if slot < MARKET_SLOTS:
                    amounts[n, slot] = min(price.amount_minor, _LARGEST_PRICE)
                    available[n, slot] = min(price.available, _LARGEST_COUNT)
                    sold[n, slot] = min(document.sold.get(market, 0), _LARGEST_COUNT)


def _bits(codes: dict[str, int], values: Iterable[str]) -> int:
    found = {codes[value] for value in values}
    return sum(1 << code for code in found if code < MAX_CODES_IN_A_SET)


def _values(documents: Sequence[Document]) -> Iterator[tuple[str, set[str]]]:
    """The values of each facet that documents have."""
    for name, value_of in SINGLE_VALUED.items():
        yield name, set(map(value_of, documents))
    for name, values_of in MULTI_VALUED.items():
        yield name, set().union(*map(values_of, documents))
