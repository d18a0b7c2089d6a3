"""The 24 categories of the shop, and the category of each product type."""

from dataclasses import dataclass

from marketplace.core.csv_table import plain_name
from marketplace.core.market_usage import as_said_here


@dataclass(frozen=True)
class Category:
    """A category of the shop. ``illustration`` names its drawing."""

    slug: str
    name_ar: str
    name_fr: str
    name_en: str
    illustration: str

    def name(self, language: str) -> str:
        """The name in Arabic, French or English, as the market says it that is written to."""
        return as_said_here(self.written_name(language), language)

    def written_name(self, language: str) -> str:
        """The name as it is indexed, in every market the same; English for another language."""
        return {"ar": self.name_ar, "fr": self.name_fr}.get(language, self.name_en)


CATEGORIES = (
    Category("honey", "العسل والدبس", "Miels et sirops", "Honey and syrups", "honey"),
    Category("oils", "زيوت المائدة", "Huiles de table", "Oils for the table", "oil"),
    Category("olives", "الزيتون والكبار", "Olives et câpres", "Olives and capers", "olive"),
    Category("spices", "الزعفران والتوابل", "Safran et épices", "Saffron and spices", "saffron"),
    Category(
        "dates",
        "التمور والفواكه المجففة",
        "Dattes et fruits secs",
        "Dates and dried fruit",
        "dates",
    ),
    Category(
        "nuts",
        "اللوز والجوز والمربى",
        "Amandes, noix et confitures",
        "Nuts, spreads and jams",
        "almond",
    ),
    Category(
        "couscous", "الكسكس والحبوب", "Couscous et céréales", "Couscous and grains", "couscous"
    ),
    Category("herbs", "الأعشاب", "Herbes et plantes", "Herbs and plants", "herbs"),
    Category("teas", "الشاي والمنقوعات", "Thés et infusions", "Teas and infusions", "tea"),
    Category(
        "flower-waters",
        "الورد وماء الزهر",
        "Roses et eaux florales",
        "Roses and flower waters",
        "rose",
    ),
    Category(
        "larder", "الأجبان والمعلبات", "Fromages et conserves", "Cheese and preserves", "bowl"
    ),
    Category("skin-oils", "زيوت العناية", "Huiles de soin", "Oils for skin and hair", "argan"),
    Category("soaps", "الصابون والعناية", "Savons et soins", "Soaps and care", "soap"),
    Category("rugs", "الزرابي", "Tapis", "Rugs", "rug"),
    Category("home-textiles", "منسوجات البيت", "Linge de maison", "Home textiles", "cushion"),
    Category(
        "clothing",
        "الملابس والبلغات",
        "Vêtements et babouches",
        "Clothing and slippers",
        "babouche",
    ),
    Category("leather", "الجلد", "Maroquinerie", "Leather goods", "pouf"),
    Category("jewellery", "الحلي", "Bijoux", "Jewellery", "fibula"),
    Category("basketry", "السلال والحصير", "Vannerie", "Basketry and mats", "basket"),
    Category(
        "tableware",
        "أواني المائدة والمطبخ",
        "Vaisselle et cuisine",
        "Tableware and kitchen",
        "tagine",
    ),
    Category("ceramics", "الخزف والنحاس", "Céramique et cuivre", "Ceramics and copper", "jug"),
    Category("zellige", "الزليج واللوحات", "Zellige et décor", "Zellige and decoration", "zellige"),
    Category("wood", "الخشب والآلات", "Bois et instruments", "Wood and instruments", "box"),
    Category("other", "منتجات أخرى", "Autres produits", "Other products", "cactus"),
)
_BY_SLUG = {category.slug: category for category in CATEGORIES}

_GOODS = {
    "honey": "honey-euphorbia honey-thyme honey-orange-blossom honey-jujube honey-rosemary"
    " honey-arbutus honey-carob molasses-eg date-syrup",
    "oils": "argan-oil-culinary olive-oil-evoo olive-oil-virgin olive-oil-tn nigella-oil",
    "olives": "table-olives capers",
    "spices": "saffron cumin paprika ras-el-hanout zaatar-jo harissa",
    "dates": "dates-majhoul dates-boufeggous dates-siwa-eg deglet-nour-tn figs-dried",
    "nuts": "amlou almonds-shelled walnuts-shelled jam-fig",
    "couscous": "couscous-wheat couscous-five-grain barley-flour zmita-sellou lentils",
    "herbs": "thyme-oregano carob-powder sea-moss-agar",
    "teas": "mint-dried verbena hibiscus-eg",
    "flower-waters": "rose-water rose-buds-dried orange-blossom-water",
    "larder": "goat-cheese sardines-canned",
    "skin-oils": "argan-oil-cosmetic prickly-pear-seed-oil essential-oil-rosemary",
    "soaps": "black-soap soap-bar-argan ghassoul henna-powder kohl skin-cream shea-butter-sn",
    "rugs": "carpet-knotted-wool carpet-kilim carpet-boucherouite",
    "home-textiles": "wool-blanket embroidered-table-linen cushion-sabra cotton-textile-eg",
    "clothing": "shawl-wool djellaba-men caftan belghas-leather",
    "leather": "pouf-leather bag-leather wallet-leather",
    "jewellery": "silver-jewellery jewellery-base-metal",
    "basketry": "basketry-palm mat-rush",
    "tableware": "tagine-clay pottery-tableware wood-kitchenware",
    "ceramics": "pottery-ornamental copperware brass-lamp",
    "zellige": "zellige papyrus-eg",
    "wood": "thuya-box percussion",
}
_CATEGORY_OF = {good: category for category, goods in _GOODS.items() for good in goods.split()}


def find_category(slug: str) -> Category | None:
    """The category of a slug, or None."""
    return _BY_SLUG.get(slug)


def category_slug_of(taxonomy_slug: str) -> str:
    """The category of a product type; ``other`` for one that the taxonomy does not have."""
    return _CATEGORY_OF.get(taxonomy_slug, "other")


def category_named(text: str) -> Category | None:
    """The category that a table names by its slug, or by its name in one of the languages.

    Of a path, ``Food > Honey``, the last part counts; of several, the first that we know.
    """
    for part in (text, *text.split(",")):
        wanted = plain_name(part.rpartition(">")[2])
        for category in CATEGORIES:
            names = (category.slug, category.name_ar, category.name_fr, category.name_en)
            if wanted and wanted in {plain_name(name) for name in names}:
                return category
    return None
