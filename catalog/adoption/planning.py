"""Decisions on each product: adopt, leave to the store, or refuse, with the reason."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext as _

from catalog.adoption.csv_file import Row
from catalog.adoption.reading import default_category, why_not
from catalog.adoption.rules import Rule, targets
from catalog.adoption.stock import Move, held, moves_to
from catalog.adoption.store import StoreProduct
from catalog.categories import find_category
from catalog.models import Adoption, Listing
from marketplace.core.word_lists import listed
from marketplace.saleor import ids
from vendors.models import Cooperative
from vendors.scoping import Crossing

ADOPT, LEFT, REFUSED, UNCHANGED = "adopt", "left", "refused", "unchanged"


@dataclass(frozen=True)
class Wish:
    """The cooperative (empty: none) and category requested for a product, or what is unclear."""

    cooperative: str = ""
    category: str = ""
    problem: str = ""


@dataclass
class Decision:
    """What happens to a product, or what happened; ``line`` of the file, if it names it."""

    slug: str
    name: str
    outcome: str
    reason: str = ""
    gid: str = ""
    skus: list[str] = field(default_factory=list)
    cooperative: str = ""
    category: str = ""
    moves: list[Move] = field(default_factory=list)
    units_held: int = 0
    notes: list[str] = field(default_factory=list)
    line: int = 0

    @property
    def units(self) -> int:
        """Number of items to move."""
        return sum(move.units for move in self.moves)


class Wishes:
    """Rules and a file, applied to one product at a time; the file takes precedence.

    ``cooperatives`` are those that may be chosen, by slug.
    """

    def __init__(
        self,
        *,
        rules: Sequence[Rule] = (),
        category_rules: Sequence[Rule] = (),
        rows: Sequence[Row] = (),
        cooperatives: Mapping[str, Cooperative],
    ) -> None:
        self._rules, self._category_rules = rules, category_rules
        self._cooperatives = cooperatives
        self._rows: dict[tuple[str, str], list[Row]] = {}
        self._waiting = {row.line: row for row in rows}
        for row in rows:
            self._rows.setdefault(_key(row), []).append(row)

    def of(self, product: StoreProduct) -> tuple[Wish, int]:
        """The wish for a product, and the line of the file that states it (0: none)."""
        rows = self._rows_of(product)
        for row in rows:
            self._waiting.pop(row.line, None)
        if len({(row.cooperative, row.category) for row in rows}) > 1:
            lines = listed(str(row.line) for row in rows)
            problem = _("Lines %(lines)s of the table contradict each other.") % {"lines": lines}
            return Wish(problem=problem), rows[0].line
        said = rows[0] if rows else None
        wish = self._by_rules(product)
        if said and said.cooperative:
            wish = Wish(cooperative=said.cooperative)
        category = (said.category if said else "") or self._category(product)
        return self._checked(wish, category), said.line if said else 0

    def unmatched(self) -> list[Row]:
        """Lines of the file whose product the store does not have, after all have been applied."""
        return list(self._waiting.values())

    def _rows_of(self, product: StoreProduct) -> list[Row]:
        keys = [("id", product.gid), ("slug", product.slug), *(("sku", s) for s in product.skus)]
        found = {row.line: row for key in keys for row in self._rows.get(key, ())}
        return [found[line] for line in sorted(found)]

    def _by_rules(self, product: StoreProduct) -> Wish:
        found = targets(self._rules, product)
        if len(found) > 1:
            told = listed((rules[0] for rules in found.values()), ";")
            return Wish(problem=_("Several rules apply: %(rules)s") % {"rules": told})
        return Wish(cooperative=next(iter(found), ""))

    def _category(self, product: StoreProduct) -> str:
        found = targets(self._category_rules, product)
        return next(iter(found)) if found else default_category(product)

    def _checked(self, wish: Wish, category: str) -> Wish:
        if wish.problem or not wish.cooperative:
            return wish
        if wish.cooperative not in self._cooperatives:
            words = _("There is no cooperative “%(slug)s” here.")
            return Wish(wish.cooperative, category, words % {"slug": wish.cooperative})
        if find_category(category) is None:
            words = _("There is no category “%(slug)s”.")
            return Wish(wish.cooperative, category, words % {"slug": category})
        return Wish(wish.cooperative, category)


def plan(
    products: Iterable[StoreProduct],
    wishes: Wishes,
    *,
    cooperatives: Mapping[str, Cooperative],
    weight_grams: int = 0,
) -> Iterator[Decision]:
    """Decide on every product, then on lines of the file without a product."""
    for product in products:
        wish, line = wishes.of(product)
        made = decide(product, wish, cooperatives, weight_grams=weight_grams)
        made.line = line
        yield made
    for row in wishes.unmatched():
        told = row.slug or row.sku or row.gid
        reason = _("This product does not exist in the shop.")
        made = Decision(told, "", REFUSED, reason, row.gid, cooperative=row.cooperative)
        made.line = row.line
        yield made


def decide(
    product: StoreProduct,
    wish: Wish,
    cooperatives: Mapping[str, Cooperative],
    *,
    weight_grams: int = 0,
) -> Decision:
    """Decide on one product; nothing is changed."""
    made = Decision(product.slug, product.name, LEFT, gid=product.gid, skus=product.skus)
    made.cooperative, made.category = wish.cooperative, wish.category
    listing = listing_of(product.gid)
    owner = owner_of(product, listing)
    if owner and (not wish.cooperative or wish.problem):
        made.outcome, made.cooperative = UNCHANGED, owner
        return made
    if wish.problem or not wish.cooperative:
        made.outcome, made.reason = (REFUSED if wish.problem else LEFT), wish.problem
        return made
    if owner and owner != wish.cooperative:
        made.outcome, made.reason = REFUSED, _("It belongs to %(owner)s.") % {"owner": owner}
        return made
    return _promised(made, product, listing, cooperatives[wish.cooperative], weight_grams)


def _promised(
    made: Decision,
    product: StoreProduct,
    listing: Listing | None,
    cooperative: Cooperative,
    weight_grams: int,
) -> Decision:
    warehouse = ids.find_global_id(ids.WAREHOUSE, cooperative.pk)
    if warehouse is None or ids.find_global_id(ids.PAGE, cooperative.pk) is None:
        made.outcome = REFUSED
        made.reason = _("The cooperative is not in Saleor yet: publish its page first.")
        return made
    adoption = adoption_of(listing)
    made.moves, made.units_held = moves_to(product, warehouse), held(product, warehouse)
    if listing and adoption is None:
        # Created by us, not by the store.
        made.outcome, made.moves = UNCHANGED, []
    elif adoption and adoption.completed_at and not adoption.released_at and not made.moves:
        made.outcome = UNCHANGED
    elif reason := why_not(product, weight_grams=weight_grams):
        made.outcome, made.reason, made.moves = REFUSED, reason, []
    else:
        made.outcome = ADOPT
    made.notes += _notes(made)
    return made


def _notes(made: Decision) -> list[str]:
    notes = []
    if made.category == "other":
        notes.append(
            _("No category of ours has the name of its Saleor category: listed under “other”.")
        )
    if made.units_held:
        text = _("%(units)s sold or reserved items stay where they are.")
        notes.append(text % {"units": made.units_held})
    return notes


def listing_of(gid: str) -> Listing | None:
    """The listing of an engine product, of any cooperative, or None."""
    our_id = ids.our_id(ids.PRODUCT, gid)
    rows = Listing.objects.crossing(Crossing.ENGINE_PROJECTION)
    found: Listing | None = (
        rows.select_related("cooperative", "adoption").filter(pk=our_id).first() if our_id else None
    )
    return found


def held_products(gids: Sequence[str]) -> set[str]:
    """Those of the engine's product ids that a listing of ours holds."""
    by_id = {our_id: gid for gid, our_id in ids.our_ids(ids.PRODUCT, gids).items()}
    rows = Listing.objects.crossing(Crossing.ENGINE_PROJECTION).filter(pk__in=by_id)
    given_back = Q(adoption__released_at__isnull=False)
    return {by_id[key] for key in rows.exclude(given_back).values_list("pk", flat=True)}


def adoption_of(listing: Listing | None) -> Adoption | None:
    """The adoption of a listing; None for one that began with us."""
    return listing.adoption if listing and listing.is_from_store else None


def owner_of(product: StoreProduct, listing: Listing | None) -> str:
    """The cooperative that has a product: by our listing, else by the engine; else empty."""
    adoption = adoption_of(listing)
    if listing and not (adoption and adoption.released_at):
        return str(listing.cooperative.slug)
    if not product.cooperative_page:
        return ""
    our_id = ids.our_id(ids.PAGE, product.cooperative_page)
    rows = Cooperative.objects.crossing(Crossing.ENGINE_PROJECTION).filter(pk=our_id)
    slug = rows.values_list("slug", flat=True).first() if our_id else None
    return str(slug or product.cooperative_slug)


def _key(row: Row) -> tuple[str, str]:
    if row.gid:
        return ("id", row.gid)
    return ("slug", row.slug) if row.slug else ("sku", row.sku)
