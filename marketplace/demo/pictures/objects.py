"""Of palm, wood and metal: what our drawings of listing types do not show."""

import math

from marketplace.demo.pictures.studio import Scene, mixed, stand
from marketplace.web.ui.illustrations.patterns import LOZENGES, TRIANGLES, ZIGZAG, band
from marketplace.web.ui.illustrations.shapes import (
    at,
    circle,
    ellipse,
    inside,
    line,
    path,
    rect,
    star,
)

CLAY, RED_SLIP, COBALT, CREAM = "#c8764a", "#9c3a26", "#2b4a9a", "#fbf3e2"
STRAW, DARK_STRAW, BRASS, COPPER, SILVER = "#d9b26a", "#a87c36", "#d2a03e", "#c47440", "#c3c8cf"
OLIVE_WOOD, WALNUT, THUYA = "#c49a5e", "#7a5134", "#9c5a2c"


def hat(scene: Scene) -> None:
    """A harvest hat with woollen tassels."""
    stand(scene, 200, 332, 150)
    scene.body += ellipse(200, 316, 156, 34, scene.round(STRAW)) + ellipse(
        200, 311, 140, 26, mixed(STRAW, "#ffffff", 0.12)
    )
    crown = "M122 308Q128 200 200 192Q272 200 278 308Q200 328 122 308z"
    scene.body += path(crown, scene.round(STRAW))
    scene.body += "".join(
        inside(
            crown, line(f"M110 {y}Q200 {y + 16} 290 {y}", DARK_STRAW, 1.6, 'opacity=".6"'), f"h{y}"
        )
        for y in range(196, 310, 9)
    )
    dye = scene.chance.choice(("#b24530", COBALT, "#24665f"))
    scene.body += inside(crown, band(LOZENGES, 116, 276, 170, 26, dye, "#eaa72c"), "hb")
    scene.body += "".join(
        circle(56 + i * 58, 322 - 10 * (1 - abs(i - 2.5) / 2.5), 9, dye if i % 2 else "#eaa72c")
        for i in range(6)
    )


def shade(scene: Scene, colour: str, *, pierced: bool) -> None:
    """A hanging lampshade of palm or pierced brass."""
    scene.body += line("M200 0V92", "#3a2a22", 3)
    scene.body += scene.glow(200, 226, 190)
    d = "M172 92H228Q296 130 308 258Q200 288 92 258Q104 130 172 92z"
    scene.body += path(d, scene.round(colour))
    holes = ""
    for row, y in enumerate(range(118, 262, 22)):
        count = 4 + row
        for i in range(count):
            x = 200 + (i - (count - 1) / 2) * (196 / (10 - row * 0.4))
            holes += (
                star(x, y, 8, "#fff3c4", 6, 0.5)
                if pierced
                else path(f"M{at(x - 8)} {y}l8 -9 8 9 -8 9z", "#fff0cf")
            )
    scene.body += inside(d, holes, "sh") + rect(
        170, 84, 60, 14, scene.round(mixed(colour, "#000000", 0.3)), 6
    )
    scene.body += ellipse(200, 264, 104, 16, mixed(colour, "#000000", 0.35))


def wall_light(scene: Scene) -> None:
    """Half a moon of pierced brass on the wall."""
    scene.body += scene.glow(200, 190, 210)
    d = "M76 172H324Q318 300 200 308Q82 300 76 172z"
    holes = "".join(
        star(104 + i * 27.5 + row * 13, 200 + row * 26, 9, "#fff3c4", 8, 0.5)
        for row in range(4)
        for i in range(8 - row)
    )
    scene.body += (
        scene.blurred(path(d, "#1d130a", 'opacity=".4"'), 8)
        + path(d, scene.round(BRASS))
        + inside(d, holes, "wl")
    )
    scene.body += rect(70, 160, 260, 16, scene.round(mixed(BRASS, "#000000", 0.2)), 6)


def tray(scene: Scene) -> None:
    """A round hammered tray, leaning, with a star cut into it."""
    scene.body += scene.blurred(circle(210, 206, 138, "#1d130a", 'opacity=".4"'), 9)
    scene.body += circle(200, 196, 138, scene.round(BRASS)) + circle(
        200, 196, 124, scene.round(mixed(BRASS, "#ffffff", 0.16))
    )
    scene.body += "".join(
        circle(
            200 + r * math.cos(a * math.pi / n),
            196 + r * math.sin(a * math.pi / n),
            3,
            "#8a6420",
            'opacity=".5"',
        )
        for r, n in ((112, 20), (86, 16), (60, 10))
        for a in range(2 * n)
    )
    scene.body += star(200, 196, 74, "#9a7226", 8, 0.72, 0, 'opacity=".55"') + star(
        200, 196, 40, BRASS, 8, 0.7
    )


