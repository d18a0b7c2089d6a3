"""Craft: leather, silver, wool, clay and wood."""

# ruff: noqa: ARG001, E501, PLR2004 -- numbers are coordinates; chance is seeded

import math
from random import Random

from marketplace.web.ui.illustrations.patterns import LOZENGES, TRIANGLES, ZIGZAG, band
from marketplace.web.ui.illustrations.scene import is_deep
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
    leaf,
    line,
    path,
    rect,
    shade,
    shadow,
    star,
)


def pouf(r: Random, ground: int) -> str:
    col = r.choice(["#b5713a", "#8c4a2a", "#c9924f", "#9e3c2c"])
    b = "M70 250C70 206 120 186 200 186S330 206 330 250 296 332 200 332 70 294 70 250z"
    s = path(b, col) + shade(b)
    s += "".join(
        line(
            f"M{200 + int(122 * math.cos(t))} {226 + int(30 * math.sin(t))}Q{200 + int(150 * math.cos(t))} {286 + int(20 * math.sin(t))} {200 + int(96 * math.cos(t))} {324 + int(6 * math.sin(t))}",
            "#fff",
            2,
            'opacity=".45" stroke-dasharray="5 7"',
        )
        for t in [i * math.pi / 5 + 0.3 for i in range(5)]
    )
    s += ellipse(200, 222, 124, 36, "#fff", 0, 'opacity=".14"')
    s += group(
        star(0, 0, 112, CREAM, 8, 0.6)
        + star(0, 0, 84, col, 8, 0.6)
        + star(0, 0, 52, SAFFRON, 8, 0.6)
        + circle(0, 0, 20, col),
        "translate(200 222)scale(1 .3)",
    )
    return shadow(128) + s


def fibula(r: Random, ground: int) -> str:
    m, d = ("#c9ced6", "#8d949f")
    acc = r.choice([MADDER, TEAL, INDIGO, SAFFRON])
    tri = "M200 150L286 300Q200 330 114 300z"
    s = (
        f'<circle cx="200" cy="106" r="38" fill="none" stroke="{m}" stroke-width="13"/>'
        + line("M200 60V350", d, 7)
        + circle(200, 60, 9, m)
        + path(tri, m)
        + shade(tri)
        + path("M200 184L256 284Q200 302 144 284z", d, 'opacity=".6"')
    )
    s += (
        circle(200, 258, 22, acc)
        + circle(193, 250, 6, "#fff", 'opacity=".5"')
        + "".join(circle(x, y, 6, acc) for x, y in [(200, 206), (162, 280), (238, 280)])
    )
    s += "".join(
        line(f"M{x} {y}v22", d, 3) + circle(x, y + 30, 9, m) + circle(x, y + 30, 3.5, acc)
        for x, y in [(132, 306), (166, 314), (234, 314), (268, 306)]
    )
    return s + line("M118 296Q200 326 282 296", "#fff", 3, 'stroke-dasharray="1 9"')


def basket(r: Random, ground: int) -> str:
    c1, c2 = r.choice([("#d9a95a", "#b98537"), ("#c99347", "#a06c2a")])
    ac = r.choice([MADDER, INDIGO, TEAL])
    b = "M92 196H308L286 316Q284 332 266 332H134Q116 332 114 316z"
    s = (
        line("M124 200C124 96 276 96 276 200", c2, 13)
        + line("M124 200C124 96 276 96 276 200", c1, 5, 'stroke-dasharray="8 10"')
        + path(b, c1)
    )
    w = "".join(
        f"M{x + (y // 20 % 2) * 15} {y}h15v14h-15z"
        for y in range(204, 332, 20)
        for x in range(84, 316, 30)
    )
    weave = (
        path(w, c2)
        + rect(80, 240, 240, 38, CREAM)
        + band(r.randrange(3), 86, 244, 228, 30, ac, SAFFRON)
    )
    return shadow(104) + s + inside(b, weave) + shade(b) + rect(84, 186, 232, 20, c2, 10)


