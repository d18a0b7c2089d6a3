"""The head of each page that strangers may find."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from catalog.markets import MARKETS, Market
from marketplace.legal.models import TextKind
from marketplace.web.storefront.page_heads import things
from marketplace.web.storefront.page_heads.addresses import (
    LANGUAGES,
    alternates,
    locale_of,
    page_address,
)
from marketplace.web.storefront.page_heads.texts import plain, short
from marketplace.web.storefront.returns import returns_title
from marketplace.web.storefront.sharing import pictures
from marketplace.web.storefront.shell import Shop
from marketplace.web.ui.components import Crumb
from marketplace.web.ui.page_head import PageHead


def head_of(
    shop: Shop,
    name: str,
    *,
    title: str,
    description: str,
    markets: Sequence[Market] = MARKETS,
    filling: Mapping[str, str] | None = None,
    structured: Iterable[Mapping[str, Any]] = (),
    picture: tuple[str, pictures.Picture] | None = None,
    **more: Any,
) -> PageHead:
    """The head of one of the shop's pages, which the ``markets`` show.

    ``picture`` is one of the page's own, with the name of the view that shows it.
    """
    where = dict(filling or {})
    shown_by, shown = picture or ("picture", pictures.of_shop(shop))
    of_picture = {**(where if picture else {}), "digest": shown.digest}
    return PageHead(
        title=plain(title),
        description=short(description),
        url=page_address(name, shop.market, shop.language, **where),
        locale=locale_of(shop.market, shop.language),
        site=_("Twiza"),
        other_locales=[locale_of(shop.market, each) for each in LANGUAGES if each != shop.language],
        alternates=alternates(name, markets, **where),
        structured=tuple(structured),
        picture_url=page_address(shown_by, shop.market, shop.language, **of_picture),
        picture_text=plain(shown.card.title),
        **more,
    )


def home(shop: Shop) -> PageHead:
    """The first page of a market."""
    return head_of(
        shop,
        "home",
        title=_("The market of rural cooperatives"),
        description=_(
            "Honey, oils, rugs and pottery from rural cooperatives, with the names of the people "
            "who made them."
        ),
        structured=[things.site(shop)],
    )


def info(shop: Shop, slug: str) -> PageHead:
    """An information page."""
    title, description = _info_texts(shop)[slug]
    return head_of(shop, "info", title=title, description=description, filling={"slug": slug})


def legal(shop: Shop, slug: str, *, is_first: bool) -> PageHead:
    """A legal text; of several programmes the first one's, which the bare address shows."""
    kind = TextKind(slug)
    return head_of(
        shop,
        "legal",
        title=str(kind.label),
        description=_legal_descriptions()[kind],
        filling={"slug": slug},
        is_indexed=is_first,
    )


def _legal_descriptions() -> dict[TextKind, str]:
    return {
        TextKind.TERMS: _("The terms on which cooperatives sell in this shop."),
        TextKind.WITHDRAWAL: _("How to withdraw from a purchase, with the form to print."),
        TextKind.PRIVACY: _("What this shop keeps about buyers, why, and for how long."),
        TextKind.COOKIES: _("Which cookies this shop sets, and what each is for."),
        TextKind.IMPRINT: _("Who publishes this shop, and how to reach them."),
    }


def directory(shop: Shop, trail: Sequence[Crumb], *, is_first_page: bool) -> PageHead:
    """The directory of cooperatives; only its first page, unfiltered, is for search engines."""
    return head_of(
        shop,
        "cooperatives",
        title=_("Cooperatives"),
        description=_(
            "The cooperatives of the shop: who they are, where they work, what they make."
        ),
        is_indexed=is_first_page,
        structured=[things.breadcrumbs(trail)],
    )


def search(shop: Shop, text: str) -> PageHead:
    """The results of a search, which no search engine lists: the shop's own pages are found."""
    return head_of(
        shop,
        "search",
        title=text or _("All products"),
        description=_("Honey, oils and rugs from rural cooperatives."),
        markets=(),
        is_indexed=False,
    )


# long: a table of titles and descriptions
def _info_texts(shop: Shop) -> dict[str, tuple[str, str]]:
    """Title and description of each information page: its first sentence."""
    returns = returns_title(shop.market.default_country, shop.format)
    return {
        "contact": (
            _("Contact us"),
            _(
                "Reply to your order confirmation e-mail: your message goes to the team that runs "
                "the shop."
            ),
        ),
        "delivery": (
            _("Delivery and duties"),
            _(
                "Each cooperative ships its own parcel from its village, so an order may arrive in "
                "several parcels on different days. The basket shows the delivery cost and time of "
                "each parcel."
            ),
        ),
        "follow": (
            _("Track an order"),
            _(
                "Your order confirmation contains a link to the order page. It shows where "
                "each parcel is and when it should arrive."
            ),
        ),
        "join": (
            _("Register your cooperative"),
            _(
                "The shop is open to the cooperatives of the programmes that run it. An adviser "
                "from the programme visits you, helps with your first photos and listings, and "
                "remains your contact."
            ),
        ),
        "money": (
            _("Where your money goes"),
            _(
                "The cooperative sets its prices. It is paid once your parcel has arrived, less a "
                "commission that is shown on each product page."
            ),
        ),
        "payment": (
            _("Payment methods"),
            _("The checkout shows the payment methods available for your order."),
        ),
        "returns": (
            returns,
            f"{returns}. {_('Except perishable and made-to-order products.')}",
        ),
    }
