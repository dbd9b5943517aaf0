"""What a process weighs that reads texts, and then photos, with the local model: JSON, in bytes."""

from __future__ import annotations

import asyncio
import io
import json

import psutil
from PIL import Image, ImageDraw

from domain.reading import ModelCall
from tools.models.local.engine import LocalModels
from tools.models.local.reader import LocalReader


def _photo() -> bytes:
    image = Image.new("RGB", (1280, 720), "white")
    ImageDraw.Draw(image).text((100, 300), "ERROR E-102 SIN PAPEL", fill="black", font_size=60)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


async def main() -> None:
    """Read a text, then a photo."""
    process = psutil.Process()
    LocalReader().read("La impresora de tickets no funciona en la tienda 45")
    texts = process.memory_info().rss
    call = ModelCall("bench", "describe_image", "", (), 0)
    seen = await LocalModels().describe_image(call, _photo(), "image/png")
    print(json.dumps({"texts": texts, "photos": process.memory_info().rss, "read": seen.text}))


if __name__ == "__main__":
    asyncio.run(main())
