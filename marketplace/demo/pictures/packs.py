"""What stands on a table with a label: jars, bottles, tins, droppers, pots, bags and sacks."""

from marketplace.demo.pictures.facts import Facts
from marketplace.demo.pictures.studio import Label, Scene, mixed, stand
from marketplace.web.ui.illustrations.patterns import band
from marketplace.web.ui.illustrations.shapes import at, ellipse, inside, path, rect

# Where things stand.
FLOOR = 340.0
TINTS = ("#fbf4e4", "#fffdf6", "#f1e3c6", "#22324f", "#7a2f22", "#28493a", "#e9d9b5")
ACCENTS = ("#b24530", "#2f3d80", "#24665f", "#a9741c", "#6b4530", "#55632c")
LIDS = ("#c9a24a", "#2b2b2b", "#b24530", "#e9e2d2", "#6b4530", "#3c5a48")
SHINE = 'opacity=".38"'
_SMALLEST = 4.0


def scale_of(facts: Facts, usual: int, power: float = 0.3) -> float:
    """How large something is drawn beside the usual content of its kind."""
    if not facts.content:
        return 1.0
    return min(1.24, max(0.7, float((facts.content / usual) ** power)))


def label(scene: Scene, facts: Facts, x: float, y: float, w: float, h: float) -> None:
    """A paper label with a woven band, both names, the cooperative and the size."""
    chance = scene.chance
    tint, accent = chance.choice(TINTS), chance.choice(ACCENTS)
    dark = int(tint[1:3], 16) < 0x90
    ink = "#fbf4e4" if dark else "#2b211a"
    if dark:
        accent = "#e2b45a"
    scene.body += rect(x, y, w, h, tint, chance.choice((0, 3, 8)))
    edge = f'<rect x="{at(x + 2.5)}" y="{at(y + 2.5)}" width="{at(w - 5)}" height="{at(h - 5)}"'
    scene.body += f'{edge} fill="none" stroke="{accent}" stroke-width="1.2"/>'
    strip = max(7, h * 0.12)
    scene.body += band(chance.randrange(3), x + 5, y + 5, w - 10, strip, accent, tint)
    shadow = scene.gradient([(0, "#000000"), (0.35, "#ffffff"), (1, "#000000")])
    scene.body += rect(x, y, w, h, shadow, 3, 'opacity=".10"')
    words = _words(facts, w, h - strip)
    scene.labels.append(Label(x + 5, y + strip + 5, w - 10, h - strip - 9, ink, words))


def _words(facts: Facts, w: float, h: float) -> list[tuple[str, float]]:
    """The lines of a label: large where there is room, so that a card shows what it is."""
    arabic, french = facts.name.ar, facts.name.fr
    wide = w - 12
    big = min(19.0, _fitting(arabic, wide, h * 0.36), _fitting(french, wide, h * 0.4) * 1.2)
    small = max(4.0, min(big * 0.5, wide / (len(facts.house.fr) * 0.56)))
    said = [(arabic, big), (french, big * 0.8), (facts.house.fr, small)]
    return [*said, (facts.size.fr, small * 1.3)] if facts.size.fr else said


