"""What is woven, knotted and sewn: rugs laid out, cloths folded, cushions."""

from marketplace.demo.pictures.facts import Facts
from marketplace.demo.pictures.studio import Scene, mixed, stand
from marketplace.web.ui.illustrations.patterns import (
    CROSSES,
    LOZENGES,
    STRIPES,
    TRIANGLES,
    ZIGZAG,
    band,
)
from marketplace.web.ui.illustrations.shapes import at, inside, line, path, rect, star

WOOL, BROWN, MADDER, INDIGO = "#f0e6d2", "#4d3526", "#9c2f22", "#26386e"
HENNA, SAFFRON, WALNUT, GREEN = "#b5652a", "#e0a32e", "#6b4a33", "#4d6b4a"
ROSE, SKY, BLACK = "#c46a7a", "#6f93b8", "#2a2422"

# Ground, then the colours of the signs.
Dyes = tuple[str, ...]
KNOTTED: tuple[Dyes, ...] = (
    (WOOL, BROWN, BLACK),
    (MADDER, WOOL, SAFFRON, INDIGO),
    (WOOL, MADDER, INDIGO, SAFFRON, GREEN),
    (HENNA, WOOL, BROWN, INDIGO),
)
FLAT: tuple[Dyes, ...] = (
    (WOOL, INDIGO, SKY),
    (HENNA, INDIGO, WOOL, SAFFRON),
    (MADDER, WOOL, BLACK, SAFFRON, GREEN),
)
MATS: tuple[Dyes, ...] = (
    ("#d9c28a", "#c9ad6a", MADDER, INDIGO, "#d9c28a"),
    ("#d3ba80", "#bd9f5c", GREEN, "#d3ba80"),
    ("#dcc692", "#c4a663", HENNA, "#dcc692"),
)
SCRAPS: tuple[Dyes, ...] = (
    (ROSE, SAFFRON, INDIGO, GREEN, MADDER, SKY, WOOL, BLACK),
    (INDIGO, SAFFRON, SKY, "#f2c45a", "#3f5ca0", WOOL),
)


def rug(scene: Scene, facts: Facts, makes: tuple[Dyes, ...]) -> None:
    """A rug before a wall, in the proportions of its measures; each has its own pattern."""
    dyes = makes[facts.make % len(makes)]
    wide, tall = facts.sides or (120, 200)
    height = 316.0
    width = min(300.0, max(118.0, height * wide / tall))
    x, y = 200 - width / 2, 26.0
    scene.body += scene.blurred(
        rect(x + 12, y + 10, width, height, "#1d130a", 3, 'opacity=".45"'), 8
    )
    cloth = f"M{at(x)} {at(y)}h{at(width)}v{at(height)}h{at(-width)}z"
    pattern = {KNOTTED: _lattice, SCRAPS: _patches}.get(makes, _bands)
    ground = scene.chance.choice(
        (dyes[0], mixed(dyes[0], "#ffffff", 0.12), mixed(dyes[0], "#000000", 0.08))
    )
    scene.body += path(cloth, ground) + inside(
        cloth, pattern(scene, dyes, x, y, width, height), "rg"
    )
    _pile(scene, cloth, x, y, width, height)
    fringe = "".join(
        f"M{at(x + 3 + i * 6)} {at(a)}v{at(scene.chance.uniform(9, 15))}"
        for i in range(int(width / 6))
        for a in (y - 13, y + height)
    )
    scene.body += line(fringe, mixed(WOOL, "#000000", 0.06), 2)


