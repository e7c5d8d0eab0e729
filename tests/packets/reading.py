"""What a reader sees of a packet: texts, pictures, numbers; by a library that stamps nothing."""

from dataclasses import dataclass

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw, ImageStat  # noqa: F401

from packets.making.building import build
from packets.making.numbering import tab_of
from packets.making.parts import Bound, Cover, Exhibit, Packet, Shown

COVER = Cover(filer=("Ade Attorney",), respondents=(("Amina X", "A 123-456-789"),), title="EXHIBITS")


@dataclass
class Made:
    bound: Bound
    volumes: list[bytes]

    @property
    def texts(self) -> list[str]:
        return [text for volume in self.volumes for text in texts_of(volume)]


def made(*exhibits: Exhibit, most: int = 25_000_000, **more: object) -> Made:
    volumes: list[bytes] = []
    packet = Packet(COVER, exhibits, **more)  # type: ignore[arg-type]
    return Made(build(packet, lambda _number, content: volumes.append(content), most=most), volumes)


def exhibit(place: int, content: bytes, **more: object) -> Exhibit:
    key = str(more.pop("key", f"e{place}"))
    return Exhibit(key, tab_of(place), f"Exhibit {place}", load=lambda: content, **more)  # type: ignore[arg-type]


def quoting(exact: str, **more: object) -> tuple[Shown, ...]:
    return (Shown(says="It shows", key="q", exact=exact, **more),)  # type: ignore[arg-type]


def texts_of(volume: bytes) -> list[str]:
    document = pdfium.PdfDocument(volume)
    return [page.get_textpage().get_text_range() for page in document]


def squeezed(text: str) -> str:
    return "".join(text.split())


def pictures_of(volume: bytes, scale: float = 2) -> list[Image.Image]:
    return [page.render(scale=scale).to_pil().convert("RGB") for page in pdfium.PdfDocument(volume)]


def is_alike(one: Image.Image, other: Image.Image) -> bool:
    """Tell whether two pictures show the same, but for edges that were drawn larger and made smaller."""
    return one.size == other.size and max(ImageStat.Stat(ImageChops.difference(one, other)).mean) < 3
