"""Somebody from the village, in a headscarf, a turban or a straw hat; never a likeness."""

# ruff: noqa: ARG001 -- numbers are coordinates; chance is seeded

from random import Random

from marketplace.web.ui.illustrations.patterns import LOZENGES, TRIANGLES, ZIGZAG, band
from marketplace.web.ui.illustrations.shapes import (
    INDIGO,
    INK,
    MADDER,
    OLIVE,
    SAFFRON,
    TEAL,
    WALNUT,
    circle,
    ellipse,
    inside,
    line,
    path,
    shade,
)

_SKINS = ("#c98f63", "#b57a50", "#96613d", "#dca97f", "#6f4630")
_CLOTHS = (MADDER, INDIGO, TEAL, SAFFRON, OLIVE, "#8a6a9c", "#d9c3a0")
_SHOULDERS = "M58 400C58 326 122 296 200 296S342 326 342 400z"


def person(r: Random, ground: int) -> str:
    skin = r.choice(_SKINS)
    robe, cloth, trim = r.sample(_CLOTHS, 3)
    head = r.choice([_headscarf, _turban, _straw_hat])
    hem = inside(
        _SHOULDERS, band(r.choice([LOZENGES, TRIANGLES, ZIGZAG]), 58, 366, 284, 24, trim, trim)
    )
    body = (
        path(_SHOULDERS, robe) + hem + shade(_SHOULDERS) + path("M166 250h68v48q-34 26-68 0z", skin)
    )
    return body + head(skin, cloth, trim)


def _face(skin: str) -> str:
    eyes = line("M166 196q12-9 24 0M210 196q12-9 24 0", INK, 5)
    smile = line("M178 238q22 18 44 0", INK, 5)
    cheeks = "".join(circle(x, 222, 11, MADDER, 'opacity=".22"') for x in (160, 240))
    return ellipse(200, 206, 62, 74, skin) + cheeks + eyes + smile


def _headscarf(skin: str, cloth: str, trim: str) -> str:
    behind = path(
        "M116 214C104 108 296 108 284 214C290 268 300 292 272 318"
        "Q200 344 128 318C100 292 110 268 116 214z",
        cloth,
    )
    brow = path("M138 190C138 122 262 122 262 190Q200 138 138 190z", cloth)
    edge = line("M140 184Q200 136 260 184", trim, 6)
    return behind + _face(skin) + brow + edge


def _turban(skin: str, cloth: str, trim: str) -> str:
    folds = "M126 166C112 86 288 86 274 166Q262 188 200 178T126 166z"
    lines = line(
        "M132 150Q200 96 268 150M140 168Q200 122 262 128M138 128Q200 146 262 166",
        "#000",
        4,
        'opacity=".18"',
    )
    tail = path("M262 160C300 190 296 258 276 300L250 292C272 252 270 206 248 174z", cloth)
    return tail + _face(skin) + path(folds, cloth) + lines


def _straw_hat(skin: str, cloth: str, trim: str) -> str:
    straw = "#e3c17f"
    scarf = path("M126 206C120 268 132 296 158 310H242C268 296 280 268 274 206z", cloth)
    crown = path("M142 158C142 84 258 84 258 158z", straw) + path(
        "M142 150Q200 166 258 150V162Q200 180 142 162z", trim
    )
    brim = ellipse(200, 164, 128, 24, straw) + line(
        "M84 168Q200 206 316 168", WALNUT, 3, 'opacity=".5"'
    )
    tufts = circle(96, 178, 9, trim) + circle(304, 178, 9, trim)
    return scarf + _face(skin) + brim + crown + tufts
