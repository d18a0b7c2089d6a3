"""``draw``: one thing on its ground, or a village, from a category, a region and a seed."""

from collections.abc import Callable
from random import Random

from marketplace.web.ui.illustrations import care, craft, food, house, pantry, people, sweet
from marketplace.web.ui.illustrations.categories import GROUNDS, VILLAGE, category_for
from marketplace.web.ui.illustrations.scene import backdrop, choose_ground
from marketplace.web.ui.illustrations.village import village

_ROOMS = (food, pantry, sweet, care, craft, house, people)
# Fills its whole picture, so it needs no ground.
_WHOLE = "zellige"


def draw(category: str, *, seed: str = "1", region: str = "", width: int = 400) -> str:
    """An SVG picture; an unknown category is drawn as the nearest one we have.

    ``region`` (ISO 3166-2, or a country) chooses the light; ``width`` is for villages only, all
    else is square.
    """
    kind = VILLAGE if category == VILLAGE else category_for(category)
    chance = Random(f"{kind}/{region}/{seed}")  # noqa: S311 -- the same seed, the same picture
    if kind == VILLAGE:
        return _svg(village(chance, region, width), width)
    ground = choose_ground(chance, GROUNDS[kind], region)
    thing = _painter(kind)(chance, ground)
    return _svg(thing if kind == _WHOLE else backdrop(chance, ground) + thing, 400)


def _painter(kind: str) -> Callable[[Random, int], str]:
    for room in _ROOMS:
        if painter := getattr(room, kind, None):
            return painter  # type: ignore[no-any-return]
    raise LookupError(kind)


def _svg(body: str, width: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 400">{body}</svg>'
