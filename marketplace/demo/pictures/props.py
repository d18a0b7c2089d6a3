"""What something is made of, laid beside it: comb, blossoms, nuts, fruit, sprigs."""

from collections.abc import Callable

from marketplace.demo.pictures.studio import Scene, mixed
from marketplace.web.ui.illustrations.shapes import at, circle, ellipse, group, leaf, line, path

Prop = Callable[[Scene, str, str], str]
GREENS = ("#6f8a4a", "#5d7a42", "#7d9a56")


def beside(scene: Scene, prop: Prop, main: str, other: str) -> None:
    """At one side of what is sold or at both, small enough not to hide it."""
    places = scene.chance.choice(((112, 350), (292, 350), (298, 354)))
    scene.body += scene.blurred(
        ellipse(places[0] + 6, places[1] + 4, 46, 7, "#1d130a", 0, _SOFT), 4
    )
    scene.body += group(prop(scene, main, other), f"translate({places[0]} {places[1]})")


_SOFT = 'opacity=".42"'


def comb(scene: Scene, main: str, other: str) -> str:
    """A broken piece of honeycomb, and a blossom where the bees were."""
    made = ""
    for row, count in enumerate((3, 4, 3)):
        for i in range(count):
            x, y = (i - (count - 1) / 2) * 22, -14 - row * 18
            cell = "M0-12l10.4 6v12l-10.4 6-10.4-6v-12z"
            tone = scene.chance.choice(
                (main, mixed(main, "#ffffff", 0.25), mixed(main, "#000000", 0.15))
            )
            made += group(
                path(cell, tone) + path(cell, "none", 'stroke="#e0b25a" stroke-width="2.6"'),
                f"translate({at(x)} {at(y)})",
            )
    return made + group(blossom(scene, other, "#e0a32e"), "translate(-40 -4)scale(.72)")


def blossom(scene: Scene, main: str, other: str) -> str:
    """Two open flowers with leaves."""
    made = leaf(0, 0, 44, 14, GREENS[0], -70) + leaf(0, 0, 44, 14, GREENS[2], 74)
    for x, y, k in ((-14, -14, 1.0), (22, -22, 0.8)):
        petals = "".join(
            group(
                ellipse(0, -13, 9, 13, mixed(main, "#000000", 0.06 * (i % 2))),
                f"rotate({i * 72 + scene.chance.randrange(40)})",
            )
            for i in range(5)
        )
        made += group(petals + circle(0, 0, 6, other), f"translate({x} {y})scale({k})")
    return made


def nuts(scene: Scene, main: str, other: str) -> str:
    """Almonds, argan kernels, walnuts."""
    made = leaf(20, 0, 46, 13, GREENS[1], 62)
    for x, y, turn in ((-36, -10, 70), (-8, -8, 96), (20, -12, -60), (-20, -26, 20), (8, -28, -20)):
        body = path("M0-20C15-12 16 11 0 20C-16 11-15-12 0-20z", scene.chance.choice((main, other)))
        body += line("M-4-10Q-7 1-3 11M5-9Q8 1 5 10", mixed(main, "#000000", 0.35), 1.4)
        made += group(body, f"translate({x} {y})rotate({turn + scene.chance.randint(-12, 12)})")
    return made


def fruit(scene: Scene, main: str, other: str) -> str:
    """Olives, dates, capers, figs: round, shining, with leaves."""
    made = leaf(-10, -8, 58, 11, GREENS[0], -64) + leaf(8, -8, 60, 11, GREENS[2], 58)
    for x, y in ((-34, -10), (-8, -8), (20, -11), (-20, -28), (7, -29)):
        tone = scene.chance.choice((main, other))
        turn = scene.chance.randint(0, 90)
        made += ellipse(x, y, 14, 17, tone, turn) + ellipse(
            x - 4, y - 6, 3, 5, "#ffffff", turn, 'opacity=".45"'
        )
    return made


def sprig(scene: Scene, main: str, other: str) -> str:
    """Twigs of an herb, tied."""
    made = ""
    for turn in (-72, -60, -48, -36):
        twig = line("M0 0V-92", mixed(main, "#000000", 0.3), 2.2)
        twig += "".join(
            leaf(0, -20 - k * 11, 18, 5, scene.chance.choice((main, other)), side * 44)
            for k in range(7)
            for side in (-1, 1)
        )
        made += group(twig, f"translate(44 -4)rotate({turn + scene.chance.randint(-4, 4)})")
    return made + line("M26 -8l10 -12", "#b5713a", 4)


def pods(_scene: Scene, main: str, other: str) -> str:
    """Carob pods, chillies: long and bent."""
    made = ""
    for y, turn, tone in ((-8, 4, main), (-20, -10, other), (-14, 22, main)):
        made += group(
            path("M-48 0Q0-22 48-6Q52 2 44 4Q0-6-44 8Q-52 6-48 0z", tone)
            + line("M-44 2Q0-14 42-2", "#ffffff", 1.6, 'opacity=".3"'),
            f"translate(0 {y})rotate({turn})",
        )
    return made


OF_KIND: dict[str, tuple[Prop, str, str]] = {
    "honey-euphorbia": (comb, "#d9942a", "#c9b53a"),
    "honey-thyme": (comb, "#c9821e", "#b58ac9"),
    "honey-orange-blossom": (comb, "#f0c14b", "#fffdf4"),
    "honey-jujube": (comb, "#a8621e", "#d9d48a"),
    "honey-rosemary": (comb, "#f0d48a", "#8aa0d9"),
    "honey-arbutus": (comb, "#8f5a24", "#f3dcd4"),
    "honey-carob": (comb, "#7a4a1e", "#b5483a"),
    "amlou": (nuts, "#b9783c", "#c98a4c"),
    "capers": (fruit, "#6f7d3c", "#8a9850"),
    "harissa": (pods, "#c0301c", "#9c1f12"),
    "jam-fig": (fruit, "#5a2f52", "#6e3d5e"),
    "table-olives": (fruit, "#7f8a3a", "#4d3a4a"),
    "molasses-eg": (pods, "#8f9c4a", "#a8b05a"),
    "argan-oil-culinary": (nuts, "#a8703a", "#bd8448"),
    "argan-oil-cosmetic": (nuts, "#c9a06a", "#bd8448"),
    "olive-oil-evoo": (fruit, "#5d6b2a", "#7f8a3a"),
    "olive-oil-virgin": (fruit, "#4b3a4a", "#5d6b2a"),
    "olive-oil-tn": (fruit, "#6f7d2c", "#8a9a3c"),
    "nigella-oil": (sprig, "#7d8a6a", "#9aa6c9"),
    "date-syrup": (fruit, "#6b3a1e", "#8a5028"),
    "rose-water": (blossom, "#d9718a", "#f0c14b"),
    "orange-blossom-water": (blossom, "#fffaf0", "#e0a32e"),
    "saffron": (blossom, "#9a7ac4", "#d2401f"),
    "skin-cream": (blossom, "#e8a0b0", "#f0c14b"),
    "black-soap": (fruit, "#3d3a24", "#5d6b2a"),
    "goat-cheese": (sprig, "#7d8b5a", "#94a26c"),
    "prickly-pear-seed-oil": (fruit, "#c8385a", "#e0722e"),
    "essential-oil-rosemary": (sprig, "#5f7d56", "#7d8fb5"),
    "shea-butter-sn": (nuts, "#6b4426", "#7d5432"),
}


def lay_out(scene: Scene, kind: str) -> None:
    """The ingredient of a listing type, where it has one to show."""
    if kind in OF_KIND:
        beside(scene, *OF_KIND[kind])
