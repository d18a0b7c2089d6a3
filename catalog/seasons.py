"""Seasons of listing types: months entered by hand, from Morocco's farming calendar."""

_MONTHS = {
    "saffron": (10, 11, 12),
    "olive-oil-evoo": (11, 12, 1, 2),
    "olive-oil-virgin": (11, 12, 1, 2),
    "olive-oil-tn": (11, 12, 1, 2),
    "table-olives": (10, 11, 12, 1),
    "dates-majhoul": (9, 10, 11, 12),
    "dates-boufeggous": (9, 10, 11, 12),
    "dates-siwa-eg": (9, 10, 11, 12),
    "deglet-nour-tn": (10, 11, 12),
    "walnuts-shelled": (9, 10, 11),
    "almonds-shelled": (7, 8, 9),
    "figs-dried": (8, 9, 10),
    "rose-water": (4, 5, 6),
    "rose-buds-dried": (4, 5, 6),
    "orange-blossom-water": (3, 4, 5),
    "honey-orange-blossom": (4, 5, 6),
    "honey-thyme": (6, 7, 8),
    "honey-euphorbia": (8, 9, 10),
    "honey-arbutus": (11, 12, 1),
    "argan-oil-culinary": (7, 8, 9),
    "prickly-pear-seed-oil": (7, 8, 9),
    "mint-dried": (5, 6, 7),
    "wool-blanket": (11, 12, 1, 2),
    "djellaba-men": (11, 12, 1, 2),
    "shawl-wool": (11, 12, 1, 2),
    "couscous-wheat": (3, 4, 9),
    "cumin": (5, 6, 7),
    "capers": (5, 6, 7),
    "basketry-palm": (5, 6, 7),
}


def types_in_season(month: int) -> list[str]:
    """Taxonomy slugs in season in a month (1 is January)."""
    return [slug for slug, months in _MONTHS.items() if month in months]
