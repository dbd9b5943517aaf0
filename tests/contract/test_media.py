"""One suite for the media stores; and what the inspector takes, and what it must not."""

from __future__ import annotations

import asyncio
import hashlib
import io
import stat
import struct
import zlib
from pathlib import Path

import psutil
import pytest
from PIL import Image

from domain.errors import MediaRefused, RetryLater
from domain.ports import MediaStore
from tests.fakes.media import MemoryMedia, TrustingInspector
from tests.service.stage import PATIENCE
from tools.media.disk import DiskMedia
from tools.media.inspect import ChildInspector, InspectionLimits


@pytest.fixture(params=["memory", "disk"])
def media(request: pytest.FixtureRequest, tmp_path: Path) -> MediaStore:
    return MemoryMedia() if request.param == "memory" else DiskMedia(tmp_path / "media")


# -- stores ---------------------------------------------------------------------------------------


async def test_what_is_put_can_be_got(media: MediaStore) -> None:
    sha256 = await media.put(b"photo", "image/jpeg")
    assert sha256 == hashlib.sha256(b"photo").hexdigest()
    assert await media.get(sha256) == (b"photo", "image/jpeg")


async def test_the_same_bytes_are_kept_once(media: MediaStore) -> None:
    first, second = await asyncio.gather(
        media.put(b"photo", "image/jpeg"), media.put(b"photo", "image/jpeg")
    )
    assert first == second
    assert await media.put(b"photo", "image/png") == first
    assert await media.get(first) == (b"photo", "image/jpeg")


@pytest.mark.parametrize("sha256", ["0" * 64, "", "../../etc/passwd", "A" * 64, "0" * 64 + "\n"])
async def test_what_is_not_there_is_refused(media: MediaStore, sha256: str) -> None:
    with pytest.raises(MediaRefused):
        await media.get(sha256)