def tagine(r: Random, ground: int) -> str:
    c1 = r.choice([MADDER, "#c96a3a", INDIGO, TEAL]) if not is_deep(ground) else "#e0a877"
    c2 = CREAM if c1 != "#e0a877" else MADDER
    lid = "M96 256C128 230 176 190 184 108H216C224 190 272 230 304 256z"
    base = "M76 258H324Q318 330 258 332H142Q82 330 76 258z"
    s = (
        path(lid, c1)
        + circle(200, 98, 20, c1)
        + inside(
            lid,
            band(r.choice([LOZENGES, TRIANGLES]), 88, 218, 224, 26, c2, SAFFRON)
            + band(ZIGZAG, 140, 172, 120, 24, c2, c2),
        )
        + shade(lid)
    )
    return (
        shadow(112)
        + s
        + path(base, c1)
        + shade(base, "t")
        + rect(66, 248, 268, 20, c2, 10)
        + band(ZIGZAG, 96, 282, 208, 26, c2, c2)
    )


def jug(r: Random, ground: int) -> str:
    c1 = r.choice(["#d98a5a", "#c8704a", "#e3b382", INDIGO]) if not is_deep(ground) else "#e7bb8c"
    c2 = CREAM if c1 == INDIGO else r.choice([WALNUT, INDIGO, MADDER])
    b = "M170 92H230V128C230 150 288 176 288 240S240 332 200 332 112 304 112 240 170 150 170 128z"
    return (
        shadow(84)
        + line("M232 112Q296 108 280 186", c1, 15)
        + path(b, c1)
        + inside(
            b,
            band(LOZENGES, 104, 220, 192, 44, c2, c1)
            + band(ZIGZAG, 120, 180, 160, 26, c2, c2)
            + band(r.choice([ZIGZAG, TRIANGLES]), 116, 276, 168, 24, c2, c2),
        )
        + shade(b)
        + rect(158, 80, 84, 20, c1, 10)
        + rect(158, 92, 84, 8, "#000", 4, 'opacity=".12"')
    )


def bowl(r: Random, ground: int) -> str:
    c = r.choice([INDIGO, TEAL, "#2e6aa8"])
    s = circle(200, 206, 132, CREAM) + circle(200, 206, 120, c) + circle(200, 206, 108, CREAM)
    s += "".join(
        group(
            leaf(0, -48, 50, 15, c, 0) + circle(0, -101, 3.5, SAFFRON),
            f"translate(200 206)rotate({i * 30})",
        )
        for i in range(12)
    )
    k = r.choice([6, 8])
    return (
        ellipse(208, 222, 132, 128, "#000", 0, 'opacity=".14"')
        + s
        + star(200, 206, 46, c, k, 0.66)
        + star(200, 206, 28, SAFFRON, k, 0.66)
        + star(200, 206, 13, CREAM, k, 0.7)
    )


def rug(r: Random, ground: int) -> str:
    base = r.choice([CREAM, MADDER, SAFFRON, INDIGO])
    others = [c for c in (MADDER, INDIGO, SAFFRON, WALNUT, TEAL, CREAM) if c != base]
    r.shuffle(others)
    s = rect(98, 52, 212, 290, "#000", 3, 'opacity=".16"') + rect(92, 46, 212, 290, base, 3)
    y = 56
    while y < 306:
        h = r.choice([18, 26, 36])
        h = min(h, 326 - y)
        if r.random() < 0.3:
            s += rect(92, y, 212, h, others[2])
        s += band(
            r.randrange(5),
            98,
            y + 2,
            200,
            h - 4,
            others[0] if r.random() < 0.6 else others[1],
            others[3],
        )
        y += h + 6
    return s + line(
        "".join(f"M{x} {a}v13" for x in range(96, 304, 8) for a in (32, 337)),
        CREAM if is_deep(ground) or base != CREAM else WALNUT,
        2.5,
    )


def cushion(r: Random, ground: int) -> str:
    base = r.choice([SAFFRON, MADDER, INDIGO, CREAM, TEAL])
    o = [c for c in (CREAM, MADDER, INDIGO, SAFFRON, WALNUT) if c != base]
    r.shuffle(o)
    b = "M88 108Q200 122 312 108Q298 214 312 322Q200 308 88 322Q102 214 88 108z"
    s = (
        path(b, base)
        + inside(
            b,
            band(ZIGZAG, 90, 124, 220, 26, o[1], o[2])
            + band(LOZENGES, 92, 164, 216, 96, o[0], o[1])
            + band(TRIANGLES, 90, 274, 220, 22, o[1], o[2]),
        )
        + shade(b)
    )
    return (
        shadow(116, 332)
        + s
        + "".join(
            line(f"M{x} {y}l{dx} {dy}m{dx // 3} {-dy // 2}l{-dx // 2} {dy // 2}", o[0], 6)
            for x, y, dx, dy in [
                (88, 108, -16, -16),
                (312, 108, 16, -16),
                (88, 322, -16, 16),
                (312, 322, 16, 16),
            ]
        )
    )


