"""What a file is, is said by its own bytes; what may run or burst is not taken."""

import pytest

from conversations.files import kinds
from tests.media.samples import PNG, REAL, jpeg, mp4, office, png


@pytest.mark.parametrize("mime", REAL)
def test_each_kind_is_known_by_its_bytes(mime):
    assert kinds.type_of(REAL[mime]) == mime


def test_a_film_that_came_as_a_voice_note_is_sound():
    assert kinds.type_of(mp4(), sound=True) == "audio/mp4"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00" + b"\0" * 60, "other_kind"),
        (b"\x7fELF" + b"\0" * 60, "other_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 60, "other_kind"),
        (office("evil.exe"), "other_kind"),
        (office("word/document.xml", programs=True), "other_kind"),
        (b"GIF89a\x00\xff", "other_kind"),
        (mp4(b"qt  "), "other_kind"),
        (png(20_000, 20_000), "too_many_pixels"),
        (png(0, 10), "broken"),
        (PNG[:18], "broken"),
        (jpeg()[:12], "broken"),
        (jpeg(65_000, 65_000), "too_many_pixels"),
        (b"RIFF\x10\0\0\0WEBPVP8 \0\0", "broken"),
    ],
)
def test_what_is_none_of_them_or_bursts_is_not_taken(content, code):
    with pytest.raises(kinds.NotTaken) as refused:
        kinds.type_of(content)
    assert refused.value.code == code


@pytest.mark.parametrize("page", ["<html><script>alert(1)</script>", "<svg onload='alert(1)'/>", "<?php system(1);"])
def test_a_page_or_a_drawing_that_could_run_is_text(page):
    assert kinds.type_of(page.encode()) == "text/plain"


@pytest.mark.parametrize(
    ("name", "mime", "plain"),
    [
        ("../../etc/passwd", "application/pdf", "passwd.pdf"),
        ("C:\\temp\\x-ray.pdf", "application/pdf", "x-ray.pdf"),
        ("photo.jpeg", "image/jpeg", "photo.jpg"),
        ("invoice.pdf.exe", "application/pdf", "invoice.pdf.exe.pdf"),
        ("a\r\nSet-Cookie: x=1", "image/png", "aSet-Cookie: x=1.png"),
        ("\u202egnp.exe", "image/png", "gnp.exe.png"),
        ("....", "image/png", "file.png"),
        ("", "text/vcard", "file.vcf"),
        ("Röntgen Ünal.pdf", "application/pdf", "Röntgen Ünal.pdf"),
    ],
)
def test_hostile_names_become_plain_ones(name, mime, plain):
    assert kinds.plain_name(name, mime) == plain


def test_a_long_name_keeps_its_ending():
    named = kinds.plain_name("x" * 900, "application/pdf")
    assert (len(named), named[-5:]) == (kinds.NAME, "x.pdf")
