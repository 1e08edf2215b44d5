"""Finding by meaning: the real pgvector, and an embedding server at the other end of a socket."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django_tenants.utils import tenant_context

from agents.knowledge import embedding, entries, filling, vectors
from agents.knowledge.entries import Writing
from agents.knowledge.search import search
from agents.models import KnowledgeChunk
from tenants import worklist
from tenants.models import WorkItem
from tests.agents.conftest import monday, say  # noqa: F401
from tests.desk.conftest import DeskClient
from tests.knowledge.conftest import TODAY

QUESTION = "may hounds stay upstairs"


@pytest.fixture
def server(sandbox, settings):
    settings.EMBEDDINGS_URL = f"{sandbox.url}/embeddings/v1"
    settings.EMBEDDINGS_THRESHOLD = 0.3
    embedding._known.clear()
    return sandbox


def prepared():
    vectors.make_ready()
    return vectors.fill()


def found(question):
    return [each.title for each in search(question, on=TODAY, vector=embedding.think_of(question))]


def test_what_shares_no_word_is_found_by_meaning(server, wrote):
    wrote("Dog", "A dog or canine may sleep upstairs.")
    wrote("Parking", "Behind the building.")
    assert search("pooch?", on=TODAY) == []
    assert prepared() == 2
    assert found("pooch?") == ["Dog"]
    assert found("pushchair?") == []
    assert 0 < search("pooch?", on=TODAY, vector=embedding.think_of("pooch?"))[0].rank <= 1


def test_what_both_ways_find_comes_first_and_once(server, wrote):
    wrote("Upstairs", "Visitors wait upstairs.")
    wrote("Dog", "Your hound may stay upstairs with you.")
    prepared()
    assert found(QUESTION)[0] == "Dog"
    assert len(set(found(QUESTION))) == len(found(QUESTION))


def test_removed_and_expired_entries_are_not_alike_any_more(server, wrote):
    wrote("Dog", "A dog may stay.", valid_until=TODAY.replace(day=1))
    prepared()
    assert found("pooch?") == []


def test_a_changed_entry_loses_its_vectors_and_gets_new_ones(server, wrote):
    entry = wrote("Dog", "A dog may stay.")
    prepared()
    entry.chunks.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM agents_knowledgevector")
        assert cursor.fetchone()[0] == 0
    KnowledgeChunk.objects.create(entry=entry, index=0, text="A stroller may stay.")
    assert vectors.fill() == 1
    assert found("pram?") == ["Dog"]
    assert vectors.fill() == 0


def test_without_table_or_server_the_words_alone_are_searched(server, wrote, settings):
    wrote("Dog", "A dog may stay.")
    assert not vectors.is_ready()
    assert found("dog?") == ["Dog"]
    prepared()
    settings.EMBEDDINGS_URL = "http://127.0.0.1:9/v1"
    assert embedding.think_of("a dog, perhaps?") is None
    assert found("a dog, perhaps?") == ["Dog"]
    settings.EMBEDDINGS_URL = ""
    with pytest.raises(CommandError, match="EMBEDDINGS_URL is not set"):
        call_command("embeddings")


def test_another_size_of_vectors_makes_the_table_anew(server, wrote, settings):
    wrote("Dog", "A dog may stay.")
    prepared()
    settings.EMBEDDINGS_SIZE = 8
    with pytest.raises(embedding.EmbeddingFailed):
        embedding.embed(["a text"])
    vectors.make_ready()
    settings.EMBEDDINGS_SIZE = 384
    assert prepared() == 1


def test_the_command_prepares_each_business_and_none_sees_another(server, wrote, clinic, salon, capsys):
    wrote("Dog", "A dog may stay.")
    call_command("embeddings", business="bright-smile")
    assert "bright-smile: 1" in capsys.readouterr().out
    connection.set_tenant(clinic)
    assert found("pooch?") == ["Dog"]
    with tenant_context(salon):
        assert not vectors.is_ready()
        assert found("pooch?") == []


def test_a_turn_sends_the_question_redacted(server, say, wrote):  # noqa: F811
    wrote("Dog", "A dog may stay.")
    prepared()
    given = {"question": "may the pooch of [NAME_1] stay?", "language": "en"}
    server.script(
        {"content": [{"type": "tool_use", "name": "search_knowledge", "input": given}]}, {"text": "Yes, it may stay."}
    )
    decision = say("I'm Maria Lopes, may my pooch stay?")
    assert decision.outcome.text == "Yes, it may stay."
    asked = json.dumps(server.get("/log")["entries"])
    assert "pooch" in asked
    assert "Lopes" not in asked


def test_the_test_box_finds_by_meaning_too_without_names(server, wrote, clinic, bob):
    wrote("Dog", "A dog may stay.")
    prepared()
    page = DeskClient(clinic, bob).get("assistant/knowledge/find/?ask=pooch of 07911 123456")
    assert b"A dog may stay." in page.content
    assert "07911" not in json.dumps(server.get("/log")["entries"])


def test_what_is_saved_gets_its_vectors_by_itself(server, wrote, clinic):
    prepared()
    entry = wrote("Dog", "A dog may stay.")
    done(clinic)
    assert not WorkItem.objects.filter(kind=filling.EMBED).exists()
    assert found("pooch?") == ["Dog"]
    entries.change(entry, Writing(title="Buggy", body="A stroller may stay.", language="en"))
    done(clinic)
    assert found("pram?") == ["Buggy"]
    assert found("pooch?") == []


def test_a_server_that_is_away_is_asked_again_later(server, wrote, clinic, settings):
    prepared()
    wrote("Dog", "A dog may stay.")
    url, settings.EMBEDDINGS_URL = settings.EMBEDDINGS_URL, "http://127.0.0.1:9/v1"
    done(clinic)
    assert WorkItem.objects.get(kind=filling.EMBED).attempts == 0
    settings.EMBEDDINGS_URL = url
    done(clinic)
    assert found("pooch?") == ["Dog"]


def test_without_a_server_nothing_is_called_for(clinic, wrote, settings):
    settings.EMBEDDINGS_URL = ""
    wrote("Dog", "A dog may stay.")
    assert not WorkItem.objects.filter(kind=filling.EMBED).exists()


def done(business):
    """The worker takes it up when it is due."""
    lease = worklist.claim(business.pk, filling.EMBED, business.pk, early=True)
    assert lease is not None
    filling.fill(business, business.pk, lease)
