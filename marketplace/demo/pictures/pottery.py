"""Of clay: bowls, plates, covered dishes, vases and jars."""

from marketplace.demo.pictures.studio import Scene, mixed, stand
from marketplace.web.ui.illustrations.patterns import LOZENGES, TRIANGLES, ZIGZAG, band
from marketplace.web.ui.illustrations.shapes import (
    at,
    circle,
    ellipse,
    group,
    inside,
    line,
    path,
    rect,
    star,
)

CLAY, RED_SLIP, COBALT, CREAM = "#c8764a", "#9c3a26", "#2b4a9a", "#fbf3e2"


def bowls(scene: Scene) -> None:
    """Six bowls in two stacks."""
    for x, count in ((136, 3), (268, 3)):
        stand(scene, x, 340, 62)
        for place in range(count):
            y = 340 - 38 - place * 42
            d = f"M{x - 66} {y - 16}H{x + 66}Q{x + 58} {y + 34} {x + 24} {y + 38}H{x - 24}Q{x - 58} {y + 34} {x - 66} {y - 16}z"
            scene.body += path(d, scene.round(CREAM, 0.3))
            scene.body += inside(
                d,
                band(
                    scene.chance.choice((LOZENGES, TRIANGLES, ZIGZAG)),
                    x - 70,
                    y - 8,
                    140,
                    22,
                    COBALT,
                    COBALT,
                ),
                f"w{x}{place}",
            )
            scene.body += ellipse(x, y - 16, 66, 12, mixed(COBALT, "#ffffff", 0.1)) + ellipse(
                x, y - 16, 58, 9, "#e6e2d8"
            )


def plates(scene: Scene) -> None:
    """Four plates: one leaning before the wall, the others lying."""
    colour = scene.chance.choice((COBALT, "#2f7a6a", "#b5652a"))
    for place in range(3):
        y = 344 - place * 12
        scene.body += ellipse(140, y, 112, 17, mixed(colour, "#000000", 0.25)) + ellipse(
            140, y - 4, 112, 16, CREAM
        )
    scene.body += scene.blurred(ellipse(262, 214, 112, 112, "#1d130a", 0, 'opacity=".35"'), 8)
    petals = scene.chance.choice((8, 10, 12))
    scene.body += (
        circle(248, 202, 112, CREAM) + circle(248, 202, 104, colour) + circle(248, 202, 96, CREAM)
    )
    scene.body += "".join(
        group(
            ellipse(0, -70, 12, 22, colour) + circle(0, -40, 5, "#e0a32e"),
            f"translate(248 202)rotate({i * 360 / petals:.1f})",
        )
        for i in range(petals)
    )
    scene.body += star(248, 202, 30, colour, 8, 0.6) + circle(248, 202, 9, "#e0a32e")


# long: a drawing
def covered(scene: Scene, colour: str, wide: float, tall: float, *, woven: bool) -> None:
    """A dish with a domed cover: a butter dish, a bread basket."""
    stand(scene, 200, 340, wide)
    dark = mixed(colour, "#000000", 0.3)
    dome = f"M{at(200 - wide)} 296Q{at(200 - wide * 0.8)} {at(296 - tall)} 200 {at(290 - tall)}Q{at(200 + wide * 0.8)} {at(296 - tall)} {at(200 + wide)} 296z"
    base = f"M{at(200 - wide * 1.06)} 296H{at(200 + wide * 1.06)}Q{at(200 + wide)} 340 {at(200 + wide * 0.7)} 340H{at(200 - wide * 0.7)}Q{at(200 - wide)} 340 {at(200 - wide * 1.06)} 296z"
    accent = scene.chance.choice(("#b24530", COBALT, "#24665f"))
    for place, outline in enumerate((dome, base)):
        scene.body += path(outline, scene.round(colour))
        rows = (
            "".join(
                inside(
                    outline,
                    band(ZIGZAG, 200 - wide * 1.1, y, wide * 2.2, 9, dark, dark),
                    f"v{place}{y}",
                )
                for y in range(int(286 - tall), 340, 12)
            )
            if woven
            else ""
        )
        scene.body += rows + inside(
            outline,
            band(
                scene.chance.choice((LOZENGES, TRIANGLES)),
                200 - wide * 1.1,
                268 if place == 0 else 304,
                wide * 2.2,
                20,
                accent,
                colour,
            ),
            f"u{place}",
        )
    scene.body += circle(200, 284 - tall, 13, scene.round(colour)) + rect(
        200 - wide * 1.06, 290, wide * 2.12, 9, dark, 4
    )


def vessel(
    scene: Scene, colour: str, half: float, tall: float, neck: float, *, painted: bool = True
) -> None:
    """A vase, a jar, a tanjia: turned on a wheel, with painted bands."""
    stand(scene, 200, 340, half * 0.7)
    top = 340 - tall
    d = (
        f"M{at(200 - neck)} {at(top)}H{at(200 + neck)}L{at(200 + neck * 0.8)} {at(top + tall * 0.16)}"
        f"Q{at(200 + half)} {at(top + tall * 0.3)} {at(200 + half)} {at(top + tall * 0.5)}Q{at(200 + half)} {at(top + tall * 0.85)} {at(200 + half * 0.5)} 340"
        f"H{at(200 - half * 0.5)}Q{at(200 - half)} {at(top + tall * 0.85)} {at(200 - half)} {at(top + tall * 0.5)}Q{at(200 - half)} {at(top + tall * 0.3)} {at(200 - neck * 0.8)} {at(top + tall * 0.16)}z"
    )
    scene.body += path(d, scene.round(colour))
    if painted:
        ink = scene.chance.choice(("#3a2a22", CREAM, "#7a2f22"))
        for share, kind in ((0.3, ZIGZAG), (0.42, LOZENGES), (0.62, TRIANGLES)):
            scene.body += inside(
                d,
                band(kind, 200 - half, top + tall * share, half * 2, tall * 0.1, ink, colour),
                f"v{at(share * 100)}",
            )
    scene.body += rect(
        200 - neck - 5, top - 6, 2 * neck + 10, 12, scene.round(colour), 6
    ) + ellipse(200, top - 5, neck, 4, "#000000", 0, 'opacity=".35"')


def handles(scene: Scene, tall: float) -> None:
    """Two ears at the neck of a tanjia."""
    y = 340 - tall + 20
    for side in (-1, 1):
        scene.body += line(
            f"M{200 + side * 34} {at(y)}q{side * 44} 4 {side * 34} 62",
            mixed(CLAY, "#000000", 0.25),
            11,
        )


def candle_holder(scene: Scene) -> None:
    """A pierced dome with a light in it."""
    stand(scene, 200, 340, 88)
    scene.body += scene.glow(200, 250, 180)
    d = "M108 340Q96 226 200 176Q304 226 292 340z"
    scene.body += path(d, scene.round(CLAY))
    scene.body += inside(
        d,
        "".join(
            star(128 + i * 24 + (row % 2) * 12, 220 + row * 24, 8, "#ffeeb0", 4, 0.5)
            for row in range(5)
            for i in range(7)
        ),
        "ch",
    )


def tanjia(scene: Scene) -> None:
    """The clay jar of a long slow dish, with two ears."""
    handles(scene, 262)
    vessel(scene, CLAY, 82, 262, 34, painted=False)
