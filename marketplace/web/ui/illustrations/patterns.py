"""Woven and painted bands: what runs around rugs, bowls and baskets."""

from marketplace.web.ui.illustrations.shapes import at, line, path, rect

LOZENGES, ZIGZAG, TRIANGLES, STRIPES, CROSSES = range(5)
_BUTT = 'stroke-linecap="butt"'


def band(kind: int, x: float, y: float, w: float, h: float, main: str, other: str) -> str:
    """One band of a pattern over a rectangle, in one or two colours."""
    return _BANDS[kind](x, y, w, h, main, other)


def _lozenges(x: float, y: float, w: float, h: float, main: str, other: str) -> str:
    count = max(3, round(w / h / 1.1))
    unit = w / count

    def row(inset: float) -> str:
        half, tall = unit * (0.5 - inset), h * (0.5 - inset)
        return "".join(
            f"M{at(x + unit * (i + inset))} {at(y + h / 2)}l{at(half)} {at(-tall)}"
            f" {at(half)} {at(tall)} {at(-half)} {at(tall)}z"
            for i in range(count)
        )

    return path(row(0), main) + path(row(0.28), other)


def _zigzag(x: float, y: float, w: float, h: float, main: str, _: str) -> str:
    count = max(4, round(w / h))
    half = w / count / 2
    teeth = f"l{at(half)} {at(-h * 0.6)} {at(half)} {at(h * 0.6)}" * count
    return line(f"M{at(x)} {at(y + h * 0.8)}{teeth}", main, h * 0.22, _BUTT)


def _triangles(x: float, y: float, w: float, h: float, main: str, _: str) -> str:
    count = max(4, round(w / h))
    unit = w / count
    teeth = "".join(
        f"M{at(x + unit * i)} {at(y + h)}l{at(unit / 2)} {at(-h)} {at(unit / 2)} {at(h)}z"
        for i in range(count)
    )
    return path(teeth, main)


def _stripes(x: float, y: float, w: float, h: float, main: str, other: str) -> str:
    return rect(x, y + h * 0.15, w, h * 0.22, main) + rect(x, y + h * 0.6, w, h * 0.22, other)


def _crosses(x: float, y: float, w: float, h: float, main: str, _: str) -> str:
    count = max(4, round(w / h * 0.8))
    unit = w / count
    arm, half = h * 0.6, h * 0.3
    marks = "".join(
        f"M{at(x + unit * (i + 0.5))} {at(y + h * 0.2)}v{at(arm)}m{at(-half)} {at(-half)}h{at(arm)}"
        for i in range(count)
    )
    return line(marks, main, h * 0.16, _BUTT)


_BANDS = {
    LOZENGES: _lozenges,
    ZIGZAG: _zigzag,
    TRIANGLES: _triangles,
    STRIPES: _stripes,
    CROSSES: _crosses,
}
