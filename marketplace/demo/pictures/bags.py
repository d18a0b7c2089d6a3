"""Paper bags and cloth sacks, and what is in them."""

from marketplace.demo.pictures.facts import Facts
from marketplace.demo.pictures.packs import FLOOR, label, rounded, scale_of
from marketplace.demo.pictures.studio import Scene, mixed, stand
from marketplace.web.ui.illustrations.shapes import at, circle, ellipse, inside, path, rect


def bag(scene: Scene, facts: Facts, colour: str, usual: int = 300) -> None:
    """A paper bag with a window, and some of its content before it."""
    chance, k = scene.chance, scale_of(facts, usual, 0.16)
    tint = chance.choice(("#c9a06a", "#e9e0cd", "#b98a56", "#3c4a3e", "#e0cfae"))
    wide, tall, x = 148 * k, 214 * k, 190.0
    top = FLOOR - tall
    stand(scene, x, FLOOR, wide / 2)
    d = f"M{at(x - wide / 2 + 6)} {at(top)}H{at(x + wide / 2 - 6)}L{at(x + wide / 2)} {at(FLOOR - 16)}Q{at(x)} {at(FLOOR + 8)} {at(x - wide / 2)} {at(FLOOR - 16)}z"
    scene.body += path(d, scene.round(tint, 0.3)) + rect(
        x - wide / 2 + 6, top, wide - 12, 20 * k, "#000000", 2, 'opacity=".14"'
    )
    window = rounded(x - wide * 0.36, FLOOR - tall * 0.34, wide * 0.72, tall * 0.24, 12)
    scene.body += path(window, colour) + inside(
        window, grains(scene, colour, x, FLOOR - tall * 0.22, wide * 0.4, tall * 0.14, 70), "wn"
    )
    label(scene, facts, x - wide * 0.41, top + 28 * k, wide * 0.82, tall * 0.48)
    _spilled(scene, colour)


def sack(scene: Scene, facts: Facts, colour: str) -> None:
    """A cloth sack, open above."""
    stand(scene, 200, FLOOR, 96)
    d = "M112 150Q100 300 116 330Q124 342 142 342H258Q276 342 284 330Q300 300 288 150z"
    cloth = scene.chance.choice(("#dcc6a0", "#e8dcc4", "#cdb386"))
    scene.body += path("M116 154Q150 96 200 92Q250 96 284 154z", colour)
    scene.body += inside(
        "M116 154Q150 96 200 92Q250 96 284 154z", grains(scene, colour, 200, 128, 84, 34, 90), "sk"
    )
    scene.body += path(d, scene.round(cloth, 0.34)) + rect(
        106, 142, 188, 22, scene.round(mixed(cloth, "#000000", 0.1)), 11
    )
    label(scene, facts, 134, 190, 132, 122)


def grains(scene: Scene, colour: str, x: float, y: float, a: float, b: float, n: int) -> str:
    """Many small pieces over a place, lighter and darker than their colour."""
    chance, made = scene.chance, ""
    for _ in range(n):
        tone = mixed(colour, chance.choice(("#ffffff", "#000000")), chance.uniform(0.08, 0.32))
        made += ellipse(
            x + chance.uniform(-a, a),
            y + chance.uniform(-b, b),
            chance.uniform(2, 4.5),
            chance.uniform(1.6, 3),
            tone,
            chance.randrange(180),
        )
    return made


def _spilled(scene: Scene, colour: str) -> None:
    heap = "M262 356Q284 322 314 320Q346 324 364 356Q314 366 262 356z"
    scene.body += scene.blurred(ellipse(318, 356, 56, 7, "#1d130a", 0, 'opacity=".4"'), 3)
    scene.body += path(heap, colour) + inside(
        heap, grains(scene, colour, 313, 342, 50, 18, 60), "sp"
    )
    scene.body += "".join(
        circle(
            scene.chance.uniform(244, 384),
            scene.chance.uniform(352, 368),
            2.2,
            mixed(colour, "#000000", 0.1),
        )
        for _ in range(9)
    )
