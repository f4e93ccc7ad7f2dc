"""Pictures are drawn anew: nothing beside the pixels survives, and no image makes the program slow or fat."""

from __future__ import annotations

import io
import os
import struct
import subprocess
import sys
import textwrap
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("PIL", reason="Pillow is not installed (make setup installs it)")

from PIL import Image, ImageCms, PngImagePlugin

from sitrep.pictures import clean_image
from sitrep.pictures.clean_image import Made, is_sound, make
from sitrep.pictures.image_formats import WIDEST, Unfit
from tests.lanes import one_fast

ROOT = Path(__file__).parents[2]
CANARY = b"Canary of the informant"
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + CANARY + b"</x:xmpmeta>"


def saved(image: Image.Image, form: str, **more: object) -> bytes:
    """An image as a file."""
    written = io.BytesIO()
    image.save(written, form, **more)  # type: ignore[arg-type]
    return written.getvalue()


def photograph(width: int = 640, height: int = 480) -> Image.Image:
    """Something with many colours and much detail."""
    noise = Image.effect_noise((width // 4 or 1, height // 4 or 1), 80).resize((width, height))
    slope = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (noise, slope, noise.transpose(Image.Transpose.ROTATE_180)))


def exif() -> bytes:
    """Exif with a camera, an owner, a position and a thumbnail's worth of bytes."""
    found = Image.Exif()
    text = CANARY.decode()
    found[0x010F] = found[0x8298] = found[0x010E] = text
    found.get_ifd(0x8769).update({0xA431: text, 0x9286: CANARY, 0x927C: CANARY * 20})
    found.get_ifd(0x8825).update({1: "N", 2: (36.0, 12.0, 7.0), 3: "E", 4: (37.0, 9.0, 1.0), 29: text})
    return found.tobytes()


def segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def profile() -> bytes:
    """A colour profile that says who made it."""
    made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return made + CANARY


def telling_jpeg() -> bytes:
    """A JPEG with everything a camera, an editor and a careless tool leave in it."""
    photo = photograph()
    plain = saved(photo, "JPEG", exif=exif(), icc_profile=profile(), comment=CANARY, xmp=XMP)
    iptc = segment(0xED, b"Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x20\x1c\x02\x50\x00\x17" + CANARY)
    thumbnail = segment(0xE0, b"JFXX\x00\x10" + saved(photo.resize((80, 60)), "JPEG", comment=CANARY))
    return plain[:2] + iptc + thumbnail + plain[2:] + b"PK\x03\x04" + CANARY


def telling_png() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", CANARY.decode())
    info.add_itxt("XML:com.adobe.xmp", XMP.decode())
    plain = saved(photograph(), "PNG", pnginfo=info, exif=exif(), icc_profile=profile())
    return plain[:-12] + chunk(b"prVt", CANARY) + plain[-12:] + CANARY


TELLING: dict[str, Callable[[], bytes]] = {
    "jpeg": telling_jpeg,
    "png": telling_png,
    "webp": lambda: saved(photograph(), "WEBP", exif=exif(), icc_profile=profile(), xmp=XMP) + CANARY,
    "avif": lambda: saved(photograph(), "AVIF", exif=exif(), icc_profile=profile(), xmp=XMP) + CANARY,
    "gif": lambda: saved(photograph().convert("P"), "GIF", comment=CANARY) + CANARY,
}


def segments(jpeg: bytes) -> Iterator[int]:
    """Markers of a JPEG's segments up to the pixels; fails unless the file ends where the picture does."""
    assert jpeg[:2] == b"\xff\xd8"
    assert jpeg[-2:] == b"\xff\xd9"
    assert jpeg.count(b"\xff\xd9") == 1
    at = 2
    while True:
        assert jpeg[at] == 0xFF
        yield jpeg[at + 1]
        if jpeg[at + 1] == 0xDA:
            return
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]


