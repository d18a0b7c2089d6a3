"""Pages of the cooperatives, and their cards on other pages."""

from marketplace.web.storefront.cooperatives.cards import how_many, some_cards

__all__ = ["how_many", "some_cards"]
