"""Care: soaps, oils and creams."""

# ruff: noqa: ARG001 -- numbers are coordinates; chance is seeded

from random import Random

from marketplace.web.ui.illustrations.shapes import (
    CREAM,
    INDIGO,
    INK,
    MADDER,
    OLIVE,
    SAFFRON,
    SAGE,
    TEAL,
    WALNUT,
    leaf,
    line,
    path,
    rect,
    shade,
    shadow,
    shine,
    star,
)


def soap(r: Random, ground: int) -> str:
    cs = r.sample(["#c9b48a", "#a8b58a", "#d9b0a6", "#8c7a5a", "#e3d3ae"], 3)
    s = ""
    for i, (x, y, w) in enumerate([(102, 262, 196), (116, 196, 168), (132, 130, 136)]):
        s += (
            rect(x, y, w, 66, cs[i], 14)
            + rect(x + w / 2, y, w / 2, 66, "#000", 14, 'opacity=".08"')
            + rect(x, y + 54, w, 12, "#000", 6, 'opacity=".08"')
        )
        s += star(x + w / 2, y + 31, 20, "#000", 8, 0.7, 0, 'opacity=".18"') + star(
            x + w / 2, y + 31, 11, cs[i], 8, 0.7
        )
    return (
        shadow(112, 332)
        + s
        + leaf(296, 330, 74, 20, OLIVE, 44, "#a5b06a")
        + leaf(112, 330, 62, 17, "#8a9850", -48, "#a5b06a")
    )


def dropper(r: Random, ground: int) -> str:
    glass = r.choice(["#7a4a1e", "#8c5a24", "#2f5d56"])
    body = "M148 222q0-24 26-28h52q26 4 26 28v86q0 22-22 22h-60q-22 0-22-22z"
    drop = "M316 262C330 284 336 292 336 302a20 20 0 0 1-40 0C296 292 302 284 316 262z"
    picture = rect(178, 152, 44, 48, INK, 6) + rect(186, 96, 28, 60, INK, 12)
    picture += path(body, glass) + shade(body) + rect(160, 228, 80, 76, CREAM, 4)
    picture += leaf(200, 282, 44, 13, OLIVE, -28) + leaf(200, 282, 44, 13, SAGE, 28)
    picture += rect(182, 290, 36, 4, WALNUT, 2) + shine(154, 226, 7, 40, ".4")
    return (
        shadow(80) + picture + path(drop, SAFFRON) + leaf(110, 330, 66, 18, OLIVE, -40, "#a5b06a")
    )


def cream(r: Random, ground: int) -> str:
    lid = r.choice([MADDER, INDIGO, TEAL, WALNUT])
    pot = "M104 226H296V300Q296 330 264 330H136Q104 330 104 300z"
    swirl = "M128 214Q136 176 176 180Q186 150 212 166Q252 158 258 190Q280 196 276 214z"
    picture = path(swirl, CREAM) + line("M160 204q20-22 44-8t44-4", "#e4d3b4", 5)
    picture += path(pot, "#efe3cf") + shade(pot) + rect(96, 212, 208, 22, lid, 8)
    picture += star(200, 280, 30, lid) + star(200, 280, 15, "#efe3cf", 8, 0.7)
    return shadow(112) + picture + leaf(306, 330, 74, 20, OLIVE, 42, "#a5b06a")
