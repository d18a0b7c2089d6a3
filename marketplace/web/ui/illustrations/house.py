"""For the house and to wear: bags, garments, blankets, mats, lamps, copper, wood, drums."""

# ruff: noqa: ARG001, E501 -- numbers are coordinates; chance is seeded

from random import Random

from marketplace.web.ui.illustrations.patterns import (
    CROSSES,
    LOZENGES,
    STRIPES,
    TRIANGLES,
    ZIGZAG,
    band,
)
from marketplace.web.ui.illustrations.shapes import (
    CREAM,
    INDIGO,
    MADDER,
    SAFFRON,
    TEAL,
    WALNUT,
    circle,
    ellipse,
    group,
    inside,
    line,
    path,
    rect,
    shade,
    shadow,
    star,
)


def bag(r: Random, ground: int) -> str:
    skin = r.choice(["#a9642f", "#7c4324", "#c4853f", "#8f3426"])
    body = "M96 190H304L318 310Q320 330 298 330H102Q80 330 82 310z"
    flap = "M92 186H308L300 246Q250 282 200 282T100 246z"
    picture = line("M138 190C138 92 262 92 262 190", skin, 14) + path(body, skin) + shade(body)
    picture += path(flap, skin) + path(flap, "#000", 'opacity=".14"')
    picture += line(
        "M106 240Q150 268 200 268T294 240", "#fff", 2, 'opacity=".5" stroke-dasharray="5 7"'
    )
    picture += (
        star(200, 228, 26, CREAM, 8, 0.62)
        + star(200, 228, 13, skin, 8, 0.7)
        + rect(188, 268, 24, 26, SAFFRON, 6)
    )
    return shadow(118) + picture


def garment(r: Random, ground: int) -> str:
    cloth = r.choice([INDIGO, TEAL, MADDER, "#8a6a9c", "#e3cfa8"])
    trim = SAFFRON if cloth != "#e3cfa8" else WALNUT
    robe = "M164 84Q200 100 236 84L330 168L296 214L262 188V344H138V188L104 214L70 168z"
    picture = path(robe, cloth) + shade(robe) + line("M164 84Q200 108 236 84", trim, 8)
    picture += line("M200 96V344", trim, 10) + line("M200 96V344", cloth, 3)
    picture += "".join(circle(200, y, 5, CREAM) for y in range(120, 260, 22))
    picture += inside(robe, band(ZIGZAG, 138, 316, 124, 22, trim, trim))
    picture += line("M74 172L106 210M326 172L294 210", trim, 6)
    return shadow(84, 350) + picture


def blanket(r: Random, ground: int) -> str:
    layers = r.sample([CREAM, MADDER, INDIGO, SAFFRON, TEAL, "#d9c3a0"], 3)
    picture = ""
    for place, y in enumerate((276, 222, 168)):
        fold = f"M92 {y}H292Q312 {y} 312 {y + 26}T292 {y + 54}H92Q84 {y + 54} 84 {y + 27}T92 {y}z"
        other = layers[(place + 1) % 3]
        picture += path(fold, layers[place])
        kind = r.choice([LOZENGES, CROSSES, STRIPES])
        picture += inside(
            fold, band(kind, 84, y + 12, 228, 28, other, layers[(place + 2) % 3]), f"b{place}"
        )
        picture += shade(fold, f"s{place}") + line(
            f"M300 {y + 14}Q288 {y + 27} 300 {y + 42}", "#000", 3, 'opacity=".2"'
        )
    fringe = "".join(f"M84 {y}h-14" for y in range(284, 328, 9))
    return shadow(126) + picture + line(fringe, layers[0], 3)


def mat(r: Random, ground: int) -> str:
    straw, dark = r.choice([("#dcb774", "#b98f4a"), ("#cfae7c", "#a98550")])
    dye = r.choice([MADDER, TEAL, INDIGO])
    sheet = "M132 120H316V316H132z"
    picture = path(sheet, straw) + inside(
        sheet, "".join(band(LOZENGES, 132, y, 184, 30, dye, straw) for y in (144, 206, 268))
    )
    picture += line(
        "".join(f"M132 {y}H316" for y in range(128, 316, 10)), dark, 1.5, 'opacity=".5"'
    )
    picture += rect(92, 108, 56, 220, straw, 24) + rect(
        120, 108, 28, 220, "#000", 14, 'opacity=".12"'
    )
    rings = "".join(
        ellipse(120, 112, 24 - k * 7, 10 - k * 3, c) for k, c in enumerate([dark, straw, dark])
    )
    return shadow(126) + picture + rings + rect(90, 190, 60, 12, dye) + rect(90, 240, 60, 12, dye)


