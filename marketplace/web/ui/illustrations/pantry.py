"""From the pantry: jars, sacks, ground spices, cheese, fish, figs, walnuts, flower waters."""

# ruff: noqa: ARG001 -- numbers are coordinates; chance is seeded

from random import Random

from marketplace.web.ui.illustrations.patterns import LOZENGES, TRIANGLES, ZIGZAG, band
from marketplace.web.ui.illustrations.shapes import (
    CREAM,
    INDIGO,
    INK,
    MADDER,
    OLIVE,
    SAFFRON,
    SAGE,
    SILVER,
    TEAL,
    WALNUT,
    circle,
    ellipse,
    group,
    inside,
    leaf,
    line,
    path,
    rect,
    shade,
    shadow,
    shine,
)


def jar(r: Random, ground: int) -> str:
    fruit, dark = r.choice([("#8c2f4a", "#6e2038"), ("#b5482a", "#8f3419"), ("#6f7d3c", "#57642c")])
    cloth = r.choice([INDIGO, MADDER, TEAL])
    glass = "M134 180H266V304Q266 330 240 330H160Q134 330 134 304z"
    picture = path(glass, fruit) + rect(134, 232, 132, 8, dark, 0, 'opacity=".5"') + shade(glass)
    picture += path("M118 180Q128 128 200 128T282 180L270 196H130z", cloth)
    picture += inside(
        "M118 180Q128 128 200 128T282 180z", band(TRIANGLES, 118, 156, 164, 22, CREAM, CREAM)
    )
    picture += line("M126 184Q200 202 274 184", SAFFRON, 6) + rect(158, 232, 84, 66, CREAM, 8)
    picture += (
        circle(188, 262, 13, fruit) + circle(212, 268, 13, dark) + rect(176, 286, 48, 4, WALNUT, 2)
    )
    return shadow(92) + picture + shine(144, 206, 8, 60, ".35")


def sack(r: Random, ground: int) -> str:
    grain, dot = r.choice([("#c98a3c", "#a86c26"), ("#e8cf9a", "#cfae6a"), ("#7a4a2a", "#5c351c")])
    band_colour = r.choice([INDIGO, MADDER, TEAL])
    cloth = "M112 214Q96 300 118 326Q124 332 140 332H260Q276 332 282 326Q304 300 288 214z"
    heap = "M122 210Q146 150 200 146Q254 150 278 210z"
    picture = path(heap, grain)
    for _ in range(34):
        picture += circle(r.randint(140, 260), r.randint(168, 206), 4, dot)
    picture += path(cloth, "#dcc29a") + inside(
        cloth, band(LOZENGES, 92, 252, 216, 40, band_colour, CREAM)
    )
    rim = ellipse(200, 212, 90, 20, "#c9ab7c") + inside(
        "M110 212a90 20 0 0 1 180 0V150H110z", path(heap, grain), "h"
    )
    picture += shade(cloth) + rim
    scoop = line("M262 208L318 150", WALNUT, 11) + ellipse(256, 210, 26, 13, "#8a5a34", -42)
    return shadow(106) + picture + scoop


def spices(r: Random, ground: int) -> str:
    colours = r.sample(["#c0392b", "#e0a021", "#8c5a2b", "#6f7d3c", "#b5652a", "#5b3a1e"], 3)
    bowl_colour = r.choice([INDIGO, TEAL, CREAM])
    mark = MADDER if bowl_colour == CREAM else CREAM
    picture = ""
    for place, (x, y, k) in enumerate([(126, 236, 0.78), (276, 236, 0.78), (200, 262, 1.0)]):
        dish = "M-84 0H84Q78 62 30 68H-30Q-78 62-84 0z"
        body = path("M-72 2Q-34-84 0-112Q34-84 72 2z", colours[place])
        body += path("M0-112Q34-84 72 2H0z", "#000", 'opacity=".12"')
        body += path(dish, bowl_colour) + inside(
            dish, band(ZIGZAG, -84, 14, 168, 24, mark, mark), f"b{place}"
        )
        body += path("M0 0H84Q78 62 30 68H0z", "#000", 'opacity=".12"')
        picture += group(body, f"translate({x} {y})scale({k})")
    return shadow(140) + picture


def cheese(r: Random, ground: int) -> str:
    rind = r.choice(["#f4e3bd", "#efd9a8", "#f7ecd2"])
    side = "M84 232V300Q84 330 200 330T316 300V232z"
    wedge = "M200 232L316 232V300Q300 322 236 328L200 300z"
    picture = path(side, rind) + shade(side) + ellipse(200, 232, 116, 40, "#fff6e4")
    picture += path("M200 232L316 232Q312 256 262 268z", "#e9cf98") + path(wedge, "#fff3d6")
    picture += line("M200 232L262 268", "#d9bb80", 3)
    picture += leaf(150, 240, 60, 12, OLIVE, -64, "#a5b06a") + leaf(
        152, 240, 54, 11, SAGE, -22, "#a5b06a"
    )
    cloth = r.choice([MADDER, INDIGO, TEAL])
    return shadow(126) + picture + inside(side, band(LOZENGES, 70, 288, 130, 22, cloth, rind))


