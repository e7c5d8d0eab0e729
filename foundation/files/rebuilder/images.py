"""Pictures: decoded, turned upright, painted onto a new picture that never had anything but pixels."""

import io

import pi_heif
from PIL import ExifTags, Image, ImageFile, PngImagePlugin

from foundation.files.rebuilder.refusal import MAX_PIXELS, Unfit

QUALITY = 88
# A JPEG with more pictures behind its first, as cameras and phones write them, opens as MPO by itself.
FORMATS = ("JPEG", "PNG", "HEIF")
# How a camera was held (Exif 2.32, tag 0x0112), and what puts its picture upright.
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
PngImagePlugin.MAX_TEXT_CHUNK = PngImagePlugin.MAX_TEXT_MEMORY  # programs write long descriptions
Image.MAX_IMAGE_PIXELS = None  # looked at below, before a pixel is decoded


def warm() -> None:
    """Load every reader there is, which a file may ask for, and use each decoder and encoder once."""
    Image.init()
    pi_heif.register_heif_opener(thumbnails=False)
    pi_heif.options.DECODE_THREADS = 1
    turned = Image.Exif()
    turned[ExifTags.Base.Orientation] = 6
    for name, modes in {"JPEG": ("RGB", "L", "CMYK"), "PNG": ("RGB", "RGBA", "P", "I;16")}.items():
        for mode in modes:
            kept = io.BytesIO()
            Image.new(mode, (16, 16)).save(kept, name, exif=turned)
            rebuild(kept.getvalue())
    kept = io.BytesIO()
    Image.new("RGB", (16, 16)).save(kept, "MPO", save_all=True, append_images=[Image.new("RGB", (16, 16))])
    rebuild(kept.getvalue())


def rebuild(content: bytes) -> tuple[bytes, list[str]]:
    """Return a new picture: PNG for PNG, else JPEG."""
    image = Image.open(io.BytesIO(content), formats=FORMATS)
    if image.width * image.height > MAX_PIXELS:
        raise Unfit("too_many_pixels")
    notes = ["first_picture"] if getattr(image, "n_frames", 1) > 1 else []
    kind = image.format
    pixels, whole = decoded(image, content)
    new = repainted(upright(pixels))
    out = io.BytesIO()
    if kind == "PNG":
        new.save(out, "PNG")
    else:
        new.save(out, "JPEG", quality=QUALITY)
    return out.getvalue(), [*notes, *([] if whole else ["cut_short"])]


def decoded(image: Image.Image, content: bytes) -> tuple[Image.Image, bool]:
    """Return the picture with its pixels, and whether the file held all of them; the rest stays gray."""
    try:
        image.load()
    except OSError:
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        image = Image.open(io.BytesIO(content), formats=FORMATS)
        try:
            image.load()
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False
        if not image.getbbox():
            raise Unfit("broken") from None  # nothing of it arrived
        return image, False
    return image, True


def upright(image: Image.Image) -> Image.Image:
    """Return the picture as its camera was held; notes of the camera that cannot be read say nothing."""
    try:
        held = image.getexif().get(ExifTags.Base.Orientation)
    except Exception:  # noqa: BLE001  whatever the library stumbles over, the picture is there
        held = None
    turn = TURNS.get(held) if isinstance(held, int) else None
    return image.transpose(turn) if turn is not None else image


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
