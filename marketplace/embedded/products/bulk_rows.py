"""The rows of a bulk import of products: unsaved objects, and the problems found in them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from marketplace.embedded.errors import CommandError, RowProblem
from marketplace.embedded.models import (
    Product,
    ProductChannelListing,
    ProductMedia,
    ProductVariant,
    ProductVariantChannelListing,
    Stock,
)
from marketplace.embedded.products.attribute_assignment import Pairs


@dataclass(frozen=True, slots=True)
class ProductRowProblem(RowProblem):
    """Why a product, or a part of it, is refused, with the global ids at fault."""

    attributes: list[str] | None = None
    values: list[str] | None = None
    warehouses: list[str] | None = None
    channels: list[str] | None = None


@dataclass
class VariantRow:
    """A variant of a row with its attribute values, stock and prices, all unsaved."""

    variant: ProductVariant
    pairs: Pairs = field(default_factory=list)
    stocks: list[Stock] = field(default_factory=list)
    prices: list[ProductVariantChannelListing] = field(default_factory=list)


@dataclass
class ImportRow:
    """A product with everything that belongs to it, all unsaved.

    `is_broken` when the product itself cannot be stored, not just some of its parts.
    """

    product: Product
    pairs: Pairs = field(default_factory=list)
    variants: list[VariantRow] = field(default_factory=list)
    listings: list[ProductChannelListing] = field(default_factory=list)
    media: list[ProductMedia] = field(default_factory=list)
    collections: list[str] = field(default_factory=list)
    problems: list[ProductRowProblem] = field(default_factory=list)
    is_broken: bool = False

    def attempt(self, path: str, action: Callable[[], None]) -> bool:
        """Run `action`; record what it refuses as problems, and tell whether it succeeded."""
        try:
            action()
        except CommandError as refusal:
            for problem in refusal.problems:
                where = ".".join(part for part in (path, problem.field) if part)
                self.problems.append(
                    ProductRowProblem(
                        where,
                        problem.code,
                        problem.message,
                        attributes=problem.extra.get("attributes"),
                        values=problem.extra.get("values"),
                    )
                )
            return False
        return True
