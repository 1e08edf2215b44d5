"""The catalogs fit the sources, and a translation fits what it translates."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.template import Context, Template
from django.utils import translation

from frontdesk.words.catalogs import PLURALS, read
from frontdesk.words.entry import Entry
from frontdesk.words.gathering import DOMAINS, gathered
from frontdesk.words.template_words import template_words

BLANK = re.compile(r"%\(\w+\)[sd]|%%")
LOOSE = re.compile(r"%(?!\(\w+\)[sd]|%)")  # a percent sign that stands for nothing
TAG = re.compile(r"</?\w+[^>]*>")
CATALOGS = pytest.mark.parametrize(("language", "domain"), [(one, each) for one in PLURALS for each in DOMAINS])


def _entries(language: str, domain: str) -> list[Message]:
    return [message for message in read(language, domain) if message.id]


def _pairs(message: Message) -> list[tuple[str, str]]:
    """(what is translated, its translation), for each form that isn't empty."""
    if isinstance(message.id, str):
        return [(message.id, message.string)] if message.string else []
    one, many = message.id
    return [(one if at == 0 else many, text) for at, text in enumerate(message.string) if text]


@CATALOGS
def test_every_marked_word_stands_in_the_catalog_and_nothing_else(language, domain):
    # What is missing is brought by `make words`.
    marked = {(entry.id, entry.context) for entry in gathered(domain)}
    held = {(each.id if isinstance(each.id, str) else each.id[0], each.context) for each in _entries(language, domain)}
    assert sorted(marked - held, key=str) == []
    assert sorted(held - marked, key=str) == []


@CATALOGS
def test_no_translation_is_a_guess(language, domain):
    assert [message.id for message in _entries(language, domain) if message.fuzzy] == []


@CATALOGS
def test_a_translation_has_the_blanks_of_its_source(language, domain):
    messages = _entries(language, domain)
    assert [pair for each in messages for pair in _pairs(each) if not _same_blanks(each, *pair)] == []


def _same_blanks(message: Message, source: str, said: str) -> bool:
    """A form of a plural may spell its number out, or name it where the other language spells it out."""
    theirs, ours = sorted(BLANK.findall(source)), sorted(BLANK.findall(said))
    if LOOSE.search(said) and not LOOSE.search(source):
        return False
    if isinstance(message.id, str):
        return theirs == ours
    return set(ours) <= {blank for form in message.id for blank in BLANK.findall(form)}


@CATALOGS
def test_a_translation_has_the_tags_of_its_source(language, domain):
    pairs = [pair for message in _entries(language, domain) for pair in _pairs(message)]
    assert [pair for pair in pairs if sorted(TAG.findall(pair[0])) != sorted(TAG.findall(pair[1]))] == []


@CATALOGS
def test_a_translation_closes_no_attribute(language, domain):
    """Much of it stands in attr="…": quotes are typographic, as in “this”."""
    pairs = [pair for message in _entries(language, domain) for pair in _pairs(message)]
    assert [pair for pair in pairs if '"' in pair[1] and '"' not in pair[0]] == []


@CATALOGS
def test_every_word_is_translated(language, domain):
    assert [each.id for each in _entries(language, domain) if not all(_forms(each))] == []


def _forms(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


@CATALOGS
def test_who_translates_one_form_translates_all(language, domain):
    plural = [message for message in _entries(language, domain) if not isinstance(message.id, str)]
    assert [message.id for message in plural if len(message.string) != 2] == []
    assert [message.id for message in plural if any(message.string) and not all(message.string)] == []


def test_what_is_marked_in_a_template_is_found_as_django_looks_it_up(tmp_path: Path):
    page = tmp_path / "page.html"
    page.write_text(
        """{% load i18n %}{% translate "A 100% sure 'thing'" %}{% translate "Open" context "hours" %}
        {% if shown %}{% blocktranslate trimmed with name=x count n=rows %}
          {{ n }} row of {{ name }}, 5%
        {% plural %}
          {{ n }} rows of {{ name }}, 5%
        {% endblocktranslate %}{% endif %}
        {% include "components/badge.html" with text=_("Given") tone=tone|default:_("Other") only %}
        {% with a=_("Held") %}{{ a }}{% endwith %}{% if x == _("Compared") %}{% endif %}{% firstof x _("Last") %}
        {# {% translate "Not this" %} #}{% comment %}{% translate "Nor this" %}{% endcomment %}""",
        encoding="utf-8",
    )
    assert set(template_words(page)) == {
        Entry(id="A 100%% sure 'thing'"),
        Entry(id="Open", context="hours"),
        Entry(id="%(n)s row of %(name)s, 5%%", plural="%(n)s rows of %(name)s, 5%%"),
        *(Entry(id=word) for word in ("Given", "Other", "Held", "Compared", "Last")),
    }


def test_djangos_own_words_come_translated():
    page = Template('{% load i18n %}{% translate "This field is required." %}')
    with translation.override("de"):
        assert page.render(Context()) == "Dieses Feld ist zwingend erforderlich."


def test_no_word_of_a_business_gets_an_s_for_the_plural():
    """ "Kunde" has another one, and so have most words in most languages."""
    assert [
        entry.id for domain in DOMAINS for entry in gathered(domain) if re.search(r"label(\)s|\})s", entry.id)
    ] == []
