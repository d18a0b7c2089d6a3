"""The names of facets and filters."""

FACETS = (
    "categories",
    "countries",
    "regions",
    "provinces",
    "sectors",
    "marks",
    "materials",
    "cooperatives",
    "kinds",
    "ships_to",
    "ratings",
)
FILTERS = (*FACETS, "price", "in_stock")