def chunks(png: bytes) -> Iterator[bytes]:
    """Kinds of a PNG's chunks; fails unless the file ends with the last one."""
    at = 8
    while at < len(png):
        yield png[at + 4 : at + 8]
        at += 12 + struct.unpack(">I", png[at : at + 4])[0]
    assert at == len(png)


def drawn(content: bytes) -> Made:
    """The picture made of an image; fails if there is none."""
    made = make(content)
    assert isinstance(made, Made), made
    return made


def shown(made: Made) -> Image.Image:
    return Image.open(io.BytesIO(made.content)).convert("RGB")


# -- nothing but pixels -----------------------------------------------------------------------------


@pytest.mark.parametrize("form", TELLING)
def test_nothing_beside_the_pixels_survives(form: str) -> None:
    """Exif, GPS, XMP, IPTC, comments, thumbnails, profiles, trailing bytes: in the image, then gone."""
    content = TELLING[form]()
    assert content.count(CANARY) + content.count(CANARY.decode().encode("utf-16-le")) >= (
        1 if form == "gif" else 2
    )
    made = drawn(content)
    assert CANARY not in made.content
    assert not Image.open(io.BytesIO(made.content)).info.keys() & {
        "exif", "xmp", "icc_profile", "comment", "photoshop", "dpi", "Author",
    }  # fmt: skip
    if made.type == "image/jpeg":
        # JFIF, tables, frame, scan: no other APPn, no comment.
        assert set(segments(made.content)) <= {0xE0, 0xDB, 0xC2, 0xC4, 0xDA}
    else:
        assert set(chunks(made.content)) <= {b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright(orientation: int) -> None:
    """However the camera was held, and with no word of it left: what was above is above."""
    upright = Image.new("RGB", (64, 32), "white")
    upright.paste("red", (0, 0, 32, 16))
    upright.paste("blue", (32, 16, 64, 32))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}
    lying = upright.transpose(Image.Transpose(back[orientation])) if orientation > 1 else upright
    note = Image.Exif()
    note[0x0112] = orientation
    for form in ("JPEG", "PNG", "WEBP"):
        made = drawn(saved(lying, form, exif=note.tobytes()))
        assert (made.width, made.height) == (64, 32)
        red, white, blue = (shown(made).getpixel(at) for at in ((8, 4), (8, 28), (56, 28)))
        assert red[0] > 200 > 80 > red[2]  # type: ignore[index]
        assert min(white) > 200  # type: ignore[type-var, arg-type]
        assert blue[2] > 200 > 80 > blue[0]  # type: ignore[index]


