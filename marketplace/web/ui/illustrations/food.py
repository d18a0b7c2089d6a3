"""Food: jars and bottles, branches and flowers."""

# ruff: noqa: ARG001 -- numbers are coordinates; chance is seeded

import math
from random import Random

from marketplace.web.ui.illustrations.patterns import LOZENGES, TRIANGLES, band
from marketplace.web.ui.illustrations.scene import is_deep
from marketplace.web.ui.illustrations.shapes import (
    CREAM,
    INDIGO,
    MADDER,
    OLIVE,
    SAFFRON,
    SAGE,
    TEAL,
    WALNUT,
    at,
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


# long: a drawing
def honey(r: Random, ground: int) -> str:
    b = "M140 178q0-20 20-22h80q20 2 20 22v128q0 24-24 24h-72q-24 0-24-24z"
    col, dk = r.choice([("#e9a02a", "#c97a14"), ("#c9701c", "#9c4f10"), ("#f0bd4a", "#d9962a")])
    comb = "".join(
        _hexagon(x, y, 17, f)
        for x, y, f in [
            (306, 306, SAFFRON),
            (336, 289, "#f4c451"),
            (336, 323, "#d98a1c"),
            (306, 272, "#f4c451"),
            (276, 323, "#c97a14"),
            (366, 306, SAFFRON),
        ]
    )
    s = (
        comb
        + path(b, col)
        + path("M140 214q30-16 60 0t60 0v92q0 24-24 24h-72q-24 0-24-24z", dk, 'opacity=".55"')
        + shade(b)
    )
    s += rect(146, 128, 108, 34, WALNUT if is_deep(ground) else MADDER, 8) + rect(
        150, 150, 100, 10, "#000", 0, 'opacity=".15"'
    )
    s += (
        rect(158, 212, 84, 72, CREAM, 8)
        + _hexagon(200, 240, 17, col)
        + _hexagon(200, 240, 9, CREAM)
        + rect(174, 266, 52, 5, WALNUT, 2)
        + rect(152, 176, 8, 26, "#fff", 4, 'opacity=".5"')
    )
    return shadow(90) + s


def oil(r: Random, ground: int) -> str:
    b = "M158 196q0-30 24-44v-56h36v56q24 14 24 44v112q0 22-22 22h-40q-22 0-22-22z"
    col = r.choice(["#8c8f2e", "#5f6d2c", "#c58a22"])
    s = (
        path(b, col)
        + path("M158 224h84v84q0 22-22 22h-40q-22 0-22-22z", "#000", 'opacity=".12"')
        + shade(b)
        + rect(178, 74, 44, 28, WALNUT, 6)
    )
    s += (
        rect(158, 218, 84, 78, CREAM)
        + star(200, 248, 22, r.choice([INDIGO, MADDER, TEAL]))
        + star(200, 248, 11, CREAM, 8, 0.7)
        + rect(176, 280, 48, 5, WALNUT, 2)
        + rect(167, 186, 7, 26, "#fff", 3, 'opacity=".45"')
    )
    s += (
        leaf(262, 326, 70, 16, OLIVE, 38, "#8f9c57")
        + leaf(266, 328, 64, 14, "#8a9850", 72)
        + ellipse(282, 320, 13, 17, "#4c5527", 20)
        + ellipse(130, 320, 12, 16, "#4c5527", -24)
    )
    return shadow(84) + s


def olive(r: Random, ground: int) -> str:
    st = "#5c4630" if not is_deep(ground) else "#d8c19a"
    s = line("M84 330Q190 270 236 176T330 70", st, 6)
    pts = [(112, 314), (150, 288), (184, 252), (212, 214), (238, 172), (262, 136), (292, 102)]
    for x, y in pts:
        s += leaf(
            x,
            y,
            r.randint(74, 96),
            17,
            r.choice(["#7d8b46", "#94a25c", "#66743a"]),
            r.randint(-42, -18),
            "#b6c07f",
        )
        s += leaf(
            x,
            y,
            r.randint(70, 92),
            16,
            r.choice(["#7d8b46", "#94a25c", "#5b6833"]),
            r.randint(88, 116),
            "#b6c07f",
        )
    for x, y in r.sample(
        [(176, 288), (214, 254), (142, 268), (250, 200), (196, 206), (276, 158)], 5
    ):
        f = r.choice(["#4b2f4a", "#5d6b2a", "#3d3a24"])
        s += ellipse(x, y, 17, 22, f, 24) + ellipse(x - 5, y - 8, 4, 6, "#fff", 24, 'opacity=".4"')
    return s


# long: a drawing
def argan(r: Random, ground: int) -> str:
    s = ""
    for x, y, t in [
        (150, 292, -18),
        (204, 302, 12),
        (256, 290, 34),
        (178, 254, 40),
        (230, 250, -30),
    ]:
        s += group(
            path(
                "M0-38C26-30 30 14 0 38C-30 14-26-30 0-38z",
                r.choice(["#a8703a", "#8d5a2c", "#bd8448"]),
            )
            + line("M-7-24Q-14 0-6 24M8-22Q14 0 8 22", "#6b4220", 2.5),
            f"translate({x} {y})rotate({t})",
        )
    d = "M200 70C236 122 250 148 250 172a50 50 0 0 1-100 0C150 148 164 122 200 70z"
    s += (
        path(d, "#e7a93a")
        + shade(d)
        + path(
            "M170 170q-2 24 18 34",
            "none",
            'stroke="#fff" stroke-width="7" stroke-linecap="round" opacity=".6"',
        )
    )
    return (
        shadow(120)
        + s
        + leaf(296, 306, 66, 20, OLIVE, 50, "#a5b06a")
        + leaf(108, 306, 60, 18, "#8a9850", -54, "#a5b06a")
    )


def saffron(r: Random, ground: int) -> str:
    s = ""
    for cx, cy, k in [(200, 196, 1.0), (116, 262, 0.62), (288, 256, 0.66)][: r.choice([3, 3, 2])]:
        pet = "".join(
            leaf(0, 0, 122, 42, c, t, v)
            for t, c, v in [
                (-62, "#8a6ab0", "#a88bcb"),
                (62, "#8a6ab0", "#a88bcb"),
                (-32, "#a084c4", "#bca5da"),
                (32, "#a084c4", "#bca5da"),
                (0, "#b8a0d6", "#9a7fc0"),
            ]
        )
        stg = line("M0 -6Q-26-60-34-106M0-6Q0-60 2-116M0-6Q28-58 40-100", "#d2401f", 7) + line(
            "M-4-6Q-14-50-14-78", SAFFRON, 5
        )
        s += line(
            f"M{cx} {cy}Q{cx - 6} {cy + 70} {(cx + 200) // 2} 330", "#7b9160", 7 * k + 1
        ) + group(pet + stg, f"translate({cx} {cy + 30 * k:.0f})scale({k})")
    return (
        shadow(80)
        + s
        + leaf(188, 330, 120, 8, "#6d8450", -24)
        + leaf(214, 330, 130, 8, "#7b9160", 22)
    )


def dates(r: Random, ground: int) -> str:
    s = ""
    cols = r.choice([["#6b3a1e", "#7f4722", "#57301a"], ["#a5622a", "#8c4f20", "#b87836"]])
    for j, row in enumerate([5, 4, 3, 2, 1]):
        for i in range(row):
            x = 200 + (i - (row - 1) / 2) * 42 + r.randint(-4, 4)
            y = 252 - j * 30
            t = r.randint(-40, 40)
            s += ellipse(x, y, 17, 29, cols[(i + j) % 3], t + 60) + ellipse(
                x - 6, y - 8, 3, 9, "#fff", t + 60, 'opacity=".32"'
            )
    b = "M82 254H318Q312 326 240 330H160Q88 326 82 254z"
    c1 = r.choice([INDIGO, TEAL, MADDER]) if not is_deep(ground) else CREAM
    c2 = CREAM if not is_deep(ground) else MADDER
    return (
        shadow(110)
        + s
        + path(b, c1)
        + inside(b, band(r.randrange(3), 76, 270, 248, 30, c2, c1))
        + shade(b)
    )


def couscous(r: Random, ground: int) -> str:
    s = path("M96 246Q116 134 200 128Q284 134 304 246z", "#ecc56a")
    for _ in range(46):
        a = r.random() * math.pi
        q = r.random() ** 0.5
        s += circle(
            200 + 92 * q * math.cos(a),
            242 - 100 * q * math.sin(a),
            4,
            r.choice(["#f8de96", "#d9a845", "#fbeab8"]),
        )
    s += "".join(leaf(200, 150, 34, 9, OLIVE, t) for t in (-50, 0, 50))
    b = "M74 240H326Q318 326 236 332H164Q82 326 74 240z"
    c = CREAM if is_deep(ground) else r.choice([MADDER, INDIGO])
    c2 = MADDER if c == CREAM else CREAM
    return (
        shadow(110)
        + s
        + path(b, c)
        + inside(b, band(r.choice([LOZENGES, TRIANGLES]), 70, 256, 260, 34, c2, SAFFRON))
        + shade(b)
    )


# long: a drawing
def rose(r: Random, ground: int) -> str:
    pal = r.choice(
        [("#c4516d", "#d9718a", "#e894a6", "#f4bfc9"), ("#b23a56", "#cc5b74", "#df8397", "#efb0bd")]
    )
    s = (
        line("M200 230Q196 290 208 350", "#6d8450", 8)
        + leaf(204, 320, 86, 26, OLIVE, 62, "#a5b06a")
        + leaf(202, 300, 80, 24, "#8a9850", -66, "#a5b06a")
    )
    for ring, (rad, k, sz) in enumerate([(68, 8, 46), (46, 7, 40), (26, 5, 32)]):
        for i in range(k):
            a = 2 * math.pi * i / k + ring * 0.5
            s += (
                ellipse(
                    200 + rad * math.cos(a),
                    168 + rad * math.sin(a),
                    sz,
                    sz * 0.8,
                    pal[ring],
                    math.degrees(a) + 90,
                )
                if i % 2
                else ellipse(
                    200 + rad * math.cos(a),
                    168 + rad * math.sin(a),
                    sz,
                    sz * 0.8,
                    pal[ring],
                    math.degrees(a) + 90,
                    'opacity=".86"',
                )
            )
    return s + circle(200, 168, 24, pal[3]) + line("M186 168q4-16 18-12t10 18-20 12", pal[0], 4)


def herbs(r: Random, ground: int) -> str:
    f = r.choice([["#7d8b46", "#94a25c"], ["#5f8a5a", "#7fa674"], ["#7d6fae", "#7d8b46"]])
    s = ""
    st = (
        line("M0 84V-150", "#6d7a45", 3)
        + "".join(
            leaf(0, -150 + k * 24, 28 + k * 2, 9, f[k % 2], sg * 46)
            for k in range(7)
            for sg in (-1, 1)
        )
        + leaf(0, -146, 26, 8, f[0], 0)
    )
    s += "".join(
        f'<use href="#h" transform="translate(200 244)rotate({-39 + i * 13 + r.randint(-3, 3)})"/>'
        for i in range(7)
    )
    return (
        shadow(60)
        + f'<defs><g id="h">{st}</g></defs>'
        + s
        + rect(172, 238, 56, 22, r.choice([MADDER, SAFFRON]), 8)
        + line("M186 258q-10 22-24 28M212 258q10 18 26 22", MADDER, 4)
    )


def tea(r: Random, ground: int) -> str:
    b = "M146 120H254L240 304Q238 326 216 326H184Q162 326 160 304z"
    c = r.choice([INDIGO, TEAL, MADDER])
    s = path(b, "#fff", 'opacity=".55"') + path(
        "M150 172H250L240 304Q238 326 216 326H184Q162 326 160 304z",
        r.choice(["#b98a2a", "#a06a22"]),
        'opacity=".85"',
    )
    s += inside(
        b,
        rect(140, 206, 120, 8, SAFFRON)
        + band(LOZENGES, 146, 220, 108, 46, c, SAFFRON)
        + rect(140, 272, 120, 8, SAFFRON),
    ) + rect(143, 116, 114, 8, SAFFRON, 4)
    s = (
        "".join(
            leaf(206, 170, long, 24, f, t, "#a8c48a")
            for long, f, t in [(116, "#4f7d46", -24), (124, "#659a58", 14), (96, "#4f7d46", 46)]
        )
        + s
    )
    return shadow(66) + s + rect(160, 140, 8, 150, "#fff", 4, 'opacity=".45"')


def cactus(r: Random, ground: int) -> str:
    s = (
        _pad(200, 332, 1.3, 0, "#5f8a5a")
        + _pad(166, 206, 0.95, -36, "#6f9c66")
        + _pad(238, 202, 1.0, 32, "#527a50")
        + _pear(r, 112, 116, -40)
        + _pear(r, 134, 100, -24)
        + _pear(r, 158, 104, -6)
        + _pear(r, 280, 96, 24)
        + _pear(r, 302, 112, 44)
        + _pear(r, 200, 172, 0)
        + _pear(r, 222, 176, 14)
    )
    return shadow(80) + s


def _hexagon(x: float, y: float, side: float, fill: str) -> str:
    tall = side * 0.866
    steps = f"l{at(-side / 2)} {at(tall)}h{at(-side)}l{at(-side / 2)} {at(-tall)}"
    return path(f"M{at(x + side)} {at(y)}{steps} {at(side / 2)} {at(-tall)}h{at(side)}z", fill)


def _pad(x: float, y: float, scale: float, turn: float, fill: str) -> str:
    spines = [(-20, -80), (14, -90), (0, -56), (-18, -40), (22, -50), (4, -24)]
    body = ellipse(0, -60, 46, 62, fill)
    body += "".join(line(f"M{a} {b}l0-6", CREAM, 3) for a, b in spines)
    return group(body, f"translate({at(x)} {at(y)})rotate({at(turn)})scale({at(scale)})")


def _pear(r: Random, x: float, y: float, turn: float) -> str:
    body = ellipse(0, -14, 13, 18, r.choice(["#c8385a", "#e0722e", "#b02c50"]))
    body += line("M-6-30h12", SAGE, 4)
    return group(body, f"translate({at(x)} {at(y)})rotate({at(turn)})")
