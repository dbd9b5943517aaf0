"""The child that opens one untrusted image: bytes on stdin, PNG on stdout, or a reason on stderr.

Run as a file by tools.media.inspect with `python -I`; it imports nothing of Recado.
Exit codes: 0 a PNG follows; 3 refused, one sentence on stderr; anything else is a crash.
"""

from __future__ import annotations

import contextlib
import io
import sys
import warnings
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL import Image

REFUSED = 3
LARGEST_PIXELS = 12_500_000
LONGEST_SIDE = 2_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


def limit_self(memory: int, seconds: int) -> None:
    """Take away memory, processor time, files, children and core dumps, where the system can."""
    import resource

    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
    }
    for what, most in limits.items():
        # macOS does not take RLIMIT_AS; the other limits still hold there.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def normalise(data: bytes) -> bytes:
    """The first frame as an upright PNG without metadata, at most LONGEST_SIDE on its long side.

    Raises ValueError with a sentence when this is no image that we take.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = LARGEST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            opened.seek(0)
            opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
            opened.load()
            opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            upright = ImageOps.exif_transpose(opened)
            flat = _flatten(upright)
    except UnidentifiedImageError as error:
        raise ValueError("it is not a JPEG, PNG, WebP or GIF image") from error
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValueError(f"it has more than {LARGEST_PIXELS / 1e6:g} megapixels") from error
    except MemoryError as error:
        raise ValueError("it needs too much memory") from error
    # What Pillow raises on a file that is cut off or broken inside.
    except (OSError, SyntaxError, ValueError, EOFError, LookupError, TypeError) as error:
        raise ValueError("it is cut off or damaged") from error
    out = io.BytesIO()
    flat.save(out, "PNG")
    return out.getvalue()


def _flatten(image: Image.Image) -> Image.Image:
    """RGB on white, in a new image: what was transparent must not turn black for the reader."""
    from PIL import Image

    rgba = image.convert("RGBA")
    page = Image.new("RGB", rgba.size, "white")
    page.paste(rgba, mask=rgba.getchannel("A"))
    return page


def main() -> int:
    """Do it once; argv: memory in bytes, seconds of processor."""
    limit_self(int(sys.argv[1]), int(sys.argv[2]))
    try:
        png = normalise(sys.stdin.buffer.read())
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    sys.stdout.buffer.write(png)
    sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
