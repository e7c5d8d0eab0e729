"""Marks on a page that have no look of their own (ISO 32000-1, 12.5.6): drawn as a reader draws them."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from pikepdf import Array

from foundation.files.rebuilder.values import numbers

ROUND = 0.5523  # how far a curve's handles stand off so that four of them make a circle
Points = list[tuple[float, float]]


def mark(annotation: Any) -> bytes | None:
    """Return the operators that draw a mark where it stands on the page, or None for an unknown kind."""
    draw = DRAWN.get(str(annotation.get("/Subtype", "")))
    return draw(annotation) if draw else None


def points(given: Any) -> Points:
    flat = numbers(given)
    return list(zip(flat[::2], flat[1::2], strict=False))


def fours(annotation: Any) -> Iterator[Points]:
    """Yield the four corners of each stretch of marked text: upper two, then lower two."""
    corners = points(annotation.get("/QuadPoints"))
    for at in range(0, len(corners) - 3, 4):
        yield corners[at : at + 4]


def colour(annotation: Any, key: str, operators: tuple[bytes, bytes, bytes]) -> bytes:
    """Return the operator that sets the color under a key: gray, red-green-blue or ink; nothing for none."""
    parts = numbers(annotation.get(key))
    operator = dict(zip((1, 3, 4), operators, strict=True)).get(len(parts))
    return b"%b %b" % (b" ".join(b"%.3f" % part for part in parts), operator) if operator else b""


def stroked(annotation: Any) -> bytes:
    line = colour(annotation, "/C", (b"G", b"RG", b"K")) or b"0 G"
    return b"%b %.2f w" % (line, width_of(annotation))


def width_of(annotation: Any) -> float:
    style = annotation.get("/BS")
    given = numbers([style.get("/W")]) if hasattr(style, "get") else []
    border = annotation.get("/Border")
    given = given or (numbers([border[2]]) if isinstance(border, Array) and len(border) > 2 else [])
    return given[0] if given else 1.0


def path(places: Points, *, closed: bool = False) -> bytes:
    steps = [b"%.2f %.2f %b" % (*place, b"l" if n else b"m") for n, place in enumerate(places)]
    return b" ".join([*steps, *([b"h"] if closed else [])])


def highlight(annotation: Any) -> bytes:
    fill = colour(annotation, "/C", (b"g", b"rg", b"k")) or b"1 1 0 rg"
    shapes = [path([a, b, d, c], closed=True) + b" f" for a, b, c, d in fours(annotation)]
    return b"/Through gs %b %b" % (fill, b" ".join(shapes))


def line_at(height: float) -> Callable[[Any], bytes]:
    """Return what draws a line through text, `height` of the way from its foot to its head."""

    def draw(annotation: Any) -> bytes:
        lines = []
        for a, b, c, d in fours(annotation):
            ends = [
                tuple(low + (high - low) * height for low, high in zip(*side, strict=True))
                for side in ((c, a), (d, b))
            ]
            lines.append(path([(x, y) for x, y in ends]) + b" S")
        return b"%b %b" % (stroked(annotation), b" ".join(lines))

    return draw


def ink(annotation: Any) -> bytes:
    strokes = annotation.get("/InkList")
    lines = [path(points(each)) for each in strokes] if isinstance(strokes, Array) else []
    return b"%b 1 J 1 j %b S" % (stroked(annotation), b" ".join(lines))


def line(annotation: Any) -> bytes:
    return b"%b %b S" % (stroked(annotation), path(points(annotation.get("/L"))))


def polygon(annotation: Any) -> bytes:
    return shape(annotation, path(points(annotation.get("/Vertices")), closed=True))


def polyline(annotation: Any) -> bytes:
    return b"%b %b S" % (stroked(annotation), path(points(annotation.get("/Vertices"))))


def square(annotation: Any) -> bytes:
    left, low, right, high = inside(annotation)
    return shape(annotation, path([(left, low), (right, low), (right, high), (left, high)], closed=True))


def circle(annotation: Any) -> bytes:
    left, low, right, high = inside(annotation)
    x, y, dx, dy = (left + right) / 2, (low + high) / 2, (right - left) / 2, (high - low) / 2
    around = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]
    curves = [b"%.2f %.2f m" % (x + dx, y)]
    for (ax, ay), (bx, by) in pairwise(around):
        handles = [(ax + ROUND * bx, ay + ROUND * by), (bx + ROUND * ax, by + ROUND * ay), (bx, by)]
        curves.append(b" ".join(b"%.2f %.2f" % (x + dx * hx, y + dy * hy) for hx, hy in handles) + b" c")
    return shape(annotation, b" ".join([*curves, b"h"]))


def inside(annotation: Any) -> list[float]:
    """Return the box of a mark within which its line runs."""
    left, low, right, high = numbers(annotation.get("/Rect"))
    half = width_of(annotation) / 2
    return [min(left, right) + half, min(low, high) + half, max(left, right) - half, max(low, high) - half]


def sign(annotation: Any) -> bytes:
    """Draw a leaf with three lines: here somebody left a comment."""
    left, low, right, high = inside(annotation)
    side = min(right - left, high - low, 20)
    lines = [
        path([(left + 3, high - side * n / 4), (left + side - 3, high - side * n / 4)]) for n in (1, 2, 3)
    ]
    return b"1 1 0 rg 0 G 1 w %.2f %.2f %.2f %.2f re B %b S" % (
        left,
        high - side,
        side,
        side,
        b" ".join(lines),
    )


def shape(annotation: Any, outline: bytes) -> bytes:
    fill = colour(annotation, "/IC", (b"g", b"rg", b"k"))
    has_line = bool(numbers(annotation.get("/C"))) and width_of(annotation) > 0
    paint = {(True, True): b"B", (True, False): b"f", (False, True): b"S"}.get((bool(fill), has_line), b"n")
    return b"%b %b %b %b" % (fill, stroked(annotation), outline, paint)


DRAWN: dict[str, Callable[[Any], bytes]] = {
    "/Highlight": highlight,
    "/Underline": line_at(0.08),
    "/Squiggly": line_at(0.08),
    "/StrikeOut": line_at(0.5),
    "/Ink": ink,
    "/Line": line,
    "/Polygon": polygon,
    "/PolyLine": polyline,
    "/Square": square,
    "/Circle": circle,
    "/Text": sign,
}
