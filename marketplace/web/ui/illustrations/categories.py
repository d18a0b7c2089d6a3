"""Which drawing shows which goods: from the taxonomy's slugs to the categories we can draw."""

from marketplace.web.ui.illustrations.scene import (
    CLAY,
    INDIGO,
    LAVENDER,
    MADDER,
    SAFFRON,
    SAGE,
    SAND,
    SKY,
    TEAL,
)

VILLAGE = "village"
DEFAULT = "basket"

# Category → the grounds it looks well on.
GROUNDS = {
    "honey": (SKY, CLAY, SAGE, INDIGO, TEAL),
    "oil": (SAND, CLAY, SAFFRON, LAVENDER, SKY),
    "olive": (SAND, CLAY, SAFFRON, SKY, INDIGO),
    "argan": (SKY, SAGE, CLAY, TEAL),
    "saffron": (SAFFRON, SAGE, SAND, CLAY),
    "dates": (SAND, SAFFRON, SAGE, TEAL),
    "couscous": (SKY, SAGE, INDIGO, TEAL),
    "pouf": (SKY, SAGE, SAFFRON, TEAL, INDIGO),
    "fibula": (MADDER, INDIGO, TEAL, CLAY),
    "rose": (SKY, SAGE, SAND, SAFFRON, TEAL),
    "basket": (SKY, CLAY, SAGE, INDIGO, MADDER),
    "tagine": (SKY, SAND, SAFFRON, SAGE, TEAL),
    "jug": (SKY, SAGE, SAFFRON, INDIGO, TEAL),
    "bowl": (CLAY, SAFFRON, SAND, MADDER),
    "rug": (SKY, SAGE, CLAY, LAVENDER, TEAL),
    "cushion": (SKY, SAGE, LAVENDER, SAND),
    "zellige": (SKY,),
    "herbs": (CLAY, SAFFRON, SAND, LAVENDER),
    "tea": (SAND, CLAY, SKY, SAFFRON),
    "babouche": (SKY, CLAY, LAVENDER, TEAL, INDIGO),
    "soap": (SKY, LAVENDER, CLAY, TEAL),
    "almond": (SKY, SAFFRON, CLAY, SAGE),
    "amlou": (SKY, SAFFRON, SAGE, TEAL),
    "syrup": (SKY, SAND, SAFFRON, SAGE),
    "cactus": (SAFFRON, CLAY, SAND, LAVENDER),
    "box": (SKY, SAGE, SAFFRON, LAVENDER),
    "jar": (SKY, SAND, SAGE, LAVENDER),
    "sack": (SKY, SAGE, CLAY, TEAL),
    "spices": (SKY, SAGE, SAND, CLAY),
    "cheese": (SKY, SAGE, CLAY, INDIGO),
    "fish": (SKY, SAND, SAFFRON, CLAY),
    "figs": (SAGE, SAND, SAFFRON, SKY),
    "walnut": (SKY, SAGE, CLAY, TEAL),
    "flask": (CLAY, SAGE, LAVENDER, SAND),
    "hibiscus": (SKY, SAND, SAGE, SAFFRON),
    "dropper": (SAFFRON, SAGE, CLAY, SKY),
    "cream": (SKY, CLAY, LAVENDER, SAGE),
    "bag": (SKY, SAGE, SAFFRON, TEAL),
    "garment": (SAND, SKY, CLAY, SAGE),
    "blanket": (SKY, SAGE, CLAY, LAVENDER),
    "mat": (SKY, CLAY, SAGE, TEAL),
    "lamp": (INDIGO, TEAL, MADDER, LAVENDER),
    "copper": (SKY, SAGE, INDIGO, TEAL),
    "wood": (SKY, SAGE, CLAY, SAFFRON),
    "drum": (SKY, SAGE, SAFFRON, LAVENDER),
    "scroll": (SKY, TEAL, CLAY, INDIGO),
    "person": (SAND, SKY, SAGE, SAFFRON, LAVENDER),
}
CATEGORIES = tuple(GROUNDS)

