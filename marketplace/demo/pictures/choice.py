"""Which picture each listing type has: its vessel and colour, its dyes, its object or drawing."""

from collections.abc import Callable

from marketplace.demo.pictures import (
    bags,
    colours,
    objects,
    packs,
    pottery,
    small_packs,
    textiles,
    wear,
)
from marketplace.demo.pictures.crafts import drawn
from marketplace.demo.pictures.facts import Facts
from marketplace.demo.pictures.props import lay_out
from marketplace.demo.pictures.studio import Scene

Painter = Callable[[Scene, Facts], None]
# Grams from which something is sold in a sack, millilitres from which oil is sold in a can.
HEAVY, LARGE_OIL = 2000, 3000


def paint(scene: Scene, facts: Facts) -> None:
    """What is sold, onto the table."""
    for family, painter in _FAMILIES:
        if facts.kind in family:
            painter(scene, facts)
            return
    makes = _OBJECTS.get(facts.kind) or _DRAWINGS[facts.kind]
    makes[facts.make % len(makes)](scene, facts)


def _of(table: dict[str, tuple[str, ...]], facts: Facts) -> str:
    found = table[facts.kind]
    return found[facts.make % len(found)]


def _jar(scene: Scene, facts: Facts) -> None:
    with scene.larger(1.3):
        usual = 8 if facts.kind == "saffron" else 400
        packs.jar(scene, facts, _of(colours.JARS, facts), usual)
        lay_out(scene, facts.kind)


def _bottle(scene: Scene, facts: Facts) -> None:
    with scene.larger(1.18):
        if facts.content >= LARGE_OIL:
            packs.canister(scene, facts, "#b9a44a")
        else:
            packs.bottle(scene, facts, _of(colours.BOTTLES, facts))
        lay_out(scene, facts.kind)


def _dropper(scene: Scene, facts: Facts) -> None:
    with scene.larger(1.24):
        packs.dropper(scene, facts, _of(colours.DROPPERS, facts))
        lay_out(scene, facts.kind)


def _pot(scene: Scene, facts: Facts) -> None:
    with scene.larger(1.18):
        lay_out(scene, facts.kind)
        packs.pot(scene, facts, _of(colours.POTS, facts), 60 if facts.content < 100 else 250)


def _bag(scene: Scene, facts: Facts) -> None:
    with scene.larger(1.12):
        colour = _of(colours.BAGS, facts)
        if facts.content >= HEAVY:
            bags.sack(scene, facts, colour)
        else:
            bags.bag(scene, facts, colour)


_FAMILIES: tuple[tuple[dict[str, tuple[str, ...]], Painter], ...] = (
    (colours.BOTTLES, _bottle),
    (colours.JARS, _jar),
    (colours.DROPPERS, _dropper),
    (colours.POTS, _pot),
    (colours.BAGS, _bag),
)


def _drawing(name: str, *, carded: bool = False) -> Painter:
    def painted(scene: Scene, facts: Facts) -> None:
        drawn(scene, facts, name)
        if carded:
            small_packs.card(scene, facts)

    return painted


def _thing(draw: Callable[..., None], *given: object, **named: object) -> Painter:
    def painted(scene: Scene, _facts: Facts) -> None:
        draw(scene, *given, **named)

    return painted


def _rug(makes: tuple[textiles.Dyes, ...]) -> Painter:
    return lambda scene, facts: textiles.rug(scene, facts, makes)


def _cloth(scene: Scene, facts: Facts) -> None:
    with scene.larger(1.12):
        textiles.folded(scene, facts, colours.CLOTHS[facts.kind])


def _soap(scene: Scene, facts: Facts) -> None:
    with scene.larger(1.2):
        small_packs.bars(scene, facts, colours.SOAPS)


