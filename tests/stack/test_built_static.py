"""What browsers get of the built static files: one sheet, compressed, kept for ever."""

import gzip
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tenants.stylesheets import SHEETS
from tests.tenants.serving import running

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> dict[str, str]:
    environment = {"STATIC_BUILT": "true", "STATIC_ROOT": str(tmp_path_factory.mktemp("static"))}
    command = (sys.executable, "manage.py", "collectstatic", "--noinput", "-v", "0")
    subprocess.run(command, cwd=ROOT, env={**os.environ, **environment}, check=True)
    return environment


def test_a_page_asks_for_one_sheet_that_holds_all_of_them_compressed_and_kept_for_ever(db, built):
    with running(**built) as server:
        page = server.get("/accounts/login/")[2].decode()
        (sheet,) = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
        assert re.fullmatch(r"/static/css/together\.[0-9a-f]{12}\.css", sheet)
        status, headers, body = server.get(sheet, gzip=True)
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert "immutable" in headers["cache-control"]
        whole = gzip.decompress(body).decode()
        for each in SHEETS:
            rules = [line for line in (ROOT / "static" / each).read_text().splitlines() if line.startswith(".")]
            assert all(line in whole for line in rules if "url(" not in line), each
        (font,) = set(re.findall(r'url\("([^"]*latin-wght[^"]*)"\)', whole))
        assert server.get(urljoin(sheet, font))[0] == 200
