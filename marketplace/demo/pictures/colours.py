"""Colours by listing type, one for each variety where they differ."""

from marketplace.demo.pictures.textiles import (
    BLACK,
    BROWN,
    GREEN,
    HENNA,
    INDIGO,
    MADDER,
    ROSE,
    SAFFRON,
    SKY,
    WALNUT,
    WOOL,
)

# Of the content, or of its glass.
JARS = {
    "honey-euphorbia": ("#b5701a", "#c98a1e", "#9c5a12"),
    "honey-thyme": ("#a8581a", "#c07a26", "#d9a54a"),
    "honey-orange-blossom": ("#efc04a", "#f3d27a"),
    "honey-jujube": ("#7a3d12", "#5f2d0e"),
    "honey-rosemary": ("#f0d488", "#f4ead0"),
    "honey-arbutus": ("#6b3612", "#4f260c"),
    "honey-carob": ("#43210c", "#6a3514"),
    "amlou": ("#a5713a", "#8f5d2c", "#b98a52"),
    "capers": ("#66743a", "#7b8450"),
    "harissa": ("#b02a16", "#7d2112", "#c9471f"),
    "jam-fig": ("#5c2340", "#8c3b2a", "#d08a2a"),
    "table-olives": ("#7f8a3a", "#2b2430", "#5d3a55"),
    "saffron": ("#9c1c12", "#8a140e", "#a8261a"),
    "molasses-eg": ("#2a130c", "#4a2a18"),
}
BOTTLES = {
    "argan-oil-culinary": ("#c98f26", "#d9a53a", "#b87a1c"),
    "olive-oil-evoo": ("#46531f", "#2f3d1a", "#8a8a3a"),
    "olive-oil-virgin": ("#6f7428", "#8a7a24"),
    "olive-oil-tn": ("#5a6a22", "#a39a34", "#cbbb4a"),
    "nigella-oil": ("#3a2a16", "#4d3417"),
    "date-syrup": ("#3d1c10", "#52280f", "#2f150c"),
    "rose-water": ("#e3a9b5", "#d9c4cf", "#b9cfe0"),
    "orange-blossom-water": ("#3f6fa8", "#c9d9e6"),
}
DROPPERS = {
    "argan-oil-cosmetic": ("#8a5a1c", "#6d4416", "#a8641f"),
    "prickly-pear-seed-oil": ("#2f5d4a", "#3a3a6a"),
    "essential-oil-rosemary": ("#5a3413", "#34502c", "#7a4a1a"),
}
POTS = {
    "skin-cream": ("#f3d3cf", "#f2e6cf", "#e9c9a0"),
    "shea-butter-sn": ("#f1e4bd", "#f4e9a8", "#e9d7b0"),
    "black-soap": ("#3a2c16", "#4d2430", "#2c2312"),
    "kohl": ("#1f1f22", "#2b2b30"),
    "goat-cheese": ("#fbf6ea", "#eef0dc", "#efdcae"),
}
BAGS = {
    "couscous-wheat": ("#e8cf8a", "#f1dfae", "#c9a05a"),
    "couscous-five-grain": ("#cfa868", "#d9c08a"),
    "barley-flour": ("#d9bf92", "#b9925a", "#e0cca4"),
    "zmita-sellou": ("#a87642", "#b98a58", "#8f6234"),
    "lentils": ("#6f7a3c", "#e0bd7a", "#d9c48a"),
    "carob-powder": ("#5f3a20", "#4a2c18", "#6e4426"),
    "almonds-shelled": ("#b9783c", "#e9d2a8", "#a86a32"),
    "walnuts-shelled": ("#c49a62", "#a87a44"),
    "figs-dried": ("#8a6a3c", "#6b4a2e", "#4f3352"),
    "dates-boufeggous": ("#6b3a1e", "#57301a", "#4a2412"),
    "henna-powder": ("#7d8b3a", "#8a7a34", "#6a7430"),
    "ghassoul": ("#8c7260", "#a08a72"),
    "mint-dried": ("#5f7d46", "#7a8a5a", "#4f7350"),
    "verbena": ("#7d9a52", "#93a85a", "#6f8a4a"),
    "thyme-oregano": ("#6f7f4a", "#808a4a", "#5f7048"),
    "hibiscus-eg": ("#8c1a34", "#a3243f", "#6e1228"),
    "rose-buds-dried": ("#c4516d", "#d9718a", "#b23a56"),
    "sea-moss-agar": ("#5a2c3a", "#e6dcc8", "#7a8a72"),
    "cumin": ("#a07a3c", "#8c642c", "#d9c9a8"),
    "paprika": ("#b83220", "#96200f", "#8c1f18"),
    "ras-el-hanout": ("#a0662c", "#b98a2c", "#8a7a34"),
    "zaatar-jo": ("#76823c", "#5f6a2c", "#7d1f2c"),
}
CLOTHS = {
    "wool-blanket": ((WOOL, "#cfc6b4", "#b9b2a4"), (WOOL, BROWN, HENNA), (WALNUT, WOOL, HENNA)),
    "shawl-wool": ((INDIGO, WOOL, SKY), ("#c98a2e", WOOL, MADDER), ("#7a6a8a", WOOL, ROSE)),
    "embroidered-table-linen": (
        ("#f7f3ea", "#2f4f9a", "#2f4f9a"),
        ("#f7f3ea", MADDER, GREEN),
        ("#efe6d2", "#9c2f3f", SAFFRON),
    ),
    "cotton-textile-eg": (
        ("#eef1f3", SKY, "#b9c6d2"),
        ("#f4efe4", GREEN, HENNA),
        ("#d9c7a2", MADDER, INDIGO),
    ),
}
CUSHIONS = (
    ("#c98a2e", "#e9c06a", WOOL),
    (MADDER, INDIGO, SAFFRON, WOOL),
    (WOOL, BLACK, MADDER),
)
SOAPS = ("#c9b48a", "#d9a84a", "#a89a86")
TINS = ("#b24530", "#2f3d80", "#24665f")
SKINS = ("#b5713a", "#8c4a2a", "#7a3424", "#c9924f")