def test_the_same_image_gives_the_same_bytes(tmp_path: Path) -> None:
    """In this process, and in another with another clock zone, hash seed and place."""
    content = telling_jpeg()
    (tmp_path / "a.jpg").write_bytes(content)
    code = "from sitrep.pictures.clean_image import make; print(make(open('a.jpg','rb').read()).name)"
    env = {**os.environ, "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "7", "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    assert drawn(content).content == drawn(content).content
    assert run.stdout.strip() == drawn(content).name


def test_a_name_tells_the_bytes() -> None:
    """A picture is called by its bytes: a torn or exchanged file is known by its name."""
    made = drawn(saved(photograph(), "JPEG"))
    assert is_sound(made.name, made.content)
    assert not is_sound(made.name, made.content[:-1])
    assert not is_sound(made.name, b"")


# -- small, and still good --------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "height"), one_fast((1200, 1600), (4000, 3000), (900, 6000), (3000, 40)))
def test_a_picture_is_small(width: int, height: int) -> None:
    """At most 1,000 pixels wide, 60 KB, and of the shape it had."""
    made = drawn(saved(photograph(width, height), "JPEG"))
    assert made.width <= WIDEST
    assert made.height <= clean_image.HIGHEST
    assert len(made.content) <= clean_image.BUDGET
    assert shown(made).size == (made.width, made.height)
    assert abs(made.width / made.height / (width / height) - 1) < 0.1


def test_a_small_picture_stays_as_large_as_it_is() -> None:
    """Nothing is blown up."""
    made = drawn(saved(photograph(320, 200), "JPEG"))
    assert (made.width, made.height) == (320, 200)


def test_a_chart_stays_sharp() -> None:
    """Few colours make a PNG, and one that fits is kept to the pixel."""
    chart = Image.new("RGB", (500, 300), "white")
    for step in range(10):
        chart.paste((25 * step, 90, 200 - 20 * step), (50 * step, 290 - 28 * step, 50 * step + 40, 300))
    made = drawn(saved(chart, "PNG"))
    assert made.type == "image/png"
    assert shown(made).tobytes() == chart.tobytes()


def test_what_is_transparent_stays_so() -> None:
    """A picture with holes is a PNG with the same holes; one too heavy for that stands on white."""
    mark = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    mark.paste((200, 30, 30, 255), (50, 50, 150, 150))
    made = drawn(saved(mark, "PNG"))
    again = Image.open(io.BytesIO(made.content)).convert("RGBA")
    assert made.type == "image/png"
    assert again.getpixel((10, 10))[3] == 0  # type: ignore[index]
    assert again.getpixel((100, 100)) == (200, 30, 30, 255)
    heavy = Image.effect_noise((1000, 1000), 120).convert("RGBA")
    heavy.putalpha(Image.radial_gradient("L").resize((1000, 1000)))
    assert drawn(saved(heavy, "PNG")).type == "image/jpeg"


@pytest.mark.parametrize(
    "image",
    [
        Image.effect_noise((90, 60), 40).convert("CMYK"),
        Image.linear_gradient("L").convert("I").point(lambda value: value * 257 + 0).convert("I;16"),
        Image.linear_gradient("L").convert("1"),
        Image.linear_gradient("L").convert("LA"),
        Image.linear_gradient("L").convert("P"),
    ],
    ids=["CMYK", "16 bits", "1 bit", "grey with alpha", "palette"],
)
def test_every_kind_of_pixel_is_understood(image: Image.Image) -> None:
    """Print colours, sixteen bits, black and white, palettes: light stays light and dark dark."""
    made = drawn(saved(image, "JPEG" if image.mode == "CMYK" else "PNG"))
    if image.mode != "CMYK":
        assert shown(made).getpixel((128, 4))[0] < 60  # type: ignore[index]
        assert shown(made).getpixel((128, 251))[0] > 195  # type: ignore[index]


def test_a_broken_colour_profile_is_no_obstacle() -> None:
    """It is dropped, as every profile is."""
    assert drawn(saved(photograph(), "JPEG", icc_profile=b"nonsense" * 20)).type == "image/jpeg"


# -- what is refused --------------------------------------------------------------------------------

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "fact"),
    [
        (SVG, "SVG"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- hello -->" + SVG, "SVG"),
        (b"<!DOCTYPE html><p>hello", "web page"),
        (b"%PDF-1.7\n", "is no JPEG"),
        (b"BM" + bytes(60), "is no JPEG"),
        (b"II*\x00" + bytes(60), "is no JPEG"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(40), "HEIC"),
        (b"", "is no JPEG"),
        (b"GIF89a<script>alert(1)</script>", "damaged"),
        (b"\xff\xd8\xff" + SVG, "damaged"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "damaged"),
    ],
)
def test_what_is_no_picture_is_refused(content: bytes, fact: str) -> None:
    """Whatever it is called; with what it is, and what to do about it."""
    refused = make(content)
    assert isinstance(refused, Unfit)
    assert fact in refused.fact
    assert refused.remedy


@given(data=st.data())
def test_no_bytes_raise(data: st.DataObject) -> None:
    """A file with any bytes cut, changed or put in gives a clean picture or a reason, never a fault."""
    form = data.draw(st.sampled_from(sorted(SMALL)))
    content = bytearray(SMALL[form])
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 9))] = data.draw(st.binary(max_size=9))
    made = make(bytes(content))
    assert isinstance(made, Unfit) or CANARY not in made.content


