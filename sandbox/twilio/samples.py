"""Small real files that a patient's phone can send: a picture, a voice note, a sticker, a document."""

import io
import struct
import wave
import zlib
from pathlib import Path


def _png() -> bytes:
    """A soft 96 × 64 gradient."""
    width, height = 96, 64

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(
        b"\0" + b"".join(bytes((70 + x, 120 + y, 190 - x // 2)) for x in range(width)) for y in range(height)
    )
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def _wav() -> bytes:
    """A quarter of a second of silence."""
    target = io.BytesIO()
    with wave.open(target, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 2000)
    return target.getvalue()


_STICKER = Path(__file__).parent.parent / "static" / "sticker.webp"
_PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)

SAMPLES: dict[str, tuple[bytes, str]] = {
    "image": (_png(), "image/png"),
    "voice": (_wav(), "audio/wav"),
    "sticker": (_STICKER.read_bytes(), "image/webp"),
    "document": (_PDF, "application/pdf"),
}