def zellige(r: Random, ground: int) -> str:
    c = r.choice(
        [
            (INDIGO, TEAL, SAFFRON),
            (TEAL, INDIGO, MADDER),
            (MADDER, INDIGO, SAFFRON),
            (INDIGO, MADDER, SAFFRON),
            (TEAL, SAFFRON, INDIGO),
        ]
    )
    gr = f'stroke="{CREAM}" stroke-width="2.5"'
    t = (
        star(50, 50, 50, CREAM, 8, 0.765, 0, gr)
        + star(50, 50, 44, c[0], 8, 0.765)
        + star(50, 50, 31, CREAM, 8, 0.765, math.pi / 8)
        + star(50, 50, 26, c[2], 8, 0.765, math.pi / 8)
        + star(50, 50, 15, CREAM, 8, 0.765)
        + star(50, 50, 10, c[0], 8, 0.765)
    )
    t += "".join(
        path(f"M{x} {y - 9}l9 9-9 9-9-9z", CREAM)
        for x, y in ((0, 0), (100, 0), (0, 100), (100, 100))
    )
    return (
        f'<pattern id="z" width="100" height="100" patternUnits="userSpaceOnUse">{rect(0, 0, 100, 100, c[1])}{t}</pattern>'
        + rect(0, 0, 400, 400, "url(#z)")
        + path("M0 0H400V400z", "#000", 'opacity=".05"')
    )


def babouche(r: Random, ground: int) -> str:
    c = r.choice([SAFFRON, MADDER, "#e9c46a", TEAL]) if not is_deep(ground) else SAFFRON
    o = INDIGO if c in (SAFFRON, "#e9c46a") else CREAM
    one = (
        path("M0-128C46-84 52-20 48 60Q44 118 0 118Q-44 118-48 60C-52-20-46-84 0-128z", c)
        + path("M-30 22Q0 6 30 22Q38 60 30 82Q24 104 0 104Q-24 104-30 82Q-38 60-30 22z", WALNUT)
        + path(
            "M-22 30Q0 18 22 30Q28 60 22 78Q16 94 0 94Q-16 94-22 78Q-28 60-22 30z",
            "#e8cfa6",
            'opacity=".55"',
        )
    )
    one += (
        star(0, -38, 26, o, 8, 0.68)
        + star(0, -38, 13, c, 8, 0.68)
        + "".join(circle(0, y, 4, o) for y in (-76, -92))
        + line("M-38 16Q0-6 38 16", o, 4)
    )
    return (
        group(circle(4, 8, 0, c) + f'<g id="k">{one}</g>', "translate(144 214)rotate(-9)")
        + '<use href="#k" transform="translate(256 214)rotate(9)"/>'
    )


def box(r: Random, ground: int) -> str:
    c, d = r.choice([("#a0612f", "#7c4620"), ("#8a4b2a", "#66341a")])
    s = (
        path("M74 196L200 148 326 196 200 244z", "#c98d52")
        + path("M74 196L200 244V346L74 296z", c)
        + path("M326 196L200 244V346L326 296z", d)
    )
    s += group(
        star(0, 0, 84, "#e9cf9c", 8, 0.7)
        + star(0, 0, 62, d, 8, 0.7)
        + star(0, 0, 40, SAFFRON, 8, 0.7)
        + star(0, 0, 18, CREAM, 8, 0.7),
        "translate(200 196)scale(1 .38)",
    )
    s += (
        line("M88 214L188 252V330L88 290z", "#e9cf9c", 3)
        + line("M312 214L212 252V330L312 290z", "#e9cf9c", 3, 'opacity=".7"')
        + circle(200, 258, 9, SAFFRON)
    )
    return (
        shadow(132, 338)
        + line("M92 240q30 20 84 26M96 270q30 18 80 24", "#000", 2, 'opacity=".15"')
        + s
    )