SMALL = {
    "jpeg": saved(photograph(48, 32), "JPEG", comment=CANARY),
    "progressive": saved(photograph(48, 32), "JPEG", comment=CANARY, progressive=True),
    "png": saved(photograph(48, 32), "PNG", exif=exif()),
    "gif": saved(photograph(48, 32).convert("P"), "GIF", comment=CANARY),
    "webp": saved(photograph(48, 32), "WEBP", exif=exif()),
    "avif": saved(photograph(48, 32), "AVIF", exif=exif()),
}


# -- bombs ------------------------------------------------------------------------------------------


def empty_png(width: int, height: int, kind: int, channels: int) -> bytes:
    """A PNG of nothing, as small as can be."""
    packer = zlib.compressobj(9)
    row = bytes(1 + width * channels)
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def endless_jpeg(scans: int) -> bytes:
    """A progressive JPEG that goes over its pixels again and again."""
    plain = saved(Image.new("RGB", (3400, 3400), "teal"), "JPEG", progressive=True, subsampling=0)
    last = plain.rindex(b"\xff\xda")
    return plain[:-2] + plain[last:-2] * scans + plain[-2:]


def vast_webp() -> bytes:
    canvas = b"VP8X" + struct.pack("<I", 10) + bytes(4) + b"\xfe\x3f\x00" * 2
    return b"RIFF" + struct.pack("<I", 4 + len(canvas) + 60) + b"WEBP" + canvas + bytes(60)


def vast_gif() -> bytes:
    plain = bytearray(saved(Image.new("P", (9, 9)), "GIF"))
    at = plain.index(b"\x2c")
    plain[at + 5 : at + 9] = struct.pack("<HH", 65_000, 65_000)
    return bytes(plain)


BOMBS: dict[str, Callable[[], bytes]] = {
    "png of 30,000 x 30,000": lambda: empty_png(30_000, 30_000, 0, 1),
    "largest png that is taken": lambda: empty_png(4_080, 3_060, 6, 4),
    "jpeg of 2,000 layers": lambda: endless_jpeg(2_000),
    "largest layered jpeg that is taken": lambda: endless_jpeg(40),
    "webp of 16,383 x 16,383": vast_webp,
    "gif with a frame of 65,000 x 65,000": vast_gif,
}

MEASURE = """
    import re, sys, time
    from sitrep.pictures.clean_image import make
    content = open(sys.argv[1], "rb").read()
    make(b"\\xff\\xd8\\xff")
    start = time.process_time()
    made = make(content)
    seconds = time.process_time() - start
    print(seconds, int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) // 1024)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell its memory")
@pytest.mark.parametrize("bomb", BOMBS)
def test_no_image_makes_it_slow_or_fat(bomb: str, tmp_path: Path) -> None:
    """Each within two seconds of this machine and 190 MB, the program itself included."""
    (tmp_path / "bomb").write_bytes(BOMBS[bomb]())
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(MEASURE), str(tmp_path / "bomb")],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, megabytes = map(float, run.stdout.split())
    assert seconds < 2
    assert megabytes < 190


@pytest.mark.parametrize("bomb", [name for name in BOMBS if not name.startswith("largest")])
@pytest.mark.slow
def test_a_bomb_is_refused(bomb: str) -> None:
    """With too many pixels or layers for what it is worth."""
    refused = make(BOMBS[bomb]())
    assert isinstance(refused, Unfit)
    assert "too many" in refused.fact


def test_without_pillow_nothing_is_published(monkeypatch: pytest.MonkeyPatch) -> None:
    """What cannot be cleaned is not published, and the writer is told what to install."""
    monkeypatch.setattr(clean_image, "recipe", lambda: "")
    refused = make(telling_jpeg())
    assert isinstance(refused, Unfit)
    assert "Pillow is not installed" in refused.fact
    assert "pip install" in refused.remedy
