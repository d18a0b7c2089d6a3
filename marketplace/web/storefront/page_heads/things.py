"""What pages show, in schema.org's words: the shop, a trail, a list, a cooperative.

Only what the page shows too. There are no ratings: where buyers come to rate listings, a product
gains its ``aggregateRating`` in ``products``.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.templatetags.static import static
from django.utils.translation import gettext as _

from marketplace.web.storefront.page_heads.addresses import page_address, whole
from marketplace.web.storefront.page_heads.texts import plain, short
from marketplace.web.storefront.shell import Shop
from marketplace.web.ui.components import Crumb
from vendors.queries import PublicProfile

VOCABULARY = "https://schema.org"
Thing = dict[str, Any]


def site(shop: Shop) -> Thing:
    """The shop: who runs it, and how it is searched."""
    home = page_address("home", shop.market, shop.language)
    found = f"{page_address('search', shop.market, shop.language)}?q={{search_term_string}}"
    return {
        "@context": VOCABULARY,
        "@type": "WebSite",
        "name": _("Twiza"),
        "url": home,
        "inLanguage": shop.language,
        "publisher": {
            "@type": "Organization",
            "name": _("Twiza"),
            "url": whole("/"),
            "logo": whole(static("ui/icon-512.png")),
        },
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": found},
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumbs(trail: Sequence[Crumb]) -> Thing:
    """The way from the home page to this one."""
    return {
        "@context": VOCABULARY,
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": plain(crumb.label),
                **({"item": whole(crumb.url)} if crumb.url else {}),
            }
            for number, crumb in enumerate(trail, 1)
        ],
    }


def item_list(name: str, addresses: Sequence[str]) -> Iterable[Thing]:
    """The listings of a page in its order; nothing of an empty page."""
    if not addresses:
        return []
    items = [
        {"@type": "ListItem", "position": number, "url": address}
        for number, address in enumerate(addresses, 1)
    ]
    listed: Thing = {
        "@context": VOCABULARY,
        "@type": "ItemList",
        "name": plain(name),
        "numberOfItems": len(items),
        "itemListElement": items,
    }
    return [listed]


def cooperative(profile: PublicProfile, url: str) -> Thing:
    """A cooperative with its village and region; its street is not public."""
    found = profile.cooperative
    thing: Thing = {
        "@context": VOCABULARY,
        "@type": "Organization",
        "name": plain(profile.name),
        "url": url,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": plain(profile.place),
            "addressRegion": plain(profile.region_name),
            "addressCountry": found.country_code,
        },
    }
    if profile.tagline:
        thing["description"] = short(profile.tagline)
    if found.founded_year:
        thing["foundingDate"] = str(found.founded_year)
    return thing
