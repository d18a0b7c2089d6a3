"""The place where everything is shown: a lit wall, a table, and shadows; 400 units a side."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random

from marketplace.web.ui.illustrations.shapes import at, circle, group, line, rect

# Wall above and below, table above and below: as plaster, lime and wood are in daylight.
_ROOMS = (
    ("#f6f0e6", "#e6d9c6", "#d3b48f", "#b98f62"),
    ("#eef1f0", "#d5dedb", "#c9c4bb", "#a7a096"),
    ("#f7ece4", "#ecd0bf", "#d8a98c", "#bb8261"),
    ("#f1f0e4", "#dcdcc2", "#c7b594", "#a38c66"),
    ("#edf0f5", "#ced7e4", "#b9c0ca", "#949daa"),
    ("#f8f1dd", "#eedcae", "#d6b67a", "#b48f4f"),
    ("#f3eeee", "#dfd2d0", "#bfa598", "#96786a"),
)
TABLE = 296


@dataclass
class Label:
    """Words on a thing: ``lines`` from above, each with its size in points."""

    x: float
    y: float
    w: float
    h: float
    ink: str
    lines: list[tuple[str, float]]


@dataclass
class Scene:
    """A drawing as it is made: gradients, shapes, and words laid over them."""

    chance: Random
    defs: dict[str, str] = field(default_factory=dict)
    body: str = ""
    labels: list[Label] = field(default_factory=list)

    def svg(self) -> str:
        """All of it but the words."""
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400">'
            f"<defs>{''.join(self.defs.values())}</defs>{self.body}</svg>"
        )

    @contextmanager
    def larger(self, k: float) -> Iterator[None]:
        """What is drawn inside is ``k`` times as large, standing where it stood."""
        before, known = self.body, len(self.labels)
        self.body = ""
        yield
        self.body = before + group(
            self.body, f"translate({at(200 * (1 - k))} {at(340 * (1 - k))})scale({k})"
        )
        for label in self.labels[known:]:
            label.x, label.y = 200 + (label.x - 200) * k, 340 + (label.y - 340) * k
            label.w, label.h = label.w * k, label.h * k
            label.lines = [(words, size * k) for words, size in label.lines]

    def gradient(self, stops: list[tuple[float, str]], *, down: bool = False) -> str:
        """A paint that changes from left to right, or from above down."""
        name = f"g{len(self.defs)}"
        inner = "".join(
            f'<stop offset="{at(where * 100)}%" stop-color="{c}"/>' for where, c in stops
        )
        way = 'x2="0" y2="1"' if down else ""
        self.defs[name] = f'<linearGradient id="{name}" {way}>{inner}</linearGradient>'
        return f"url(#{name})"

    def round(self, colour: str, depth: float = 0.42) -> str:
        """The paint of something round that is lit from the left."""
        return self.gradient(
            [
                (0, mixed(colour, "#000000", depth * 0.7)),
                (0.16, mixed(colour, "#ffffff", 0.08)),
                (0.32, mixed(colour, "#ffffff", 0.3)),
                (0.5, colour),
                (1, mixed(colour, "#000000", depth)),
            ]
        )

    def lit(self, colour: str) -> str:
        """The paint of something flat that stands upright in the light."""
        return self.gradient(
            [(0, mixed(colour, "#ffffff", 0.14)), (1, mixed(colour, "#000000", 0.16))], down=True
        )

    def glow(self, x: float, y: float, radius: float) -> str:
        """The light of a lamp on the wall behind it."""
        self.defs["glow"] = (
            '<radialGradient id="glow"><stop stop-color="#ffdf94" stop-opacity=".95"/>'
            '<stop offset="1" stop-color="#ffdf94" stop-opacity="0"/></radialGradient>'
        )
        return circle(x, y, radius, "url(#glow)")

    def blurred(self, shape: str, by: float = 6) -> str:
        """A shape without sharp edges."""
        name = f"b{at(by).replace('.', '-')}"
        self.defs[name] = (
            f'<filter id="{name}" x="-50%" y="-50%" width="200%" height="200%">'
            f'<feGaussianBlur stdDeviation="{at(by)}"/></filter>'
        )
        return f'<g filter="url(#{name})">{shape}</g>'


def mixed(colour: str, other: str, part: float) -> str:
    """A colour with a part of another in it."""
    pairs = [(int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * part):02x}" for a, b in pairs)


def set_up(scene: Scene) -> None:
    """Wall, light and table."""
    top, low, near, far = scene.chance.choice(_ROOMS)
    lamp = scene.chance.choice((110, 150, 300))
    scene.defs["lamp"] = (
        '<radialGradient id="lamp"><stop stop-color="#fff" stop-opacity=".85"/>'
        '<stop offset="1" stop-color="#fff" stop-opacity="0"/></radialGradient>'
    )
    scene.body += rect(0, 0, 400, TABLE, scene.gradient([(0, top), (1, low)], down=True))
    scene.body += f'<ellipse cx="{lamp}" cy="110" rx="230" ry="200" fill="url(#lamp)"/>'
    table = [(0, mixed(far, "#000000", 0.08)), (0.08, near), (1, far)]
    scene.body += rect(0, TABLE, 400, 400 - TABLE, scene.gradient(table, down=True))
    for _ in range(9):
        y = scene.chance.uniform(TABLE + 6, 396)
        x, long = scene.chance.uniform(-60, 300), scene.chance.uniform(80, 260)
        scene.body += line(f"M{at(x)} {at(y)}q{at(long / 2)} 3 {at(long)} 0", far, 1.4, _GRAIN)


_GRAIN = 'opacity=".5"'


def stand(scene: Scene, x: float, y: float, half: float) -> None:
    """The shadow of what stands at a place: dark where it touches, soft to the right."""
    long = f'<ellipse cx="{at(x + half * 0.55)}" cy="{at(y + 4)}" rx="{at(half * 1.35)}" ry="{at(9 + half * 0.08)}" fill="#2a1c10" opacity=".34"/>'
    near = f'<ellipse cx="{at(x + 3)}" cy="{at(y)}" rx="{at(half * 1.02)}" ry="7" fill="#1d130a" opacity=".55"/>'
    scene.body += scene.blurred(long, 9) + scene.blurred(near, 3)