# Category → the goods of the taxonomy that it shows.
_GOODS = {
    "honey": "honey-euphorbia honey-thyme honey-orange-blossom honey-jujube honey-rosemary"
    " honey-arbutus honey-carob",
    "syrup": "date-syrup molasses-eg",
    "oil": "argan-oil-culinary olive-oil-evoo olive-oil-virgin olive-oil-tn",
    "olive": "table-olives",
    "argan": "argan-oil-cosmetic",
    "saffron": "saffron",
    "dates": "dates-majhoul dates-boufeggous dates-siwa-eg deglet-nour-tn",
    "couscous": "couscous-wheat couscous-five-grain",
    "pouf": "pouf-leather",
    "fibula": "silver-jewellery jewellery-base-metal",
    "rose": "rose-buds-dried",
    "basket": "basketry-palm",
    "tagine": "tagine-clay",
    "jug": "pottery-ornamental",
    "bowl": "pottery-tableware",
    "rug": "carpet-knotted-wool carpet-kilim carpet-boucherouite",
    "cushion": "cushion-sabra",
    "zellige": "zellige",
    "herbs": "thyme-oregano sea-moss-agar",
    "tea": "mint-dried verbena",
    "babouche": "belghas-leather",
    "soap": "soap-bar-argan",
    "almond": "almonds-shelled",
    "cactus": "prickly-pear-seed-oil",
    "box": "thuya-box",
    "jar": "capers harissa jam-fig",
    "sack": "barley-flour zmita-sellou lentils carob-powder",
    "spices": "cumin paprika ras-el-hanout zaatar-jo henna-powder ghassoul",
    "cheese": "goat-cheese",
    "fish": "sardines-canned",
    "figs": "figs-dried",
    "walnut": "walnuts-shelled",
    "flask": "rose-water orange-blossom-water",
    "hibiscus": "hibiscus-eg",
    "dropper": "nigella-oil essential-oil-rosemary",
    "cream": "black-soap kohl skin-cream shea-butter-sn",
    "bag": "bag-leather wallet-leather",
    "garment": "djellaba-men caftan",
    "blanket": "wool-blanket shawl-wool embroidered-table-linen cotton-textile-eg",
    "mat": "mat-rush",
    "lamp": "brass-lamp",
    "copper": "copperware",
    "wood": "wood-kitchenware",
    "drum": "percussion",
    "scroll": "papyrus-eg",
}
# The shop's categories, for a listing without an exact type (``catalog.categories``).
_BY_CATEGORY = {
    "oils": "oil",
    "olives": "olive",
    "nuts": "almond",
    "teas": "tea",
    "flower-waters": "rose",
    "larder": "bowl",
    "skin-oils": "argan",
    "soaps": "soap",
    "rugs": "rug",
    "home-textiles": "cushion",
    "clothing": "babouche",
    "leather": "pouf",
    "jewellery": "fibula",
    "basketry": "basket",
    "tableware": "tagine",
    "ceramics": "jug",
    "other": "cactus",
}
_OF_GOOD = {good: category for category, goods in _GOODS.items() for good in goods.split()}


def category_for(slug: str) -> str:
    """The drawing for a taxonomy slug or a category; a basket for what we do not know.

    An unknown slug falls back on a known word in it: ``honey-lavender`` is drawn as honey.
    """
    slug = slug.lower()
    if slug in GROUNDS:
        return slug
    if named := _OF_GOOD.get(slug) or _BY_CATEGORY.get(slug):
        return named
    words = slug.replace("_", "-").split("-")
    for word in (*words, *(word.removesuffix("s") for word in words)):
        if word in GROUNDS:
            return word
        for good, category in _OF_GOOD.items():
            if word and word in good.split("-"):
                return category
    return DEFAULT


def is_known(slug: str) -> bool:
    """Whether the taxonomy's slug has a drawing of its own kind of goods."""
    return slug in GROUNDS or slug in _OF_GOOD or slug in _BY_CATEGORY
