"""The bytes of an image -> a picture fit to publish: its pixels, and nothing else. The one door to Pillow.

Pictures are drawn anew: upright, in sRGB, small. So what a camera, a phone or an editor has written beside
the pixels (place, serial number, owner, thumbnail, comment, trailing bytes) cannot get out. The same bytes
and the same Pillow always give the same picture.
"""

from __future__ import annotations

import hashlib
import io
import warnings
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import TYPE_CHECKING

from sitrep.base.values import Struct
from sitrep.pictures.image_formats import (
    DAMAGED,
    MOST_IN_LAYERS,
    MOST_PIXELS,
    MOST_SCANS,
    WIDEST,
    Format,
    Unfit,
    claimed,
    format_of,
    too_many,
)

if TYPE_CHECKING:
    from PIL.Image import Image

HIGHEST = 2 * WIDEST
"""Pixels of a published picture, at most."""
BUDGET = 60_000
"""Bytes of a published picture; more only where even 320 pixels would need more."""

_METHOD = "1"
"""Raised whenever the same image comes to give other bytes."""
_QUALITIES = (80, 68, 56, 44)
_COLOURS = (256, 64, 16)
_SMALLEST = 320
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270",
    7: "TRANSVERSE", 8: "ROTATE_90",
}  # fmt: skip
"""How to turn an image for each value of its orientation (Exif 2.32, 4.6.4)."""


class Made(Struct, frozen=True, kw_only=True):
    """A picture as it is published."""

    content: bytes
    type: str
    """``image/jpeg`` or ``image/png``."""
    width: int
    height: int
    """In pixels."""

    @property
    def name(self) -> str:
        """What it is called: by its bytes, so that equal pictures are one and no name of a drop gets out."""
        return f"{hashlib.sha256(self.content).hexdigest()[:16]}.{_SUFFIXES[self.type]}"


_SUFFIXES = {"image/jpeg": "jpg", "image/png": "png"}


def is_sound(name: str, content: bytes) -> bool:
    """True if these are the bytes of the picture of that name (``Made.name``), whole and unchanged."""
    return hashlib.sha256(content).hexdigest()[:16] == name.partition(".")[0]


@cache
def recipe() -> str:
    """Changes with whatever makes the same image give other bytes; empty where Pillow is not installed. Found
    without importing Pillow."""
    spec = PathFinder.find_spec("PIL")
    if spec is None or spec.origin is None:
        return ""
    version = Path(spec.origin).with_name("_version.py")
    known = version.read_bytes() if version.is_file() else b"?"
    return f"{_METHOD}-{hashlib.sha256(known).hexdigest()[:12]}"


def make(content: bytes) -> Made | Unfit:
    """The picture to publish for an image, or why there is none. Never raises, whatever the bytes are. JPEG,
    PNG, WebP, AVIF and the first frame of a GIF are taken. The result is a JPEG, or a PNG where something is
    transparent or there are few colours: at most 1,000 pixels wide, about 60 KB."""
    form = _fit(content)
    if isinstance(form, Unfit):
        return form
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _made(content, form)
    except MemoryError:
        return Unfit("needs too much memory", f"save it smaller, for example {WIDEST:,} pixels wide")
    except Exception as fault:
        # A decoder meets bytes that somebody made for it, and fails in any way it likes.
        return too_many(None) if type(fault).__name__ == "DecompressionBombError" else DAMAGED


def refused(content: bytes) -> Unfit | None:
    """Why there can be no picture, as far as that is seen without reading the image."""
    form = _fit(content)
    return form if isinstance(form, Unfit) else None


def _fit(content: bytes) -> Format | Unfit:
    form = format_of(content)
    if isinstance(form, Unfit) or recipe():
        return form
    return Unfit(
        "cannot be cleaned of what the camera wrote into it: Pillow is not installed",
        "install it (pip install pillow) and publish again",
    )


# -- drawing it anew -------------------------------------------------------------------------------


def _made(content: bytes, form: Format) -> Made | Unfit:
    from PIL import Image

    told = claimed(content, form)
    if told and told[0] * told[1] > MOST_PIXELS[form]:
        return too_many(told)
    # Pillow refuses at twice its own bound; ours come first.
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS[form]
    with Image.open(io.BytesIO(content), formats=(form,)) as image:
        most = MOST_IN_LAYERS if "progressive" in image.info else MOST_PIXELS[form]
        if image.width * image.height > most:
            return too_many(image.size)
        if form == "JPEG" and content.count(b"\xff\xda") > MOST_SCANS:
            return Unfit("is a JPEG of too many layers", "open it, save it again as JPEG, drop that")
        turned = _orientation(image)
        profile = image.info.get("icc_profile")
        if form == "JPEG":
            image.draft(None, (2 * WIDEST, 2 * WIDEST))
        plain = _plain(image)
        few = form != "JPEG" and (image.mode in ("1", "P") or plain.getcolors(256) is not None)
        small = _smaller(plain, turned in (5, 6, 7, 8))
    if turned in _UPRIGHT:
        small = small.transpose(Image.Transpose[_UPRIGHT[turned]])
    return _saved(_fresh(_in_srgb(small, profile)), few)