def _fitting(text: str, wide: float, high: float) -> float:
    """The size at which a name fills its place, on as many lines as it needs."""
    longest = max(len(word) for word in text.split())
    size = wide / (longest * 0.58)
    while size > _SMALLEST and -(-len(text) * size * 0.54 // wide) * size * 1.3 > high:
        size *= 0.93
    return size


def jar(scene: Scene, facts: Facts, colour: str, usual: int = 400, *, clear: bool = True) -> None:
    """A jar with a lid, in one of three shapes."""
    chance, k = scene.chance, scale_of(facts, usual)
    shape = chance.randrange(3)
    half, tall = ((62.0, 150.0), (76.0, 128.0), (56.0, 168.0))[shape]
    half, tall = half * k, tall * k
    x, top = 200.0, FLOOR - tall
    corner = (10, 26, 14)[shape] * k
    stand(scene, x, FLOOR, half)
    outline = rounded(x - half, top, 2 * half, tall, corner)
    scene.body += path(outline, scene.round(colour))
    if clear:
        glow = scene.gradient([(0, mixed(colour, "#ffffff", 0.55)), (1, colour)], down=True)
        scene.body += inside(
            outline,
            ellipse(x - half * 0.2, FLOOR, half * 0.9, tall * 0.5, glow, 0, 'opacity=".45"'),
            "jr",
        )
        scene.body += rect(
            x - half + 2, top + 2, 2 * half - 4, tall * 0.1, "#ffffff", 6, 'opacity=".35"'
        )
    _lid(scene, x, top, half, k, shape)
    label(scene, facts, x - half * 0.8, top + tall * 0.26, half * 1.6, tall * 0.6)
    scene.body += rect(
        x - half * 0.9, top + tall * 0.14, half * 0.09, tall * 0.72, "#ffffff", 4, SHINE
    )


def _lid(scene: Scene, x: float, top: float, half: float, k: float, shape: int) -> None:
    """A screw lid, or a cloth tied with a string."""
    chance = scene.chance
    if shape == 2 and chance.random() < 0.7:
        cloth = chance.choice(ACCENTS)
        d = f"M{at(x - half - 8)} {at(top + 20 * k)}Q{at(x - half)} {at(top - 26 * k)} {at(x)} {at(top - 28 * k)}T{at(x + half + 8)} {at(top + 20 * k)}L{at(x + half - 4)} {at(top + 10 * k)}H{at(x - half + 4)}z"
        scene.body += path(d, scene.round(cloth))
        scene.body += inside(
            d,
            band(
                chance.randrange(5),
                x - half - 8,
                top - 16 * k,
                2 * half + 16,
                18 * k,
                "#fff6e4",
                "#eaa72c",
            ),
            "cl",
        )
        scene.body += rect(x - half, top + 4 * k, 2 * half, 4, "#d9b06a", 2)
        return
    colour = chance.choice(LIDS)
    wide = half * 0.94
    scene.body += rect(x - wide, top - 26 * k, 2 * wide, 28 * k, scene.round(colour, 0.5), 5)
    scene.body += rect(x - wide, top - 6 * k, 2 * wide, 4, "#000000", 2, 'opacity=".22"')
    scene.body += ellipse(x, top - 26 * k, wide, 5 * k, mixed(colour, "#ffffff", 0.3))


def bottle(scene: Scene, facts: Facts, colour: str, usual: int = 500) -> None:
    """A bottle: round, square or with long shoulders."""
    chance, k = scene.chance, scale_of(facts, usual)
    shape = chance.randrange(3)
    half, tall = ((46.0, 226.0), (54.0, 196.0), (40.0, 240.0))[shape]
    half, tall = half * k, min(250, tall * k)
    x, top, neck = 200.0, FLOOR - tall, 15 * k
    shoulder = top + tall * (0.3, 0.24, 0.42)[shape]
    stand(scene, x, FLOOR, half)
    d = (
        f"M{at(x - neck)} {at(top)}H{at(x + neck)}V{at(shoulder - half * 0.9)}"
        f"Q{at(x + half)} {at(shoulder - half * 0.4)} {at(x + half)} {at(shoulder + half * 0.5)}"
        f"V{at(FLOOR - 12)}q0 12 -12 12H{at(x - half + 12)}q-12 0 -12 -12V{at(shoulder + half * 0.5)}"
        f"Q{at(x - half)} {at(shoulder - half * 0.4)} {at(x - neck)} {at(shoulder - half * 0.9)}z"
    )
    scene.body += path(d, scene.round(colour, 0.55))
    lid = chance.choice(LIDS)
    scene.body += rect(x - neck - 3, top - 16 * k, 2 * neck + 6, 30 * k, scene.round(lid, 0.5), 4)
    y = shoulder + half * 0.5
    label(scene, facts, x - half * 0.94, y, half * 1.88, (FLOOR - 18) - y)
    scene.body += rect(
        x - half * 0.82,
        shoulder + half * 0.2,
        half * 0.13,
        (FLOOR - shoulder) * 0.75,
        "#ffffff",
        4,
        SHINE,
    )


def canister(scene: Scene, facts: Facts, colour: str) -> None:
    """An oil can of three litres or more, with a handle."""
    k = scale_of(facts, 4000)
    wide, tall = 150 * k, 206 * k
    x, top = 200 - wide / 2, FLOOR - tall
    stand(scene, 200, FLOOR, wide / 2)
    scene.body += f'<path d="M{at(200 - 34)} {at(top)}v-22h68v22" fill="none" stroke="#8f8f8a" stroke-width="9"/>'
    scene.body += rect(x + wide * 0.72, top - 20, 26, 22, scene.round("#c0392b"), 4)
    scene.body += rect(x, top, wide, tall, scene.round(colour), 8)
    scene.body += rect(x, top + 8, wide, 4, "#ffffff", 0, 'opacity=".35"')
    label(scene, facts, x + 12, top + 34, wide - 24, tall - 60)


def dropper(scene: Scene, facts: Facts, colour: str) -> None:
    """A small bottle of dark glass with a pipette, beside its carton."""
    k = scale_of(facts, 30, 0.2)
    half, tall, x = 46 * k, 118 * k, 158.0
    top = FLOOR - tall
    _carton(scene, facts, 262, 84 * k, 176 * k)
    stand(scene, x, FLOOR, half)
    scene.body += path(rounded(x - half, top, 2 * half, tall, 12), scene.round(colour, 0.55))
    scene.body += rect(x - 20 * k, top - 34 * k, 40 * k, 40 * k, scene.round("#1f1f1f", 0.2), 4)
    scene.body += rect(x - 12 * k, top - 76 * k, 24 * k, 48 * k, scene.round("#2a2a2a", 0.3), 11)
    label(scene, facts, x - half * 0.92, top + tall * 0.2, half * 1.84, tall * 0.7)
    scene.body += rect(x - half * 0.84, top + 8, half * 0.12, tall * 0.8, "#ffffff", 3, SHINE)


def _carton(scene: Scene, facts: Facts, x: float, wide: float, tall: float) -> None:
    colour, accent = scene.chance.choice(TINTS[3:6]), "#e2b45a"
    top = FLOOR - 8 - tall
    stand(scene, x, FLOOR - 8, wide / 2)
    scene.body += rect(x - wide / 2, top, wide, tall, scene.lit(colour), 2)
    scene.body += rect(x + wide / 2 - 14, top, 14, tall, "#000000", 0, 'opacity=".22"')
    scene.body += band(
        scene.chance.randrange(5),
        x - wide / 2 + 4,
        top + tall * 0.72,
        wide - 22,
        tall * 0.16,
        accent,
        colour,
    )
    words = [(facts.name.ar, min(13.0, wide / 7)), (facts.house.fr, min(7.0, wide / 12))]
    scene.labels.append(Label(x - wide / 2 + 4, top + 8, wide - 22, tall * 0.6, accent, words))


def pot(scene: Scene, facts: Facts, colour: str, usual: int = 60) -> None:
    """A low pot with a wide lid, a little of what is in it in front."""
    k = scale_of(facts, usual, 0.22)
    half, tall, x = 88 * k, 92 * k, 200.0
    top = FLOOR - tall
    stand(scene, x, FLOOR, half)
    glass = scene.chance.choice(("#f4efe6", "#e7d9c3", "#5a3b1e", "#dfe6e2"))
    scene.body += path(rounded(x - half, top, 2 * half, tall, 14), scene.round(glass))
    lid = scene.chance.choice(LIDS)
    scene.body += rect(x - half - 3, top - 30 * k, 2 * half + 6, 36 * k, scene.round(lid, 0.5), 7)
    scene.body += ellipse(x, top - 29 * k, half + 1, 7 * k, mixed(lid, "#ffffff", 0.25))
    label(scene, facts, x - half * 0.86, top + 14 * k, half * 1.72, tall - 22 * k)
    scene.body += ellipse(326, 352, 34, 9, mixed(colour, "#000000", 0.2)) + ellipse(
        323, 346, 28, 11, colour
    )
    scene.body += ellipse(314, 342, 10, 3.5, "#ffffff", -12, 'opacity=".5"')


def rounded(x: float, y: float, w: float, h: float, r: float) -> str:
    """A rectangle with round corners as an outline."""
    return (
        f"M{at(x + r)} {at(y)}h{at(w - 2 * r)}q{at(r)} 0 {at(r)} {at(r)}v{at(h - 2 * r)}q0 {at(r)} {at(-r)} {at(r)}"
        f"h{at(2 * r - w)}q{at(-r)} 0 {at(-r)} {at(-r)}v{at(2 * r - h)}q0 {at(-r)} {at(r)} {at(-r)}z"
    )
