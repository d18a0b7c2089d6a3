"""Which drawing shows which goods: from the taxonomy's slugs to the categories we can draw."""

VILLAGE = "village"

_BY_SLUG = {
    "honey": "honey-euphorbia honey-thyme honey-orange-blossom honey-jujube honey-rosemary"
    " honey-arbutus honey-carob molasses-eg date-syrup",
    "oil": "argan-oil-culinary olive-oil-evoo olive-oil-virgin olive-oil-tn",
    "olive": "table-olives capers",
    "argan": "argan-oil-cosmetic",
    "saffron": "saffron",
    "dates": "dates-majhoul dates-boufeggous figs-dried dates-siwa-eg deglet-nour-tn",
    "couscous": "couscous-wheat couscous-five-grain barley-flour zmita-sellou lentils",
    "pouf": "pouf-leather bag-leather wallet-leather",
    "fibula": "silver-jewellery jewellery-base-metal",
    "rose": "rose-water rose-buds-dried orange-blossom-water hibiscus-eg",
    "basket": "basketry-palm mat-rush",
    "tagine": "tagine-clay harissa cumin paprika ras-el-hanout zaatar-jo goat-cheese",
    "jug": "pottery-ornamental copperware",
    "bowl": "pottery-tableware wood-kitchenware sardines-canned",
    "rug": "carpet-knotted-wool carpet-kilim carpet-boucherouite wool-blanket shawl-wool"
    " djellaba-men caftan",
    "cushion": "cushion-sabra embroidered-table-linen cotton-textile-eg",
    "zellige": "zellige papyrus-eg",
    "herbs": "thyme-oregano essential-oil-rosemary carob-powder sea-moss-agar",
    "tea": "mint-dried verbena",
    "babouche": "belghas-leather",
    "soap": "black-soap soap-bar-argan ghassoul henna-powder kohl skin-cream shea-butter-sn",
    "almond": "amlou almonds-shelled walnuts-shelled jam-fig",
    "cactus": "prickly-pear-seed-oil nigella-oil",
    "box": "thuya-box brass-lamp percussion",
}
CATEGORIES = tuple(_BY_SLUG)
_OF_SLUG = {slug: category for category, slugs in _BY_SLUG.items() for slug in slugs.split()}
DEFAULT = "basket"


def category_for(slug: str) -> str:
    """The drawing for a taxonomy slug or a category; a basket for what we do not know.

    An unknown slug falls back on a known word in it: ``honey-lavender`` is drawn as honey.
    """
    slug = slug.lower()
    if slug in _BY_SLUG:
        return slug
    if slug in _OF_SLUG:
        return _OF_SLUG[slug]
    words = slug.replace("_", "-").split("-")
    for word in words:
        if word in _BY_SLUG:
            return word
        for known, category in _OF_SLUG.items():
            if word in known.split("-"):
                return category
    return DEFAULT


def is_known(slug: str) -> bool:
    """Whether the taxonomy's slug has a drawing of its own kind of goods."""
    return slug in _BY_SLUG or slug in _OF_SLUG