def _orientation(image: Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # the Exif block is as untrusted as the rest, and nothing depends on it
        return 1


def _plain(image: Image) -> Image:
    """In a mode that can be made smaller: L, RGB, RGBA, CMYK."""
    if image.mode.startswith("I") or image.mode == "F":
        # Sixteen bits of grey: the eight upper ones.
        return image.convert("I").point(lambda value: value * (1 / 256) + 0).convert("L")
    if image.mode in ("LA", "La", "PA", "RGBa", "RGBA") or "transparency" in image.info:
        rgba = image if image.mode == "RGBA" else image.convert("RGBA")
        opaque = rgba.getextrema()[-1] == (255, 255)
        return rgba.convert("RGB") if opaque else rgba
    if image.mode in ("L", "RGB", "CMYK"):
        return image
    return image.convert("L" if image.mode == "1" else "RGB")


def _smaller(image: Image, lies: bool) -> Image:
    """Within the bounds that hold once it stands upright."""
    from PIL.Image import Resampling

    bounds = (HIGHEST, WIDEST) if lies else (WIDEST, HIGHEST)
    small = image.copy() if image.width * image.height <= bounds[0] * bounds[1] else image
    small.thumbnail(bounds, Resampling.LANCZOS, reducing_gap=3.0)
    return small


def _in_srgb(image: Image, profile: bytes | None) -> Image:
    """The same colours without a colour profile; one that cannot be understood is passed over."""
    from PIL import ImageCms

    alpha = image.getchannel("A") if image.mode == "RGBA" else None
    colours = image.convert("RGB") if alpha else image
    if profile:
        try:
            own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            mode = "L" if image.mode == "L" else "RGB"
            target = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(colours, own, target, outputMode="RGB")
            colours = (found or colours).convert(mode)
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    if colours.mode == "CMYK":
        colours = colours.convert("RGB")
    if alpha:
        colours = colours.convert("RGB")
        colours.putalpha(alpha)
    return colours


def _fresh(image: Image) -> Image:
    """The pixels alone, in an image that never saw the file."""
    from PIL import Image as images

    return images.frombytes(image.mode, image.size, image.tobytes())


# -- saving it -------------------------------------------------------------------------------------


def _saved(image: Image, few: bool) -> Made:
    if few or image.mode == "RGBA":
        content = _png(image)
        if len(content) <= BUDGET:
            return Made(content=content, type="image/png", width=image.width, height=image.height)
    return _jpeg(_on_white(image))


def _on_white(image: Image) -> Image:
    from PIL import Image as images

    if image.mode != "RGBA":
        return image
    ground = images.new("RGB", image.size, "white")
    ground.paste(image, mask=image.getchannel("A"))
    return ground


def _png(image: Image) -> bytes:
    """With as many colours as the budget allows."""
    from PIL.Image import Dither, Quantize

    method = Quantize.FASTOCTREE if image.mode == "RGBA" else Quantize.MEDIANCUT
    content = b""
    for colours in _COLOURS:
        written = io.BytesIO()
        image.quantize(colours, method, dither=Dither.NONE).save(written, "PNG", optimize=True)
        content = written.getvalue()
        if len(content) <= BUDGET:
            break
    return content


def _jpeg(image: Image) -> Made:
    """As good as the budget allows: coarser first, then smaller."""
    from PIL.Image import Resampling

    shown = image
    while True:
        for quality in _QUALITIES:
            written = io.BytesIO()
            shown.save(written, "JPEG", quality=quality, optimize=True, progressive=True, subsampling="4:2:0")
            content = written.getvalue()
            if len(content) <= BUDGET:
                break
        if len(content) <= BUDGET or max(shown.size) <= _SMALLEST:
            return Made(content=content, type="image/jpeg", width=shown.width, height=shown.height)
        # Bytes go by the number of pixels, roughly; a little is left for finer quality.
        part = min(0.9, 0.95 * (BUDGET / len(content)) ** 0.5)
        size = (max(1, int(shown.width * part)), max(1, int(shown.height * part)))
        shown = image.resize(size, Resampling.LANCZOS)