async def test_files_on_disk_are_ours_alone_and_nothing_half_stays(tmp_path: Path) -> None:
    media = DiskMedia(tmp_path / "media")
    await media.put(b"photo", "image/jpeg")
    files = [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    assert len(files) == 2
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert not [path for path in files if path.name.startswith(".new-")]


async def test_a_damaged_file_is_refused_and_mended_by_putting_it_again(tmp_path: Path) -> None:
    media = DiskMedia(tmp_path)
    sha256 = await media.put(b"photo", "image/jpeg")
    _damage(tmp_path, sha256)
    with pytest.raises(MediaRefused, match="damaged"):
        await media.get(sha256)
    await media.put(b"photo", "image/jpeg")
    assert await media.get(sha256) == (b"photo", "image/jpeg")


async def test_a_disk_that_does_not_take_it_is_for_later(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(RetryLater):
        await DiskMedia(tmp_path / "file").put(b"photo", "image/jpeg")


# -- inspector ------------------------------------------------------------------------------------


@pytest.fixture
def inspector() -> ChildInspector:
    return ChildInspector(InspectionLimits(seconds=PATIENCE))


def encoded(image: Image.Image, format: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png), formats=("PNG",))
    image.load()
    return image


def bomb(side: int) -> bytes:
    """A grey PNG of side x side whose rows are zeros: small here, huge once opened."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    packer = zlib.compressobj(9)
    row = bytes(3 * side + 1)
    rows = b"".join([*(packer.compress(row) for _ in range(side)), packer.flush()])
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", header),
            chunk(b"IDAT", rows),
            chunk(b"IEND", b""),
        ]
    )


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "GIF"])
async def test_a_plain_image_becomes_a_png(inspector: ChildInspector, format: str) -> None:
    png = await inspector.normalise_image(encoded(Image.new("RGB", (60, 40), "red"), format))
    image = opened(png)
    assert (image.format, image.size, image.mode) == ("PNG", (60, 40), "RGB")
    red, green, blue = image.getpixel((30, 20))  # type: ignore[misc]
    assert red > 240
    assert max(green, blue) < 20


async def test_a_large_photo_is_scaled_down(inspector: ChildInspector) -> None:
    photo = encoded(Image.new("RGB", (4032, 3024), "blue"), "JPEG")
    assert opened(await inspector.normalise_image(photo)).size == (2000, 1500)


async def test_a_photo_comes_out_upright_and_without_metadata(inspector: ChildInspector) -> None:
    photo = Image.new("RGB", (80, 40), "white")
    photo.paste("black", (0, 0, 20, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn right by 90 degrees
    exif[0x010F] = "Secret Camera"
    png = await inspector.normalise_image(encoded(photo, "JPEG", exif=exif, quality=95))
    image = opened(png)
    assert image.size == (40, 80)
    assert image.convert("L").getpixel((20, 5)) < 60  # type: ignore[operator]
    assert image.convert("L").getpixel((20, 75)) > 200  # type: ignore[operator]
    assert b"Secret" not in png


async def test_what_is_transparent_turns_white(inspector: ChildInspector) -> None:
    png = await inspector.normalise_image(encoded(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"))
    assert opened(png).getpixel((4, 4)) == (255, 255, 255)


async def test_only_the_first_frame_of_an_animation(inspector: ChildInspector) -> None:
    frames = [Image.new("RGB", (30, 30), colour) for colour in ("lime", "red", "blue")]
    for format in ("WEBP", "GIF"):
        animated = encoded(frames[0], format, save_all=True, append_images=frames[1:], duration=50)
        image = opened(await inspector.normalise_image(animated))
        assert getattr(image, "n_frames", 1) == 1
        red, green, _ = image.getpixel((15, 15))  # type: ignore[misc]
        assert green > 200
        assert red < 60


async def test_a_bomb_is_refused_and_our_own_memory_does_not_grow(
    inspector: ChildInspector,
) -> None:
    data = bomb(13_000)
    assert len(data) < 1_000_000
    before = psutil.Process().memory_info().rss
    for _ in range(3):
        with pytest.raises(MediaRefused, match="megapixels"):
            await inspector.normalise_image(data)
    assert psutil.Process().memory_info().rss - before < 20 << 20


def lying_header() -> bytes:
    """A PNG that says 100 x 100 in its header and holds far more."""
    honest = bomb(3_000)
    header = struct.pack(">IIBBBBB", 100, 100, 8, 2, 0, 0, 0)
    return honest[:16] + header + struct.pack(">I", zlib.crc32(b"IHDR" + header)) + honest[33:]


JPEG = encoded(Image.effect_noise((300, 300), 80), "JPEG")
BAD = {
    "nothing": b"",
    "cut off": JPEG[: len(JPEG) // 2],
    "only a header": JPEG[:20],
    "text called jpg": b"esto no es una foto\n" * 50,
    "svg": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n",
    "bmp": encoded(Image.new("RGB", (10, 10)), "BMP"),
    "tiff": encoded(Image.new("RGB", (10, 10)), "TIFF"),
    "zeros": bytes(100_000),
    "png with a broken chunk": encoded(Image.new("RGB", (50, 50)), "PNG")[:60] + b"\xff" * 40,
    "cut off webp": encoded(Image.effect_noise((200, 200), 80).convert("RGB"), "WEBP")[:900],
}


@pytest.mark.parametrize("data", BAD.values(), ids=BAD.keys())
async def test_what_is_no_good_image_is_refused(inspector: ChildInspector, data: bytes) -> None:
    with pytest.raises(MediaRefused, match="image"):
        await inspector.normalise_image(data)


async def test_a_header_that_lies_does_no_harm(inspector: ChildInspector) -> None:
    try:
        png = await inspector.normalise_image(lying_header())
    except MediaRefused:
        return
    assert opened(png).size == (100, 100)


async def test_a_child_that_takes_too_long_is_ended() -> None:
    inspector = ChildInspector(InspectionLimits(seconds=0.01))
    with pytest.raises(MediaRefused, match="within"):
        await inspector.normalise_image(JPEG)
    assert [child for child in psutil.Process().children() if "decode.py" in _words(child)] == []


async def test_a_child_that_needs_too_much_memory_is_refused() -> None:
    inspector = ChildInspector(InspectionLimits(memory=160 << 20, seconds=PATIENCE))
    photo = encoded(Image.new("RGBA", (3_500, 3_500), "blue"), "PNG")
    with pytest.raises(MediaRefused, match="not taken"):
        await inspector.normalise_image(photo)


async def test_too_large_a_file_does_not_even_start_a_child() -> None:
    inspector = ChildInspector(InspectionLimits(largest_input=10))
    with pytest.raises(MediaRefused, match="larger"):
        await inspector.normalise_image(JPEG)


async def test_too_large_a_result_is_refused() -> None:
    inspector = ChildInspector(InspectionLimits(largest_output=100, seconds=PATIENCE))
    with pytest.raises(MediaRefused, match="too large"):
        await inspector.normalise_image(JPEG)


async def test_no_more_children_than_allowed() -> None:
    inspector = ChildInspector(InspectionLimits(children=2, seconds=PATIENCE))
    work = asyncio.gather(*(inspector.normalise_image(JPEG) for _ in range(8)))
    most = 0
    while not work.done():
        running = [c for c in psutil.Process().children() if "decode.py" in _words(c)]
        most = max(most, len(running))
        await asyncio.sleep(0.005)
    assert len(await work) == 8
    assert 1 <= most <= 2


async def test_the_inspector_for_other_tests_refuses_too() -> None:
    assert await TrustingInspector().normalise_image(b"text") == b"text"
    for data in (b"", b"BAD"):
        with pytest.raises(MediaRefused):
            await TrustingInspector().normalise_image(data)


def _damage(root: Path, sha256: str) -> None:
    [path] = root.rglob(sha256)
    path.write_bytes(b"phot0")


def _words(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.Error:
        return ""