def board(scene: Scene) -> None:
    """A board of olive wood with its grain."""
    stand(scene, 200, 344, 110)
    d = "M96 120Q96 104 116 104H284Q304 104 304 120V318Q304 344 280 344H120Q96 344 96 318z"
    scene.body += (
        path(d, scene.lit(OLIVE_WOOD))
        + rect(186, 46, 28, 66, scene.lit(OLIVE_WOOD), 13)
        + circle(200, 62, 7, "#5a3f22")
    )
    for i in range(13):
        x, bend = 104 + i * 16, scene.chance.randint(-26, 26)
        scene.body += inside(
            d,
            line(
                f"M{x} 100Q{x + bend} 220 {x + bend // 3} 348",
                WALNUT,
                scene.chance.uniform(1, 3.4),
                'opacity=".45"',
            ),
            f"bo{i}",
        )


def wooden_bowl(scene: Scene, half: float) -> None:
    """A turned bowl: walnut for salads, wide for rolling couscous."""
    stand(scene, 200, 340, half * 0.8)
    tone = WALNUT if half < 130 else OLIVE_WOOD
    d = f"M{at(200 - half)} 244H{at(200 + half)}Q{at(200 + half * 0.9)} 340 {at(200 + half * 0.4)} 340H{at(200 - half * 0.4)}Q{at(200 - half * 0.9)} 340 {at(200 - half)} 244z"
    scene.body += path(d, scene.round(tone))
    for i in range(7):
        scene.body += inside(
            d,
            line(
                f"M{at(200 - half)} {254 + i * 13}Q200 {at(262 + i * 13 + scene.chance.uniform(0, 16))} {at(200 + half)} {252 + i * 13}",
                mixed(tone, "#000000", 0.3),
                1.6,
                'opacity=".6"',
            ),
            f"wb{i}",
        )
    scene.body += ellipse(200, 244, half, 24, mixed(tone, "#ffffff", 0.14)) + ellipse(
        200, 247, half * 0.92, 19, mixed(tone, "#000000", 0.28)
    )


def draughts(scene: Scene) -> None:
    """A board of light and dark wood with its men."""
    scene.body += scene.blurred(rect(84, 94, 248, 248, "#1d130a", 4, 'opacity=".45"'), 8)
    scene.body += rect(74, 84, 252, 252, scene.lit(THUYA), 6)
    cells = "".join(
        f"M{90 + x * 27.5} {100 + y * 27.5}h27.5v27.5h-27.5z"
        for x in range(8)
        for y in range(8)
        if (x + y) % 2
    )
    scene.body += rect(90, 100, 220, 220, "#ecd6a6") + path(cells, "#7a4424")
    for x in range(8):
        for y in (0, 1, 6, 7):
            if (x + y) % 2:
                scene.body += circle(
                    104 + x * 27.5,
                    114 + y * 27.5,
                    10,
                    scene.round("#f3e2ba" if y < 3 else "#4a2614"),
                )


def goblet_drum(scene: Scene) -> None:
    """A taarija: a small painted goblet drum."""
    stand(scene, 200, 340, 70)
    d = "M132 128H268Q262 208 226 246L250 340H150L174 246Q138 208 132 128z"
    scene.body += path(d, scene.round(CLAY))
    for y, kind in ((150, TRIANGLES), (182, LOZENGES), (292, ZIGZAG)):
        colour = scene.chance.choice(("#b24530", COBALT, "#24665f", CREAM))
        scene.body += inside(d, band(kind, 130, y, 140, 24, colour, "#e0a32e"), f"gd{y}")
    scene.body += ellipse(200, 128, 68, 15, "#f3e6c8") + ellipse(200, 128, 60, 12, "#e4d2aa")


def lute(scene: Scene) -> None:
    """A guembri: a skin over a wooden body, a long neck, three strings."""
    stand(scene, 200, 342, 74)
    scene.body += rect(188, 18, 24, 180, scene.round(WALNUT), 8)
    for side in (-1, 1):
        scene.body += line(f"M200 40h{side * 30}", WALNUT, 8)
    d = "M136 178Q136 156 158 156H242Q264 156 264 178V310Q264 342 200 342T136 310z"
    scene.body += path(d, scene.round(THUYA)) + rect(150, 170, 100, 140, "#f0e0bc", 12)
    scene.body += rect(166, 284, 68, 10, WALNUT, 4)
    scene.body += "".join(line(f"M{x} 30V288", "#fff6e0", 1.6) for x in (194, 200, 206))
    scene.body += star(200, 236, 22, scene.chance.choice(("#b24530", COBALT)), 8, 0.6)