def fish(r: Random, ground: int) -> str:
    tin = "M86 236H314V292Q314 330 276 330H124Q86 330 86 292z"
    colour = r.choice([MADDER, INDIGO, TEAL])
    picture = ""
    for x in (132, 178, 224, 270):
        body = path("M0-96C22-70 24-30 12 0H-12C-24-30-22-70 0-96z", "#a9bccb")
        body += path("M0-96C22-70 24-30 12 0H0z", "#7f95a6") + circle(-6, -66, 4, INK)
        picture += group(body, f"translate({x} 240)rotate({r.randint(-8, 8)})")
    picture += path(tin, SILVER) + inside(
        tin, rect(86, 258, 228, 44, colour) + band(LOZENGES, 86, 264, 228, 32, CREAM, SAFFRON)
    )
    return shadow(122) + picture + shade(tin) + ellipse(200, 238, 114, 12, "#e4e8ee")


def figs(r: Random, ground: int) -> str:
    one = "M0-58C14-40 46-10 42 24C38 54-38 54-42 24C-46-10-14-40 0-58z"
    skin = r.choice(["#5a3a5e", "#6b4a2e", "#4f3352"])
    picture = ""
    for x, y, turn in [(132, 288, -10), (268, 288, 12), (200, 220, 0)]:
        body = path(one, skin) + line(
            "M-16-20Q-26 10-14 40M16-20Q26 10 14 40", "#fff", 2, 'opacity=".2"'
        )
        picture += group(body + line("M0-58v-16", OLIVE, 7), f"translate({x} {y})rotate({turn})")
    cut = path(one, "#e9c9b8") + ellipse(0, 14, 28, 26, "#b8405a")
    cut += "".join(circle(r.randint(-20, 20), r.randint(-4, 32), 2.5, SAFFRON) for _ in range(18))
    return (
        shadow(126)
        + picture
        + group(cut, "translate(200 300)scale(.9)")
        + leaf(92, 240, 70, 22, OLIVE, -36, "#a5b06a")
    )


def walnut(r: Random, ground: int) -> str:
    picture = ""
    for x, y, turn in [(138, 284, -16), (262, 288, 20), (206, 226, 4)]:
        body = ellipse(0, 0, 54, 46, r.choice(["#b98a52", "#a87a44", "#c4965c"]))
        body += line("M0-46Q10 0 0 46", "#7c5628", 4)
        body += line(
            "M-40-14Q-24-2-40 16M-20-34Q-8-8-22 30M20-34Q34-8 20 32M40-14Q28 4 40 18",
            "#8c6432",
            2.5,
        )
        picture += group(body, f"translate({x} {y})rotate({turn})")
    half = ellipse(0, 0, 50, 42, "#8c6432") + ellipse(0, 0, 42, 34, "#e3c08a")
    half += line("M0-28Q6 0 0 28M-26-8Q-12 0-26 12M26-8Q12 0 26 12", "#b98a52", 5)
    return (
        shadow(126)
        + picture
        + group(half, "translate(198 306)")
        + leaf(312, 320, 76, 22, OLIVE, 44, "#a5b06a")
    )


def flask(r: Random, ground: int) -> str:
    petal, heart = r.choice([("#fff6e4", SAFFRON), ("#e894a6", "#c4516d")])
    glass = "M150 214q0-26 30-44v-62h40v62q30 18 30 44v92q0 24-24 24h-52q-24 0-24-24z"
    picture = path(glass, "#cfe0ee") + path(
        "M150 236h100v70q0 24-24 24h-52q-24 0-24-24z", "#a9c7dd"
    )
    picture += shade(glass) + rect(174, 78, 52, 34, WALNUT, 8)
    for turn in range(0, 360, 72):
        picture += group(ellipse(0, -18, 12, 18, petal), f"translate(200 266)rotate({turn})")
    picture += circle(200, 266, 9, heart) + shine(160, 216, 8, 60, ".6")
    for x, y in [(296, 306), (324, 318), (104, 314)]:
        flower = "".join(
            group(ellipse(0, -10, 7, 10, petal), f"rotate({t})") for t in range(0, 360, 72)
        )
        picture += group(flower + circle(0, 0, 5, heart), f"translate({x} {y})")
    return shadow(84) + picture


def hibiscus(r: Random, ground: int) -> str:
    petal, vein = r.choice([("#a3243f", "#7c1630"), ("#c4304e", "#8f1d38")])
    picture = line("M200 220Q196 280 206 346", "#6d8450", 8)
    picture += leaf(204, 322, 90, 30, OLIVE, 60, "#a5b06a") + leaf(
        202, 300, 84, 28, SAGE, -64, "#a5b06a"
    )
    for turn in range(0, 360, 72):
        one = path("M0 0C-52-20-58-92 0-104C58-92 52-20 0 0z", petal) + line("M0-12V-76", vein, 4)
        picture += group(one, f"translate(200 176)rotate({turn})")
    stem = line("M200 176Q226 130 240 92", SAFFRON, 6)
    dots = "".join(
        circle(240 + dx, 92 + dy, 5, SAFFRON) for dx, dy in [(0, 0), (-10, 6), (8, 8), (-4, -8)]
    )
    return picture + circle(200, 176, 16, vein) + stem + dots
