"""Tins of fish, bars of soap, and the card that stands beside what has no label of its own."""

from marketplace.demo.pictures.facts import Facts
from marketplace.demo.pictures.packs import ACCENTS, FLOOR, TINTS, label
from marketplace.demo.pictures.studio import Label, Scene, mixed, stand
from marketplace.web.ui.illustrations.patterns import band
from marketplace.web.ui.illustrations.shapes import at, ellipse, path, rect, star


def tins(scene: Scene, facts: Facts, colour: str) -> None:
    """A flat tin with rounded ends, or as many as are sold together."""
    stand(scene, 200, FLOOR, 122)
    rows = 2 if facts.count > 1 else 1
    for row in range(rows):
        y = FLOOR - 62 * (row + 1)
        scene.body += rect(78, y, 244, 60, scene.round("#b9bfc6", 0.5), 16)
        scene.body += rect(84, y + 8, 232, 44, scene.lit(colour), 8)
        scene.body += band(scene.chance.randrange(3), 92, y + 14, 216, 10, "#fbf4e4", "#eaa72c")
    top = FLOOR - 62 * rows - 112
    scene.body += rect(120, top, 160, 114, scene.lit(colour), 22)
    scene.body += rect(126, top + 6, 148, 102, "#ffffff", 18, 'opacity=".14"')
    label(scene, facts, 134, top + 14, 132, 88)


def bars(scene: Scene, facts: Facts, colours: tuple[str, ...]) -> None:
    """Bars of soap in a paper band: as many as are sold, and a cut one before them."""
    colour, chance = colours[facts.make % len(colours)], scene.chance
    count = max(1, facts.count)
    stand(scene, 196, FLOOR, 104)
    for place in range(count):
        y = FLOOR - 74 * (place + 1) if count > 1 else FLOOR - 122
        tall = 72 if count > 1 else 122
        tone = mixed(colour, chance.choice(("#ffffff", "#000000")), chance.uniform(0, 0.12))
        scene.body += rect(92, y, 208, tall, scene.lit(tone), 12)
        scene.body += rect(92, y + tall - 10, 208, 10, "#000000", 6, 'opacity=".14"')
        if count > 1:
            tint = chance.choice(TINTS[:3])
            scene.body += rect(150, y, 92, tall, tint) + star(
                196, y + 36, 22, chance.choice(ACCENTS)
            )
    if count == 1:
        label(scene, facts, 124, FLOOR - 122, 144, 122)
    piece = f"M292 {at(FLOOR + 2)}l14 -34h52l10 40q-40 10 -76 -6z"
    scene.body += path(piece, scene.lit(mixed(colour, "#ffffff", 0.12)))


def card(scene: Scene, facts: Facts, x: float = 322) -> None:
    """A small standing card with both names and the size."""
    wide, tall = 92.0, 70.0
    y = 366 - tall
    scene.body += scene.blurred(ellipse(x + 6, 366, 52, 6, "#1d130a", 0, 'opacity=".5"'), 3)
    scene.body += path(
        f"M{at(x - wide / 2)} 366l4 {at(-tall)}h{at(wide - 8)}l4 {at(tall)}z", scene.lit("#fffaf0")
    )
    words = [(facts.name.ar, 9.5), (facts.name.fr, 7.5)]
    if facts.size.fr:
        words.append((facts.size.fr, 8.5))
    scene.labels.append(Label(x - wide / 2 + 7, y + 3, wide - 14, tall - 6, "#2b211a", words))
