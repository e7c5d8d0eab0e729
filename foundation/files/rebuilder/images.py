"""Pictures: decoded, turned upright, painted onto a new picture that never had anything but pixels."""

import io

import pi_heif
from PIL import ExifTags, Image, ImageOps

from foundation.files.rebuilder.refusal import MAX_PIXELS, Unfit

QUALITY = 88
FORMATS = ("JPEG", "PNG", "HEIF")
Image.MAX_IMAGE_PIXELS = None  # looked at below, before a pixel is decoded


def warm() -> None:
    """Use each decoder and encoder once."""
    pi_heif.register_heif_opener(thumbnails=False)
    pi_heif.options.DECODE_THREADS = 1
    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = 6
    for name, modes in {"JPEG": ("RGB", "L", "CMYK"), "PNG": ("RGB", "RGBA", "P", "I;16")}.items():
        for mode in modes:
            kept = io.BytesIO()
            Image.new(mode, (16, 16)).save(kept, name, exif=turned)
            rebuild(kept.getvalue())


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return a new picture: PNG for PNG, else JPEG."""
    image = Image.open(io.BytesIO(content), formats=FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise Unfit("too_many_pixels")
    notes = ["first_picture"] if getattr(image, "n_frames", 1) > 1 else []
    upright = ImageOps.exif_transpose(image)
    new = repainted(upright)
    out = io.BytesIO()
    if image.format == "PNG":
        new.save(out, "PNG")
    else:
        new.save(out, "JPEG", quality=QUALITY)
    return out.getvalue(), notes


def repainted(image: Image.Image) -> Image.Image:
    """Return a new image with the same pixels, on white: no text, no place, nothing transparent."""
    if image.has_transparency_data:
        image = image.convert("RGBA")
        new = Image.new("RGB", image.size, "white")
        new.paste(image, mask=image.getchannel("A"))
        return new
    if image.mode.startswith("I"):  # sixteen bits of gray; convert() would cut them off instead of scaling
        image = image.point(lambda value: value / 256).convert("L")
    mode = "L" if image.mode in ("1", "L") else "RGB"
    new = Image.new(mode, image.size)
    new.paste(image.convert(mode))
    return new
