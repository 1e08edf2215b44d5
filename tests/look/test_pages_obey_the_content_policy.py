"""The policy allows no inline script, style or handler, and no file from elsewhere; templates must not hold any."""

import hashlib
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string

from tenants.templatetags.icons import shapes_of

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
DOWNLOADED = {ROOT / "templates/trials/report.html"}  # a file of its own, opened from a disk without our policy
STYLES = sorted((ROOT / "static" / "css").glob("*.css"))

FORBIDDEN = {
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=(?!=)"),
    "style element": re.compile(r"<style\b"),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)"),
    "event handler": re.compile(r"<[a-z][^>]*\s(?:on[a-z]+|hx-on[:a-z-]*|hx-vars)\s*="),
    "javascript address": re.compile(r"href=[\"']?javascript:"),
    "file from another host": re.compile(r"<(?:script|link|img)[^>]*(?:src|href)=[\"']https?:"),
}


def source(path: Path) -> str:
    return re.sub(r"{% comment %}.*?{% endcomment %}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds_what_the_policy_refuses(what):
    served = [path for path in TEMPLATES if path not in DOWNLOADED]
    found = [str(path.relative_to(ROOT)) for path in served if FORBIDDEN[what].search(source(path))]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_every_template_compiles(path):
    assert get_template(str(path.relative_to(ROOT / "templates")))


def test_every_icon_that_a_template_names_is_vendored():
    named = {name for path in TEMPLATES for name in re.findall(r'(?:icon |icon_name=)"([a-z0-9-]+)"', source(path))}
    assert len(named) > 20
    for name in named:
        assert shapes_of(name)


def test_every_static_file_that_a_template_names_exists():
    named = {name for path in TEMPLATES for name in re.findall(r"{% static '([^']+)' %}", source(path))}
    named |= set(re.findall(r'"/static/([^"]+)"', source(ROOT / "templates" / "500.html")))
    assert len(named) > 30
    assert [name for name in sorted(named) if finders.find(name) is None] == []


def test_colours_stand_in_the_tokens_only():
    colour = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgba?|hsla?|oklch)\(")
    assert [path.name for path in STYLES if path.name != "tokens.css" and colour.search(path.read_text())] == []


def test_the_vendored_files_are_those_that_the_readme_lists():
    folder = ROOT / "static" / "vendor"
    listed = dict(
        reversed(line.split("  ", 1))
        for line in (folder / "README.md").read_text().splitlines()
        if re.match(r"[0-9a-f]{64}  ", line) and "*" not in line
    )
    present = [path for path in folder.rglob("*") if path.suffix in {".js", ".css", ".woff2"}]
    assert {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in present} == listed


def test_the_landing_page_offers_sign_up_and_log_in():
    page = render_to_string("landing.html")
    assert 'href="/accounts/signup/"' in page
    assert 'href="/accounts/login/"' in page


def test_the_error_page_needs_no_context_and_no_other_template():
    text = (ROOT / "templates" / "500.html").read_text()
    assert set(re.findall(r"{% (\w+)", text)) == {"load", "get_current_language", "translate"}
    assert re.findall(r"{{ (\w+)", text) == ["LANGUAGE_CODE"]
