"""The ground on which a thing stands: an arch before a wall, and a floor, in one dye."""

from random import Random

from marketplace.web.ui.illustrations.shapes import path, rect

# Wall, arch and floor. From DEEP on, the grounds are dark.
GROUNDS = (
    ("#f3e2c9", "#ead0a8", "#dcb98a"),  # sand
    ("#dde5f2", "#c4d1ea", "#a9bbdc"),  # sky
    ("#f5dcd1", "#ecc2b0", "#dda68f"),  # clay
    ("#e1eadb", "#c7d8bb", "#a9c19a"),  # sage
    ("#fae7b6", "#f4d27f", "#e5b954"),  # saffron
    ("#e6e0ee", "#d0c5e0", "#b5a6cc"),  # lavender
    ("#2f3d80", "#3f4f9b", "#25316b"),  # indigo
    ("#a5432f", "#ba5b44", "#893423"),  # madder
    ("#24665f", "#317a71", "#1b524c"),  # teal
)
SAND, SKY, CLAY, SAGE, SAFFRON, LAVENDER, INDIGO, MADDER, TEAL = range(len(GROUNDS))
DEEP = INDIGO

# The light of a place: which grounds its drawings like best.
_OF_REGION = {
    "MA-01": (SKY, SAGE),  # Tangier: sea and Rif
    "MA-02": (SAGE, SAND),
    "MA-03": (SKY, INDIGO),  # Fez blue
    "MA-04": (SKY, LAVENDER),
    "MA-05": (SAGE, SKY),  # Atlas
    "MA-06": (SKY, CLAY),
    "MA-07": (CLAY, MADDER),  # red Marrakesh
    "MA-08": (SAND, CLAY, SAFFRON),  # oases
    "MA-09": (SAFFRON, SAGE),  # saffron and argan
    "MA-10": (SAND, SAFFRON),
    "MA-11": (SAND, TEAL),
    "MA-12": (SAND, SKY),
}
_OF_COUNTRY = {"EG": (SAND, TEAL), "TN": (SKY, SAND), "JO": (CLAY, SAND), "SN": (SAFFRON, TEAL)}

_ARCHES = (
    "M88 400V196a112 112 0 0 1 224 0V400z",
    "M84 400V214C84 128 160 104 200 52C240 104 316 128 316 214V400z",
    "M100 400V262C66 226 66 128 122 92A112 112 0 0 1 278 92C334 128 334 226 300 262V400z",
    "M62 196a138 138 0 1 0 276 0a138 138 0 1 0-276 0z",
)


def choose_ground(r: Random, good: tuple[int, ...], region: str) -> int:
    """A ground that suits the goods; the region's own light when the two have one in common."""
    liked: tuple[int, ...] = _OF_REGION.get(region, ()) or _OF_COUNTRY.get(region[:2], ())
    common = [ground for ground in good if ground in liked]
    return r.choice(common or list(good))


def backdrop(r: Random, ground: int) -> str:
    """Wall, arch and floor."""
    wall, arch, floor = GROUNDS[ground]
    return (
        rect(0, 0, 400, 400, wall)
        + path(r.choice(_ARCHES), arch)
        + path("M0 322H400V400H0z", floor)
    )


def is_deep(ground: int) -> bool:
    """Whether light colours are needed on this ground."""
    return ground >= DEEP
