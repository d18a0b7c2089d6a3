"""Which picture previews of a page show, and its address, which names its content."""

import hashlib
import json
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import IO
from uuid import UUID

from django.utils.translation import gettext as _

from catalog.categories import Category
from catalog.models import ListingOffer, ListingPage
from catalog.photos import published_photo
from marketplace.core.documents.drawing import in_digits
from marketplace.web.storefront.cards import picture_of
from marketplace.web.storefront.sharing.drawing import Card, draw
from marketplace.web.storefront.shell import Shop
from marketplace.web.ui import assets, illustrations
from vendors.queries import PublicProfile

# Counted up when the layout changes, so that addresses do.
_LAYOUT = 1


@dataclass(frozen=True)
class Picture:
    """A picture before it is drawn: its words, and a drawing or a photograph by its address."""

    card: Card
    beside: str

    @property
    def digest(self) -> str:
        """A hash of all that is in it."""
        said = json.dumps([_LAYOUT, asdict(self.card), self.beside], ensure_ascii=False)
        return hashlib.sha256(said.encode(errors="replace")).hexdigest()[:24]

    def drawn(self) -> bytes:
        """The picture as JPEG."""
        if drawing := _drawing(self.beside):
            return draw(replace(self.card, drawing=drawing))
        photograph = _photograph(self.beside)
        if photograph is None:
            return draw(self.card)
        with closing(photograph):
            return draw(self.card, photograph)


def of_shop(shop: Shop) -> Picture:
    """The shop as a whole."""
    return _picture(
        shop, _("The market of rural cooperatives"), illustrations.address("zellige", seed="1")
    )


def of_category(shop: Shop, category: Category) -> Picture:
    """A category, with its drawing."""
    beside = illustrations.address(category.illustration, seed="2")
    return _picture(shop, category.name(shop.language), beside)


def of_cooperative(shop: Shop, profile: PublicProfile) -> Picture:
    """A cooperative, with its village."""
    found = profile.cooperative
    beside = illustrations.address("village", seed=found.slug, region=found.region_code)
    return _picture(shop, profile.name, beside, below=f"{profile.sector_name} · {profile.place}")


def of_listing(shop: Shop, page: ListingPage, offer: ListingOffer) -> Picture:
    """A listing with its own picture, its price and its cooperative."""
    return _picture(
        shop,
        page.name(shop.language),
        picture_of(page),
        below=page.cooperative_name(shop.language),
        price=shop.format.money(offer.amount_minor, offer.currency),
    )


def _picture(shop: Shop, title: str, beside: str, *, below: str = "", price: str = "") -> Picture:
    texts = in_digits(
        {
            "site": _("Twiza"),
            "title": title,
            "below": below,
            "price": price,
        },
        shop.format,
    )
    direction = shop.format.direction
    card = Card(language=shop.language, direction=direction, logo=_logo(), **texts)
    return Picture(card, beside)


@cache
def _logo() -> str:
    return (assets.STATIC / "favicon.svg").read_text(encoding="utf-8")


def _drawing(address: str) -> str:
    """The drawing of an address as SVG; empty where it is no drawing's."""
    if not address.endswith(".svg"):
        return ""
    path = Path(address)
    region, seed = illustrations.region_of(path.stem)
    return illustrations.draw(path.parent.name, seed=seed, region=region)


def _photograph(address: str) -> IO[bytes] | None:
    """A published photograph's file; None where it is gone, as on a shop just restored."""
    try:
        photo = published_photo(UUID(Path(address).stem))
        opened: IO[bytes] | None = photo.file.open("rb") if photo else None
    except (ValueError, FileNotFoundError):
        return None
    return opened
