"""To wear and carry: robes, leather, silver."""

import math

from marketplace.demo.pictures.studio import Scene, mixed, stand
from marketplace.web.ui.illustrations.patterns import LOZENGES, TRIANGLES, band
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

SILVER, DARK = "#c9ced6", "#868d98"
THREADS = ("#b24530", "#2f3d80", "#24665f", "#eaa72c")


def robe(scene: Scene, colour: str, trim: str, *, hood: bool, long_sleeves: bool = True) -> None:
    """A robe on its hanger: a djellaba with its hood, a caftan with braid and buttons."""
    scene.body += line("M200 20V44M150 66L200 44L250 66", "#6b4a33", 5)
    drop = 248 if long_sleeves else 176
    d = f"M162 58Q200 76 238 58L318 {drop - 20}L278 {drop}L254 150L276 346H124L146 150L122 {drop}L82 {drop - 20}z"
    scene.body += scene.blurred(group(path(d, "#1d130a", 'opacity=".4"'), "translate(12 10)"), 9)
    scene.body += path(d, scene.round(colour, 0.34))
    for x in (158, 178, 226, 246):
        scene.body += inside(
            d,
            line(
                f"M{x} 130Q{x + (x - 200) * 0.1:.0f} 240 {x + (x - 200) * 0.3:.0f} 348",
                "#000000",
                6,
                'opacity=".10"',
            ),
            f"ro{x}",
        )
    if hood:
        scene.body += path(
            "M160 60Q200 10 240 60Q222 104 200 112Q178 104 160 60z",
            scene.round(mixed(colour, "#000000", 0.1)),
        )
    scene.body += line("M200 78V338", trim, 9) + line("M200 78V338", mixed(trim, "#000000", 0.3), 2)
    scene.body += "".join(
        circle(200, y, 4.5, mixed(trim, "#ffffff", 0.3)) for y in range(92, 300, 15)
    )
    scene.body += inside(
        d, band(scene.chance.choice((LOZENGES, TRIANGLES)), 116, 322, 170, 18, trim, colour), "rh"
    )


def tote(scene: Scene, skin: str) -> None:
    """A tall bag with two handles."""
    stand(scene, 200, 340, 108)
    for x in (0, 10):
        scene.body += line(
            f"M{146 + x} 172C{150 + x} 56 {240 + x} 56 {244 + x} 172",
            mixed(skin, "#000000", 0.25 - x / 60),
            9,
        )
    scene.body += path("M92 160H308L294 340H106z", scene.round(skin, 0.36))
    _stitches(scene, "M102 172H298L286 330H114z")
    scene.body += star(200, 250, 34, mixed(skin, "#000000", 0.28), 8, 0.6) + star(
        200, 250, 17, skin, 8, 0.6
    )


def briefcase(scene: Scene, skin: str) -> None:
    """A case with a flap and two straps."""
    stand(scene, 200, 340, 128)
    scene.body += line("M166 142q0-30 34-30t34 30", mixed(skin, "#000000", 0.3), 11)
    scene.body += rect(70, 142, 260, 198, scene.round(skin, 0.36), 12)
    flap = "M70 154Q70 142 82 142H318Q330 142 330 154V240Q200 262 70 240z"
    scene.body += path(flap, scene.lit(mixed(skin, "#ffffff", 0.06))) + line(
        "M70 240Q200 262 330 240", "#000000", 3, 'opacity=".3"'
    )
    _stitches(scene, "M80 152H320V232Q200 252 80 232z")
    for x in (122, 262):
        scene.body += rect(x, 200, 18, 96, scene.lit(mixed(skin, "#000000", 0.2)), 4) + rect(
            x - 4, 262, 26, 18, "#d2a03e", 3
        )


def small_leather(scene: Scene, skin: str, make: int) -> None:
    """A wallet, a purse, a case for glasses."""
    stand(scene, 200, 330, 104)
    if make == 0:
        scene.body += rect(88, 196, 224, 136, scene.lit(skin), 12) + rect(
            88, 196, 112, 136, "#000000", 12, 'opacity=".10"'
        )
        _stitches(scene, "M98 206H302V322H98z")
    elif make == 1:
        d = "M100 224Q96 330 200 332Q304 330 300 224Q200 204 100 224z"
        scene.body += (
            path(d, scene.round(skin))
            + line("M100 224Q200 204 300 224", "#d2a03e", 9)
            + circle(196, 206, 9, "#d2a03e")
            + circle(208, 206, 9, "#d2a03e")
        )
        scene.body += inside(
            d, band(LOZENGES, 100, 254, 200, 36, mixed(skin, "#000000", 0.3), skin), "pu"
        )
    else:
        scene.body += rect(62, 248, 276, 84, scene.round(skin), 40)
        _stitches(scene, "M90 262H310Q330 290 310 320H90Q70 290 90 262z")
    scene.body += star(200, 290 if make == 2 else 266, 20, mixed(skin, "#000000", 0.35), 8, 0.6)


