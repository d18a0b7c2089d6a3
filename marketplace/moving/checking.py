"""Comparison of two engines: every product and order, and their totals."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Required, TypedDict
from uuid import UUID

from catalog.models import ListingVariant
from marketplace.moving import books
from marketplace.moving.facts import Facts, of_orders, of_products
from marketplace.moving.progress import Tell
from marketplace.moving.sides import Side, order_pages, product_pages
from marketplace.moving.steps.orders import NOT_ORDERS
from marketplace.saleor import ids
from vendors.models import Cooperative
from vendors.scoping import Crossing

# The number of differences listed one by one.
TOLD = 200


@dataclass(frozen=True)
class Total:
    """A total in both engines."""

    what: str
    before: int
    after: int

    @property
    def is_equal(self) -> bool:
        """Whether both engines have the same total."""
        return self.before == self.after


class Difference(TypedDict, total=False):
    """A difference of a product or an order: values ``before`` and ``after``, or a ``problem``."""

    what: Required[str]
    name: Required[str]
    field: Required[str]
    problem: str
    before: str
    after: str


@dataclass
class Findings:
    """Result of a comparison; empty ``differences`` and equal totals: nothing is missing."""

    totals: list[Total] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    changed_tables: list[str] = field(default_factory=list)

    @property
    def is_equal(self) -> bool:
        """Whether the new engine holds what the old one does, and our tables are unchanged."""
        totals = all(total.is_equal for total in self.totals)
        return totals and not self.differences and not self.changed_tables

    def as_json(self) -> dict[str, Any]:
        """For the row of the move and for programs."""
        return {
            "equal": self.is_equal,
            "totals": [asdict(total) for total in self.totals],
            "differences": self.differences[:TOLD],
            "more differences": max(0, len(self.differences) - TOLD),
            "changed tables": self.changed_tables,
        }


def compare(source: Side, target: Side, books_before: Mapping[str, str], tell: Tell) -> Findings:
    """Read both engines completely and compare; changes nothing."""
    found = Findings(changed_tables=books.changed(dict(books_before)))
    pairs: list[tuple[str, dict[UUID, Facts], dict[UUID, Facts]]] = []
    for what, read in (("product", _products), ("order", _orders)):
        tell(f"comparing {what}s")
        before, after = read(source), read(target)
        after = {key: facts for key, facts in after.items() if key in before or what == "order"}
        pairs.append((what, before, after))
        found.differences += _differences(what, before, after)
    tell("comparing cooperatives")
    found.totals += list(_totals(pairs[0][1:], pairs[1][1:]))
    found.totals.append(_of_kind("cooperatives with a page", ids.PAGE, source, target))
    found.totals.append(_of_kind("warehouses", ids.WAREHOUSE, source, target))
    return found


def _products(side: Side) -> dict[UUID, Facts]:
    found: dict[UUID, Facts] = {}
    for page in product_pages(side.client):
        found |= of_products(side, page)
    return found


def _orders(side: Side) -> dict[UUID, Facts]:
    found: dict[UUID, Facts] = {}
    for page in order_pages(side.client):
        found |= of_orders(side, [order for order in page if order.status not in NOT_ORDERS])
    return found


def _differences(
    what: str, before: dict[UUID, Facts], after: dict[UUID, Facts]
) -> Iterator[Difference]:
    for key, facts in before.items():
        there = after.get(key)
        if there is None:
            yield {"what": what, "name": facts["name"], "field": "", "problem": "is missing"}
            continue
        for name, value in facts.items():
            if there[name] != value:
                yield {
                    "what": what,
                    "name": facts["name"],
                    "field": name,
                    "before": _short(value),
                    "after": _short(there[name]),
                }
    for key in after.keys() - before.keys():
        yield {"what": what, "name": after[key]["name"], "field": "", "problem": "is too much"}


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 300 else f"{text[:300]} …"  # noqa: PLR2004 -- a line or two


Both = tuple[dict[UUID, Facts], dict[UUID, Facts]]


def _totals(products: Both, orders: Both) -> Iterator[Total]:
    """Totals of both engines, under the same names."""
    cooperative_names = _cooperative_names()
    before = _sums(products[0], orders[0], cooperative_names)
    after = _sums(products[1], orders[1], cooperative_names)
    for what in sorted(before.keys() | after.keys()):
        yield Total(what, before[what], after[what])


def _sums(
    products: dict[UUID, Facts], orders: dict[UUID, Facts], cooperative_names: dict[str, str]
) -> Counter[str]:
    found: Counter[str] = Counter()
    found["listings"] = len(products)
    for facts in products.values():
        found["media"] += facts["media"]
        for slug in facts["published"]:
            found[f"listings published in {slug}"] += 1
        for on_hand, kept in facts["stock"].values():
            found["pieces in stock"] += on_hand
            found["pieces kept for orders"] += kept
    for facts in orders.values():
        currency = facts["channel"][-3:].upper()
        found["orders"] += 1
        found[f"orders {facts['status'].lower()}"] += 1
        for what in ("total", "tax", "delivery", "charged", "promised", "refunded"):
            found[f"orders, {what} in {currency}"] += facts[what]
        for variant, quantity, _sent, gross, _net in facts["lines"].values():
            found["pieces ordered"] += quantity
            found[f"revenue of {cooperative_names.get(variant, '?')} in {currency}"] += gross
    return found


def _cooperative_names() -> dict[str, str]:
    """Variant → cooperative's slug."""
    rows = ListingVariant.objects.crossing(Crossing.OPERATOR_COMMAND)
    slugs: defaultdict[str, str] = defaultdict(str)
    names = dict(Cooperative.objects.crossing(Crossing.OPERATOR_COMMAND).values_list("pk", "slug"))
    for key, cooperative_id in rows.values_list("pk", "listing__cooperative_id"):
        slugs[str(key)] = names.get(cooperative_id, "")
    return dict(slugs)


def _of_kind(what: str, kind: str, source: Side, target: Side) -> Total:
    wanted = set(source.known(kind))
    return Total(what, len(wanted), len(wanted & set(target.known(kind))))
