"""Small real files of each kind, and some that only pretend."""

import io
import struct
import zipfile
import zlib

from sandbox.twilio.samples import SAMPLES
from tests.voice.sounds import wav

PNG, STICKER, PDF = (SAMPLES[name][0] for name in ("image", "sticker", "document"))


def png(width: int, height: int) -> bytes:
    """One that says that it is this large; its pixels are not there."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


def jpeg(width: int = 120, height: int = 80) -> bytes:
    """The segments before the pixels: JFIF, a comment, the frame."""
    frame = struct.pack(">HBHHB", 17, 8, height, width, 3) + b"\x01\x11\x00\x02\x11\x01\x03\x11\x01"
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"\0" * 9 + b"\xff\xfe\x00\x04hi" + b"\xff\xc0" + frame + b"\xff\xd9"


def office(*parts: str, programs: bool = False) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in ("[Content_Types].xml", *parts, *(["word/vbaProject.bin"] if programs else [])):
            made.writestr(name, "x" * 50)
    return target.getvalue()


def mp4(brand: bytes = b"isom") -> bytes:
    return b"\0\0\0\x18ftyp" + brand + b"\0\0\2\0isommp41" + b"\0" * 40


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
REAL = {
    "image/png": PNG,
    "image/jpeg": jpeg(),
    "image/webp": STICKER,
    "application/pdf": PDF,
    "audio/wav": wav(),
    "audio/ogg": b"OggS\0\2" + b"\0" * 40,
    "audio/mpeg": b"ID3\4\0\0" + b"\0" * 40,
    "audio/amr": b"#!AMR\n" + b"\0" * 40,
    "audio/aac": b"\xff\xf1\x50\x80" + b"\0" * 40,
    "audio/mp4": mp4(b"M4A "),
    "video/mp4": mp4(),
    "video/3gpp": mp4(b"3gp4"),
    WORD: office("word/document.xml"),
    "text/vcard": b"BEGIN:VCARD\nFN:Rosa\nEND:VCARD\n",
    "text/plain": "Zähne: zwölf".encode(),
}