def lamp(r: Random, ground: int) -> str:
    metal, dark = r.choice([("#d9a441", "#a87722"), ("#c9853a", "#96581c")])
    body = "M200 128C262 150 276 210 262 262L200 304L138 262C124 210 138 150 200 128z"
    picture = line("M200 20V92", dark, 5) + path("M176 128Q178 92 200 88Q222 92 224 128z", metal)
    picture += circle(200, 214, 108, "#ffe9a8", 'opacity=".35"') + path(body, metal)
    holes = ""
    for y, count in ((164, 3), (200, 4), (236, 4)):
        for i in range(count):
            x = 200 + (i - (count - 1) / 2) * 30
            holes += star(x, y, 11, "#fff1bf", 6, 0.55)
    picture += inside(body, holes) + shade(body) + path("M186 300H214L200 336z", dark)
    return picture + line("M138 262L200 282L262 262", dark, 5)


def copper(r: Random, ground: int) -> str:
    metal, dark = r.choice([("#c9773a", "#9a5220"), ("#d9b25a", "#a8812c"), ("#b9bfc9", "#868e9a")])
    body = "M128 232C128 186 160 170 160 150H240C240 170 272 186 272 232C272 286 244 308 200 308S128 286 128 232z"
    picture = line("M266 186Q330 190 318 236T262 268", dark, 12)
    picture += path("M136 222Q92 214 74 160L92 152Q108 190 148 192z", dark) + path(body, metal)
    picture += inside(
        body,
        band(LOZENGES, 120, 214, 160, 34, dark, metal)
        + band(ZIGZAG, 120, 262, 160, 20, dark, dark),
    )
    picture += (
        shade(body)
        + path("M150 150Q160 112 200 108Q240 112 250 150z", metal)
        + circle(200, 98, 12, dark)
    )
    return (
        shadow(132, 338)
        + ellipse(200, 322, 136, 18, dark)
        + ellipse(200, 316, 132, 14, metal)
        + picture
    )


def wood(r: Random, ground: int) -> str:
    pale, dark = r.choice([("#c99a5e", "#a3763c"), ("#b5814a", "#8a5a2c")])
    dish = "M84 262H316Q308 330 240 332H160Q92 330 84 262z"
    picture = ""
    for x, turn, wide in ((150, -16, 22), (204, 2, 30), (254, 16, 20)):
        one = (
            rect(-6, -70, 12, 130, dark, 6)
            + ellipse(0, -92, wide, 36, pale)
            + ellipse(0, -92, wide * 0.66, 26, dark, 0, 'opacity=".35"')
        )
        picture += group(one, f"translate({x} 240)rotate({turn})")
    grain = "".join(
        line(f"M96 {y}Q200 {y + 16} 304 {y}", dark, 2, 'opacity=".5"') for y in (282, 298, 314)
    )
    return (
        shadow(112)
        + picture
        + path(dish, pale)
        + inside(dish, grain)
        + shade(dish)
        + ellipse(200, 262, 116, 14, dark)
    )


def drum(r: Random, ground: int) -> str:
    ring = r.choice([MADDER, INDIGO, TEAL])
    picture = ellipse(210, 218, 128, 122, "#000", 0, 'opacity=".16"') + circle(
        200, 206, 130, WALNUT
    )
    picture += (
        circle(200, 206, 118, "#f1e2c4")
        + f'<circle cx="200" cy="206" r="96" fill="none" stroke="{ring}" stroke-width="7"/>'
    )
    for i in range(12):
        picture += group(path("M0-84l7 10-7 10-7-10z", ring), f"translate(200 206)rotate({i * 30})")
    picture += star(200, 206, 44, ring, 8, 0.62) + star(200, 206, 22, "#f1e2c4", 8, 0.7)
    return picture + line("M120 140L280 272", "#b99a6a", 2)


def scroll(r: Random, ground: int) -> str:
    sheet = "M120 92H280V312H120z"
    ink = r.choice([INDIGO, MADDER, TEAL])
    picture = path(sheet, "#ead7a4") + line(
        "".join(f"M120 {y}H280" for y in range(100, 312, 9)), "#d3ba7c", 1.5
    )
    picture += path("M160 250Q160 190 200 160Q240 190 240 250z", ink) + circle(
        200, 148, 20, SAFFRON
    )
    picture += line("M200 170V250M176 250H224", CREAM, 4) + band(
        TRIANGLES, 132, 264, 136, 20, ink, ink
    )
    for y in (84, 312):
        picture += rect(106, y - 8, 188, 22, "#dcc388", 11) + rect(
            200, y - 8, 94, 22, "#000", 11, 'opacity=".1"'
        )
    return shadow(100, 338) + picture
