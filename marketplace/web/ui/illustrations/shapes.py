"""Basic SVG shapes, of which every drawing is made."""

import math

INK, CREAM, MADDER, SAFFRON = "#3a2a22", "#fff6e4", "#b24530", "#eaa72c"
INDIGO, OLIVE, WALNUT, TEAL = "#2f3d80", "#6f7d3c", "#6b4530", "#24665f"
SAGE, SILVER = "#8a9850", "#c9ced6"

Point = tuple[float, float]


def at(value: float) -> str:
    """A coordinate with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def _with(extra: str) -> str:
    return f" {extra}" if extra else ""


def path(d: str, fill: str, extra: str = "") -> str:
    """A filled outline."""
    return f'<path d="{d}" fill="{fill}"{_with(extra)}/>'


def line(d: str, stroke: str, width: float = 4, extra: str = "") -> str:
    """A stroke with round ends, unless ``extra`` says other ends."""
    cap = "" if "linecap" in extra else ' stroke-linecap="round"'
    return (
        f'<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{at(width)}"{cap}'
        f' stroke-linejoin="round"{_with(extra)}/>'
    )


def circle(x: float, y: float, r: float, fill: str, extra: str = "") -> str:
    """A disc."""
    return f'<circle cx="{at(x)}" cy="{at(y)}" r="{at(r)}" fill="{fill}"{_with(extra)}/>'


def ellipse(  # a turn comes last: most ellipses lie level
    x: float, y: float, a: float, b: float, fill: str, turn: float = 0, extra: str = ""
) -> str:
    """An ellipse, turned by degrees around its middle."""
    turned = f'transform="rotate({at(turn)} {at(x)} {at(y)})"' if turn else ""
    return (
        f'<ellipse cx="{at(x)}" cy="{at(y)}" rx="{at(a)}" ry="{at(b)}" fill="{fill}"'
        f"{_with(turned)}{_with(extra)}/>"
    )


def rect(
    x: float, y: float, w: float, h: float, fill: str, radius: float = 0, extra: str = ""
) -> str:
    """A rectangle, with round corners if asked."""
    round_ = f' rx="{at(radius)}"' if radius else ""
    return (
        f'<rect x="{at(x)}" y="{at(y)}" width="{at(w)}" height="{at(h)}"{round_}'
        f' fill="{fill}"{_with(extra)}/>'
    )


def group(body: str, transform: str) -> str:
    """Shapes moved together."""
    return f'<g transform="{transform}">{body}</g>'


def inside(outline: str, body: str, name: str = "b") -> str:
    """Shapes cut to an outline; ``name`` must differ between the cuts of one drawing."""
    return (
        f'<clipPath id="{name}"><path d="{outline}"/></clipPath>'
        f'<g clip-path="url(#{name})">{body}</g>'
    )


def shade(outline: str, name: str = "s", x: float = 200) -> str:
    """The right half of an outline, a little darker: light falls from the left."""
    dark = f'<path d="M{at(x)} 0H400V400H{at(x)}z" fill="#000" opacity=".12"/>'
    return inside(outline, dark, name)


def star(
    x: float,
    y: float,
    r: float,
    fill: str,
    points: int = 8,
    depth: float = 0.76,
    turn: float = 0.0,
    extra: str = "",
) -> str:
    """A star of ``points`` rays; ``depth`` is the inner radius as a part of the outer."""
    corners = []
    for i in range(2 * points):
        radius = r if i % 2 == 0 else r * depth
        angle = math.pi * i / points + turn
        corners.append(f"{at(x + radius * math.cos(angle))} {at(y + radius * math.sin(angle))}")
    return path("M" + "L".join(corners) + "z", fill, extra)


def leaf(
    x: float, y: float, length: float, width: float, fill: str, turn: float, vein: str = ""
) -> str:
    """A leaf that grows from a point; 0 degrees is upright."""
    tip, belly, root = at(-length), at(-length * 0.8), at(-length * 0.3)
    body = path(
        f"M0 0C{at(width)} {root} {at(width * 0.8)} {belly} 0 {tip}"
        f"C{at(-width * 0.8)} {belly} {at(-width)} {root} 0 0z",
        fill,
    )
    if vein:
        body += line(f"M0 -4V{belly}", vein, 2)
    return group(body, f"translate({at(x)} {at(y)})rotate({at(turn)})")


def shadow(half: float = 110, y: float = 334) -> str:
    """What a thing throws on the floor."""
    return ellipse(200, y, half, 13, "#000", 0, 'opacity=".16"')


def shine(x: float, y: float, w: float, h: float, opacity: str = ".5") -> str:
    """Light on glass."""
    return rect(x, y, w, h, "#fff", w / 2, f'opacity="{opacity}"')