def square_pouf(scene: Scene, skin: str) -> None:
    """A cube of leather with seams and a star above."""
    stand(scene, 200, 342, 118)
    scene.body += path("M88 200L200 172L312 200L200 232z", scene.lit(mixed(skin, "#ffffff", 0.2)))
    scene.body += path("M88 200L200 232V344L96 312z", scene.lit(skin)) + path(
        "M312 200L200 232V344L304 312z", scene.lit(mixed(skin, "#000000", 0.22))
    )
    scene.body += group(
        star(0, 0, 64, "#fbf3e2", 8, 0.6) + star(0, 0, 40, skin, 8, 0.6),
        "translate(200 202)scale(1 .3)",
    )
    _stitches(scene, "M96 206L196 236V334L102 306z")


def shoes(scene: Scene, skin: str, thread: str, *, embroidered: bool) -> None:
    """A pair seen from above."""
    sole = "M0-128C46-84 52-20 48 60Q44 118 0 118Q-44 118-48 60C-52-20-46-84 0-128z"
    inner = "M-32 18Q0 2 32 18Q40 60 31 84Q24 108 0 108Q-24 108-31 84Q-40 60-32 18z"
    upper = scene.round(skin, 0.3)
    one = path(sole, upper) + path(inner, "#6b4a30") + path(inner, "#000000", 'opacity=".22"')
    one += line("M-38 14Q0-8 38 14", thread, 3)
    if embroidered:
        one += star(0, -44, 27, thread, 8, 0.62) + star(0, -44, 13, skin, 8, 0.6)
        one += "".join(
            circle(side * (10 + i * 7), -84 + i * 16, 3.4, thread)
            for i in range(4)
            for side in (-1, 1)
        )
    for x, turn in ((138, -8), (262, 8)):
        place = f"translate({x} 210)rotate({turn})"
        scene.body += scene.blurred(
            group(path(sole, "#1d130a", 'opacity=".5"'), f"translate({x + 9} 219)rotate({turn})"), 6
        )
        scene.body += group(one, place)


def bracelet(scene: Scene, *, twisted: bool) -> None:
    """A wide engraved bracelet, or one of twisted wire."""
    stand(scene, 200, 336, 96)
    scene.body += ellipse(200, 262, 112, 74, scene.round(DARK)) + ellipse(
        200, 254, 96, 58, "#4a4038", 0, 'opacity=".75"'
    )
    d = (
        "M88 262Q92 338 200 340Q308 338 312 262Q300 306 200 308Q100 306 88 262z"
        if twisted
        else "M88 250Q90 338 200 342Q310 338 312 250Q304 288 200 292Q96 288 88 250z"
    )
    scene.body += path(d, scene.round(SILVER, 0.5))
    marks = (
        "".join(line(f"M{at(92 + i * 9)} 250l8 96", DARK, 3) for i in range(26))
        if twisted
        else band(LOZENGES, 90, 300, 220, 28, DARK, scene.chance.choice(THREADS))
    )
    scene.body += inside(d, marks, "br")


def earrings(scene: Scene) -> None:
    """Two triangles with drops."""
    stone = scene.chance.choice(THREADS)
    for x in (134, 266):
        d = f"M{x} 132L{x + 52} 238Q{x} 256 {x - 52} 238z"
        hook = f'<path d="M{x} 132q-4-44 16-50q16 0 10 22" fill="none" stroke="{DARK}" stroke-width="4"/>'
        scene.body += (
            scene.blurred(group(path(d, "#1d130a", 'opacity=".4"'), "translate(8 8)"), 5)
            + hook
            + path(d, scene.round(SILVER, 0.5))
        )
        scene.body += circle(x, 206, 15, stone) + circle(x - 5, 200, 4, "#ffffff", 'opacity=".6"')
        scene.body += "".join(
            line(f"M{x + dx} 246v22", DARK, 2.5) + circle(x + dx, 276, 8, scene.round(SILVER))
            for dx in (-34, 0, 34)
        )


def necklace(scene: Scene, beads: tuple[str, ...], *, pendant: bool) -> None:
    """Beads on a string, with a silver triangle where there is one."""
    chance, made = scene.chance, ""
    for row in range(1 if pendant else 3):
        radius = 112 - row * 20
        for i in range(31):
            angle = math.pi * (0.02 + 0.96 * i / 30)
            size = 9.5 if pendant else 6.5
            made += circle(
                200 + radius * math.cos(angle),
                130 + radius * 1.18 * math.sin(angle),
                chance.uniform(size - 1.5, size),
                chance.choice(beads),
            )
    scene.body += scene.blurred(
        group(made, "translate(8 9)").replace('fill="#', 'fill="#1d130a" data-c="#'), 5
    )
    scene.body += made
    if pendant:
        scene.body += path("M200 250L246 326Q200 342 154 326z", scene.round(SILVER, 0.5)) + circle(
            200, 304, 13, chance.choice(THREADS)
        )


def _stitches(scene: Scene, d: str) -> None:
    scene.body += f'<path d="{d}" fill="none" stroke="#fff3dc" stroke-width="2" stroke-dasharray="6 6" opacity=".55"/>'
