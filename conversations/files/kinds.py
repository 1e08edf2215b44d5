"""What a file is, by its own bytes: neither its name nor what anybody says of it is believed."""

from dataclasses import dataclass

from conversations.files.pictures import size_of
from conversations.models import Message

Kind = Message.Kind
MOST = 25 * 1024 * 1024  # whatever a vendor would take
PIXELS = 50_000_000  # a picture of more is made to fill somebody's memory
NAME = 120


@dataclass(frozen=True, kw_only=True)
class FileKind:
    ending: str
    kind: str  # conversations.Message.Kind value
    words: str


KNOWN = {
    "image/jpeg": FileKind(ending="jpg", kind=Kind.IMAGE, words="JPEG picture"),
    "image/png": FileKind(ending="png", kind=Kind.IMAGE, words="PNG picture"),
    "image/webp": FileKind(ending="webp", kind=Kind.STICKER, words="WebP picture"),
    "audio/ogg": FileKind(ending="ogg", kind=Kind.VOICE, words="Ogg sound"),
    "audio/mpeg": FileKind(ending="mp3", kind=Kind.VOICE, words="MP3 sound"),
    "audio/aac": FileKind(ending="aac", kind=Kind.VOICE, words="AAC sound"),
    "audio/amr": FileKind(ending="amr", kind=Kind.VOICE, words="AMR sound"),
    "audio/mp4": FileKind(ending="m4a", kind=Kind.VOICE, words="MP4 sound"),
    "audio/wav": FileKind(ending="wav", kind=Kind.VOICE, words="WAV sound"),
    "video/mp4": FileKind(ending="mp4", kind=Kind.VIDEO, words="MP4 video"),
    "video/3gpp": FileKind(ending="3gp", kind=Kind.VIDEO, words="3GP video"),
    "application/pdf": FileKind(ending="pdf", kind=Kind.DOCUMENT, words="PDF"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": FileKind(
        ending="docx", kind=Kind.DOCUMENT, words="Word document"
    ),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": FileKind(
        ending="xlsx", kind=Kind.DOCUMENT, words="Excel sheet"
    ),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": FileKind(
        ending="pptx", kind=Kind.DOCUMENT, words="PowerPoint slides"
    ),
    "text/vcard": FileKind(ending="vcf", kind=Kind.CONTACTS, words="Contact card"),
    "text/plain": FileKind(ending="txt", kind=Kind.DOCUMENT, words="Text"),
}
_BEGINNINGS = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"\xff\xf3", "audio/mpeg"),
    (b"\xff\xf2", "audio/mpeg"),
    (b"\xff\xf1", "audio/aac"),
    (b"\xff\xf9", "audio/aac"),
    (b"#!AMR", "audio/amr"),
    (b"%PDF-", "application/pdf"),
)
_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav"}
_FILMS = (b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash")
_OFFICE = {b"word/": "wordprocessingml.document", b"xl/": "spreadsheetml.sheet", b"ppt/": "presentationml.presentation"}
_PROGRAM = b"vbaProject.bin"
_BLANK = "\t\n\r\f"


class NotTaken(Exception):
    """`code` says why: other_kind, broken, too_many_pixels, empty."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def type_of(content: bytes, *, sound: bool = False) -> str:
    """Its MIME type, one of KNOWN; `sound`: it came as a voice note, so that an MP4 holds no film. Raises NotTaken."""
    if not content:
        raise NotTaken("empty")
    found = _type_of(content)
    if found is None:
        raise NotTaken("other_kind")
    if found.startswith("image/"):
        _check_picture(content, found)
    return "audio/mp4" if sound and found == "video/mp4" else found


def _type_of(content: bytes) -> str | None:
    if content[:4] == b"RIFF":
        return _RIFF.get(content[8:12])
    if content[4:8] == b"ftyp":
        return _of_mp4(content[8:12])
    if content[:4] == b"PK\x03\x04":
        return _of_office(content)
    for beginning, name in _BEGINNINGS:
        if content.startswith(beginning):
            return name
    return _of_text(content)


def _of_mp4(brand: bytes) -> str | None:
    if brand in (b"M4A ", b"M4B "):
        return "audio/mp4"
    if brand[:3] in (b"3gp", b"3g2"):
        return "video/3gpp"
    return "video/mp4" if brand in _FILMS else None


def _of_office(content: bytes) -> str | None:
    """By the names of its parts, which stand uncompressed in it: nothing is unpacked. None with a program inside."""
    if b"[Content_Types].xml" not in content or _PROGRAM in content:
        return None
    for part, name in _OFFICE.items():
        if part in content:
            return f"application/vnd.openxmlformats-officedocument.{name}"
    return None


def _of_text(content: bytes) -> str | None:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if any(each < " " and each not in _BLANK for each in text):
        return None
    return "text/vcard" if text.lstrip().upper().startswith("BEGIN:VCARD") else "text/plain"


def _check_picture(content: bytes, name: str) -> None:
    size = size_of(content, name)
    if size is None or 0 in size:
        raise NotTaken("broken")
    if size[0] * size[1] > PIXELS:
        raise NotTaken("too_many_pixels")


def plain_name(name: str, mime: str) -> str:
    """A name that can stand in a header and on a disk: no folders, no control or direction characters, the ending of
    what it really is."""
    base = name.replace("\\", "/").rpartition("/")[2]
    base = "".join(each for each in base if each.isprintable()).strip(" .")
    ending = KNOWN[mime].ending if mime in KNOWN else "bin"
    stem = base.rpartition(".")[0] if base.lower().endswith((f".{ending}", ".jpeg", ".opus", ".oga")) else base
    return f"{stem[: NAME - len(ending) - 1].strip(' .') or 'file'}.{ending}"
