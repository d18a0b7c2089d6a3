"""Our own drawings of listing types, set into the light of the studio."""

from collections.abc import Callable
from random import Random

from marketplace.demo.pictures.facts import Facts
from marketplace.demo.pictures.studio import Scene, stand
from marketplace.web.ui.illustrations import craft, food, house
from marketplace.web.ui.illustrations.shapes import group, inside

Painter = Callable[[Random, int], str]
_BY_NAME: dict[str, Painter] = {
    "basket": craft.basket,
    "bag": house.bag,
    "bowl": craft.bowl,
    "box": craft.box,
    "copper": house.copper,
    "dates": food.dates,
    "drum": house.drum,
    "fibula": craft.fibula,
    "lamp": house.lamp,
    "pouf": craft.pouf,
    "scroll": house.scroll,
    "tagine": craft.tagine,
    "wood": house.wood,
    "zellige": craft.zellige,
}
# Hangs or leans: it throws no shadow on the table.
_HANGING = ("fibula", "lamp", "zellige", "bowl")
# Usual grams of what is heaped.
_USUAL = 700


def drawn(scene: Scene, facts: Facts, name: str) -> None:
    """One of our drawings, larger or smaller by what is sold."""
    chance = scene.chance
    thing = _BY_NAME[name](chance, 0)
    k = chance.uniform(0.86, 0.96)
    if facts.content:
        k *= min(1.05, max(0.8, (facts.content / _USUAL) ** 0.15))
    if name == "zellige":
        frame = "M52 40H348V336H52z"
        scene.body += scene.blurred(group(_box(frame), "translate(9 9)"), 8)
        scene.body += inside(frame, thing, "zg")
        return
    if name not in _HANGING:
        stand(scene, 200, 338, 96)
    place = f"translate(200 338)scale({k:.2f})translate(-200 -334)"
    # Ids of the drawing's own cuts must not meet those of the studio.
    scene.body += group(
        thing.replace('id="', 'id="o').replace("url(#", "url(#o").replace('href="#', 'href="#o'),
        place,
    )


def _box(outline: str) -> str:
    return f'<path d="{outline}" fill="#1d130a" opacity=".4"/>'