def _lattice(scene: Scene, dyes: Dyes, x: float, y: float, w: float, h: float) -> str:
    """Lozenges over the whole ground, drawn by hand as it were, with signs inside."""
    chance = scene.chance
    columns = chance.choice((2, 3, 3, 4))
    unit = w / columns
    rows = max(3, round(h / (unit * chance.uniform(1.1, 1.6))))
    tall = h / rows
    made, thick = "", chance.uniform(3, 5.5)
    main = dyes[1]
    for row in range(rows + 1):
        for column in range(columns + 1):
            cx, cy = x + column * unit, y + row * tall
            made += line(
                f"M{at(cx - unit / 2)} {at(cy)}L{at(cx)} {at(cy - tall / 2)}L{at(cx + unit / 2)} {at(cy)}L{at(cx)} {at(cy + tall / 2)}z",
                main,
                thick,
            )
            if len(dyes) > 3 or chance.random() < 0.35:
                made += _sign(
                    scene, chance.choice(dyes[1:]), cx + unit / 2, cy + tall / 2, unit * 0.2
                )
                made += _sign(scene, chance.choice(dyes[1:]), cx, cy, unit * 0.17)
    if chance.random() < 0.5 or len(dyes) > 3:
        for top in (y + 6, y + h - 26):
            made += rect(x, top - 4, w, 28, dyes[0]) + band(
                chance.choice((ZIGZAG, TRIANGLES, LOZENGES)), x + 4, top, w - 8, 20, dyes[-1], main
            )
    return made


def _sign(scene: Scene, colour: str, x: float, y: float, r: float) -> str:
    kind = scene.chance.randrange(4)
    if kind == 0:
        return star(x, y, r, colour, 4, 0.45)
    if kind == 1:
        return line(
            f"M{at(x - r)} {at(y)}h{at(2 * r)}M{at(x)} {at(y - r)}v{at(2 * r)}", colour, r * 0.4
        )
    if kind == 2:
        return path(
            f"M{at(x)} {at(y - r)}l{at(r * 0.7)} {at(r)} {at(-r * 0.7)} {at(r)} {at(-r * 0.7)} {at(-r)}z",
            colour,
        )
    return line(
        f"M{at(x - r)} {at(y + r * 0.5)}l{at(r * 0.66)} {at(-r)} {at(r * 0.66)} {at(r)} {at(r * 0.66)} {at(-r)}",
        colour,
        r * 0.34,
    )


def _bands(scene: Scene, dyes: Dyes, x: float, y: float, w: float, h: float) -> str:
    """Stripes from end to end, plain ones between patterned ones."""
    chance, made, at_y = scene.chance, "", y
    while at_y < y + h:
        tall = chance.choice((7, 12, 18, 26, 34))
        ground, sign, other = (chance.choice(dyes) for _ in range(3))
        made += rect(x, at_y, w, tall, ground)
        if tall >= 18 and sign != ground:
            made += band(
                chance.choice((LOZENGES, ZIGZAG, TRIANGLES, CROSSES)),
                x,
                at_y + 3,
                w,
                tall - 6,
                sign,
                other,
            )
        at_y += tall + chance.choice((0, 3, 6))
    return made


def _patches(scene: Scene, dyes: Dyes, x: float, y: float, w: float, h: float) -> str:
    """Scraps of cloth in rows, as their colours come."""
    chance, made, at_y = scene.chance, "", y
    while at_y < y + h:
        tall, at_x = chance.uniform(9, 24), x - chance.uniform(0, 30)
        while at_x < x + w:
            wide = chance.uniform(14, 58)
            made += path(
                f"M{at(at_x)} {at(at_y)}q{at(wide / 2)} {at(chance.uniform(-6, 6))} {at(wide)} {at(chance.uniform(-4, 4))}v{at(tall + 4)}h{at(-wide)}z",
                chance.choice(dyes),
            )
            at_x += wide
        at_y += tall
    return made


def _pile(scene: Scene, cloth: str, x: float, y: float, w: float, h: float) -> None:
    """Threads across, and light from above."""
    threads = "".join(f"M{at(x)} {at(y + i * 3)}h{at(w)}" for i in range(int(h / 3)))
    scene.body += line(threads, "#000000", 0.7, 'opacity=".13"')
    light = scene.gradient([(0, "#ffffff"), (0.5, "#888888"), (1, "#000000")], down=True)
    scene.body += path(cloth, light, 'opacity=".14"')


