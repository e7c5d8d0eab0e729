"""A page as a reader sees it: what of it is shown, how it is turned, where a place on it lies in the file."""

from dataclasses import dataclass
from typing import Any

from foundation.files.rebuilder.documents import inherited
from foundation.files.rebuilder.values import numbers
from packets.binding.paper import LETTER

Box = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Sheet:
    """The box that is shown, in the file's units, how far it is turned clockwise, and points per unit."""

    left: float
    bottom: float
    right: float
    top: float
    turn: int
    unit: float

    @property
    def width(self) -> float:
        """Width as shown, in points."""
        side = self.top - self.bottom if self.turn in (90, 270) else self.right - self.left
        return side * self.unit

    @property
    def height(self) -> float:
        """Height as shown, in points."""
        side = self.right - self.left if self.turn in (90, 270) else self.top - self.bottom
        return side * self.unit

    @property
    def matrix(self) -> Matrix:
        """What takes points from the lower left corner, as shown, to the file's own places."""
        per = 1 / self.unit
        return {
            0: (per, 0, 0, per, self.left, self.bottom),
            90: (0, per, -per, 0, self.right, self.bottom),
            180: (-per, 0, 0, -per, self.right, self.top),
            270: (0, -per, per, 0, self.left, self.top),
        }[self.turn]

    def box_of(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return the place in the file of a box given in shares of the page as shown, from its upper left."""
        a, b, c, d, e, f = self.matrix
        corners = [(x * self.width, (1 - y) * self.height) for x, y in ((left, top), (right, bottom))]
        places = [(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
        xs, ys = sorted(x for x, _y in places), sorted(y for _x, y in places)
        return xs[0], ys[0], xs[1], ys[1]

    def shown(
        self, left: float, bottom: float, right: float, top: float
    ) -> tuple[float, float, float, float]:
        """Return where a box of the file lies on the page as it is shown, in points from its lower left."""
        wide, high = self.right - self.left, self.top - self.bottom
        x0, y0, x1, y1 = left - self.left, bottom - self.bottom, right - self.left, top - self.bottom
        box = {
            0: (x0, y0, x1, y1),
            90: (y0, wide - x1, y1, wide - x0),
            180: (wide - x1, high - y1, wide - x0, high - y0),
            270: (high - y1, x0, high - y0, x1),
        }[self.turn]
        a, b, c, d = (side * self.unit for side in box)
        return a, b, c, d


def sheet_of(page: Any) -> Sheet:
    """Return a page of a file as it is shown; a box that makes no sense counts as US Letter."""
    media = _box(page, "/MediaBox") or (0.0, 0.0, *LETTER)
    crop = _box(page, "/CropBox") or media
    shown = (
        max(media[0], crop[0]),
        max(media[1], crop[1]),
        min(media[2], crop[2]),
        min(media[3], crop[3]),
    )
    if shown[2] - shown[0] <= 1 or shown[3] - shown[1] <= 1:
        shown = media
    turned = numbers([inherited(page, "/Rotate")]) or [0]
    unit = numbers([page.get("/UserUnit")]) or [1.0]
    return Sheet(*shown, turn=int(turned[0]) // 90 * 90 % 360, unit=unit[0] if unit[0] > 0 else 1.0)


def _box(page: Any, key: str) -> Box | None:
    given = numbers(inherited(page, key))
    if len(given) != 4:
        return None
    left, right = sorted((given[0], given[2]))
    bottom, top = sorted((given[1], given[3]))
    return (left, bottom, right, top) if right - left > 1 and top - bottom > 1 else None