_SKINS = colours.SKINS
_TREASURES = ("#2f7a6a", "#b24530", "#e0a32e", "#2f3d80")
_OBJECTS: dict[str, tuple[Painter, ...]] = {
    "carpet-knotted-wool": (_rug(textiles.KNOTTED),),
    "carpet-kilim": (_rug(textiles.FLAT),),
    "carpet-boucherouite": (_rug(textiles.SCRAPS),),
    "mat-rush": (_rug(textiles.MATS),),
    **dict.fromkeys(colours.CLOTHS, (_cloth,)),
    "cushion-sabra": (lambda scene, facts: textiles.cushion(scene, facts, colours.CUSHIONS),),
    "soap-bar-argan": (_soap,),
    "sardines-canned": (lambda scene, facts: small_packs.tins(scene, facts, _of({facts.kind: colours.TINS}, facts)),),
    "basketry-palm": (
        _drawing("basket"),
        _thing(pottery.covered, objects.STRAW, 112.0, 82.0, woven=True),
        _thing(objects.shade, objects.STRAW, pierced=False),
        _thing(objects.hat),
    ),
    "pottery-tableware": (
        _thing(pottery.bowls),
        _drawing("bowl"),
        _thing(pottery.plates),
        _thing(pottery.covered, "#e9e3d6", 98.0, 66.0, woven=False),
    ),
    "pottery-ornamental": (
        _thing(pottery.vessel, pottery.CLAY, 84.0, 250.0, 30.0),
        _thing(pottery.vessel, pottery.RED_SLIP, 116.0, 276.0, 52.0),
        _thing(pottery.candle_holder),
    ),
    "thuya-box": (_drawing("box"), _thing(objects.draughts), _drawing("box")),
    "wood-kitchenware": (
        _drawing("wood"),
        _thing(objects.board),
        _thing(objects.wooden_bowl, 112.0),
        _thing(objects.wooden_bowl, 154.0),
    ),
    "silver-jewellery": (
        _drawing("fibula"),
        _thing(wear.bracelet, twisted=False),
        _thing(wear.earrings),
        _thing(wear.necklace, ("#c9802a", "#e0a32e", "#a85f1c", "#c9ced6"), pendant=True),
    ),
    "jewellery-base-metal": (
        _thing(wear.necklace, _TREASURES, pendant=False),
        _thing(wear.bracelet, twisted=True),
        _thing(wear.necklace, _TREASURES, pendant=True),
    ),
    "djellaba-men": (
        _thing(wear.robe, "#e6dac2", "#b5935a", hood=True),
        _thing(wear.robe, "#b9c6cf", "#5a6a7a", hood=True),
        _thing(wear.robe, "#6b4a33", "#3a281c", hood=True),
    ),
    "caftan": (
        _thing(wear.robe, "#1f2a5a", "#d9ab44", hood=False),
        _thing(wear.robe, "#d98a94", "#f3e2c4", hood=False, long_sleeves=False),
        _thing(wear.robe, "#2f7a6a", "#f3e2c4", hood=False, long_sleeves=False),
    ),
    "pouf-leather": (_drawing("pouf"), _drawing("pouf"), _thing(wear.square_pouf, "#a8642f")),
    "bag-leather": (
        _thing(wear.tote, _SKINS[3]),
        _drawing("bag"),
        _thing(wear.briefcase, _SKINS[1]),
    ),
    "wallet-leather": tuple(_thing(wear.small_leather, _SKINS[n], n) for n in range(3)),
    "belghas-leather": (
        _thing(wear.shoes, "#e9b93a", "#8a6420", embroidered=False),
        _thing(wear.shoes, "#b23a56", "#f3d27a", embroidered=True),
        _thing(wear.shoes, "#9c3a26", "#fbf3e2", embroidered=True),
    ),
    "copperware": (_thing(objects.tray), _drawing("copper"), _thing(pottery.vessel, objects.COPPER, 70.0, 276.0, 12.0, painted=False)),
    "brass-lamp": (_drawing("lamp"), _thing(objects.shade, objects.BRASS, pierced=True), _thing(objects.wall_light)),
    "tagine-clay": (_drawing("tagine"), _thing(pottery.tanjia), _drawing("tagine")),
    "percussion": (_drawing("drum"), _thing(objects.goblet_drum), _thing(objects.lute)),
}  # fmt: skip
_DRAWINGS: dict[str, tuple[Painter, ...]] = {
    "dates-majhoul": (_drawing("dates", carded=True),),
    "dates-siwa-eg": (_drawing("dates", carded=True),),
    "deglet-nour-tn": (_drawing("dates", carded=True),),
    "zellige": (_drawing("zellige"),),
    "papyrus-eg": (_drawing("scroll"),),
}