# long: a drawing
def folded(scene: Scene, facts: Facts, makes: tuple[Dyes, ...]) -> None:
    """A folded cloth on the table, its edge hanging over, with fringes."""
    dyes, chance = makes[facts.make % len(makes)], scene.chance
    stand(scene, 200, 338, 122)
    layers = chance.choice((3, 4))
    top = 338 - layers * 34.0
    for layer in range(layers):
        y = 338 - (layer + 1) * 34.0
        fold = f"M{at(84)} {at(y)}H304Q320 {at(y)} 320 {at(y + 17)}T304 {at(y + 34)}H84Q76 {at(y + 17)} 84 {at(y)}z"
        ground = dyes[0]
        scene.body += path(fold, scene.lit(ground))
        scene.body += inside(
            fold, band(STRIPES, 80, y + 9, 240, 16, dyes[1 % len(dyes)], dyes[-1]), f"f{layer}"
        )
        scene.body += line(
            f"M306 {at(y + 5)}Q296 {at(y + 17)} 306 {at(y + 30)}", "#000000", 2, 'opacity=".25"'
        )
    flap = f"M104 {at(top)}H268L280 {at(top + 92)}Q190 {at(top + 104)} 96 {at(top + 92)}z"
    scene.body += scene.blurred(path(flap, "#1d130a", 'opacity=".4"'), 4) + path(flap, dyes[0])
    scene.body += inside(flap, _bands_or_signs(scene, dyes, 92, top, 190, 104), "fl")
    scene.body += path(
        flap,
        scene.gradient([(0, "#ffffff"), (0.4, "#888888"), (1, "#000000")], down=True),
        'opacity=".16"',
    )
    scene.body += line(
        "".join(
            f"M{98 + i * 6} {at(top + 94 + 4 * (1 - abs(i - 15) / 15))}v{at(chance.uniform(10, 17))}"
            for i in range(31)
        ),
        mixed(dyes[0], "#000000", 0.12),
        2,
    )


def _bands_or_signs(scene: Scene, dyes: Dyes, x: float, y: float, w: float, h: float) -> str:
    chance, made = scene.chance, ""
    step = chance.choice((16, 20, 26))
    kind = chance.choice((LOZENGES, ZIGZAG, TRIANGLES, CROSSES, STRIPES))
    at_y = y + 8
    while at_y < y + h - 10:
        made += band(kind, x, at_y, w, step - 6, chance.choice(dyes[1:]), dyes[0])
        kind = chance.choice((kind, STRIPES, ZIGZAG))
        at_y += step
    return made


def cushion(scene: Scene, facts: Facts, makes: tuple[Dyes, ...]) -> None:
    """One cushion, or two where two are sold."""
    dyes = makes[facts.make % len(makes)]
    if facts.name.fr.startswith("Deux"):
        _cushion(scene, dyes, 258, 0.82)
        _cushion(scene, dyes, 152, 0.92)
    else:
        _cushion(scene, dyes, 200, 1.12 if facts.sides and facts.sides[0] > 50 else 1.0)


def _cushion(scene: Scene, dyes: Dyes, x: float, k: float) -> None:
    half, foot = 104 * k, 340.0
    top = foot - 2 * half
    stand(scene, x, foot, half)
    outline = (
        f"M{at(x - half)} {at(top)}Q{at(x)} {at(top + 14)} {at(x + half)} {at(top)}Q{at(x + half - 13)} {at(top + half)} {at(x + half)} {at(foot)}"
        f"Q{at(x)} {at(foot - 12)} {at(x - half)} {at(foot)}Q{at(x - half + 13)} {at(top + half)} {at(x - half)} {at(top)}z"
    )
    scene.body += path(outline, dyes[0])
    scene.body += inside(
        outline, _bands_or_signs(scene, dyes, x - half, top, 2 * half, 2 * half), f"c{at(x)}"
    )
    for share, dark in ((0.5, ".05"), (0.3, ".07")):
        scene.body += inside(
            outline,
            path(
                f"M{at(x + half * share)} {at(top)}Q{at(x + half * share + 20)} {at(foot - half)} {at(x + half * share - 10)} {at(foot)}H{at(x + half + 9)}V{at(top)}z",
                "#000000",
                f'opacity="{dark}"',
            ),
            f"d{at(x)}{dark[1:]}",
        )
    scene.body += path(
        outline,
        scene.gradient([(0, "#ffffff"), (0.45, "#999999"), (1, "#000000")], down=True),
        'opacity=".2"',
    )
