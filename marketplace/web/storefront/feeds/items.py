"""A listing's variants as items of a feed: RSS 2.0 with Google's elements, which Meta reads too.

Attributes as https://support.google.com/merchants/answer/7052112 and Meta's catalogue describe
them. A listing without a photograph is left out: both refuse drawings.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lxml import etree

from catalog.categories import find_category
from catalog.markets import Market
from catalog.models import ListingOffer, ListingPage
from marketplace.core.formats import plain_amount
from marketplace.orders.free_delivery import Sums
from marketplace.web.storefront.page_heads.addresses import page_address, whole
from marketplace.web.storefront.page_heads.catalogue_heads import described
from marketplace.web.storefront.page_heads.products import delivery_to
from marketplace.web.storefront.page_heads.texts import plain, short

NAMESPACE = "http://base.google.com/ns/1.0"
_LONGEST_TITLE, _LONGEST_DESCRIPTION, _LONGEST_BRAND = 150, 5000, 70
_FURTHER_PHOTOGRAPHS = 10


@dataclass(frozen=True)
class Reader:
    """Whom a feed is for: how they call what is there, and what is sold out."""

    in_stock: str
    out_of_stock: str


READERS = {
    "google": Reader("in_stock", "out_of_stock"),
    "meta": Reader("in stock", "out of stock"),
}


@dataclass(frozen=True)
class Feed:
    """One feed: for whom, of which market and day, in which language, and who delivers for free."""

    reader: Reader
    market: Market
    language: str
    on: date
    free_from: Sums

    def items(self, page: ListingPage) -> Iterator[str]:
        """An item for each variant; its id is the variant's and never changes."""
        if not page.media:
            return
        offers: list[ListingOffer] = page.market_offers  # type: ignore[attr-defined]
        for offer in offers:
            item = etree.Element("item")
            for name, text in self._facts(page, offer, several=len(offers) > 1):
                if text:
                    etree.SubElement(item, f"{{{NAMESPACE}}}{name}").text = text
            self._add_shipping(item, page, offer)
            yield etree.tostring(item, encoding="unicode")

    def _facts(
        self, page: ListingPage, offer: ListingOffer, *, several: bool
    ) -> Iterator[tuple[str, str]]:
        address = page_address("listing", self.market, self.language, slug=page.slug)
        name = " ".join(filter(None, [page.name(self.language), offer.variant_name]))
        category = find_category(page.category_slug)
        photographs: list[str] = page.media
        yield "id", str(offer.variant_id)
        yield "item_group_id", str(page.listing_id) if several else ""
        yield "title", short(name if several else page.name(self.language), _LONGEST_TITLE)
        yield "description", short(described(page, self.language), _LONGEST_DESCRIPTION)
        yield "link", f"{address}?size={offer.variant_id}" if several else address
        yield "image_link", whole(photographs[0])
        for photo in photographs[1 : 1 + _FURTHER_PHOTOGRAPHS]:
            yield "additional_image_link", whole(photo)
        yield "availability", self._availability(offer)
        yield "price", f"{plain_amount(offer.amount_minor, offer.currency)} {offer.currency}"
        yield "brand", plain(page.cooperative_name(self.language))[:_LONGEST_BRAND]
        yield "condition", "new"
        yield "identifier_exists", "no"
        yield "product_type", plain(category.name(self.language)) if category else ""

    def _availability(self, offer: ListingOffer) -> str:
        return self.reader.in_stock if offer.available > 0 else self.reader.out_of_stock

    def _add_shipping(self, item: etree._Element, page: ListingPage, offer: ListingOffer) -> None:
        free_from = self.free_from.get(page.cooperative_id)
        for price, countries in delivery_to(self.market, page, offer, self.on, free_from).items():
            amount = f"{plain_amount(price.amount_minor, price.currency)} {price.currency}"
            for country in countries:
                shipping = etree.SubElement(item, f"{{{NAMESPACE}}}shipping")
                for name, text in (("country", country), ("price", amount)):
                    etree.SubElement(shipping, f"{{{NAMESPACE}}}{name}").text = text
