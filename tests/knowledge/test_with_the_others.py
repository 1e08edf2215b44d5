"""Knowledge where other parts of the assistant use it: rehearsals, corrections."""

from agents import corrections
from agents.knowledge.search import search
from agents.models import Correction, KnowledgeGap, Turn
from agents.rehearsal import rehearse
from agents.types import Reply
from agents.versions import published
from tests.agents.conftest import monday  # noqa: F401
from tests.knowledge.conftest import TODAY
from tests.versions.conftest import MARIA, arrival
from tests.versions.test_corrections import approval


def test_a_rehearsal_finds_what_is_written_and_leaves_no_question(clinic, wrote, monday):  # noqa: F811
    wrote("Parking", "You can park behind the house.")
    done = rehearse(clinic, published(), arrivals=[arrival("Is there parking?")], contact=MARIA)
    assert isinstance(done.outcome, Reply)
    assert "You can park behind the house." in done.outcome.text
    done = rehearse(clinic, published(), arrivals=[arrival("Can I bring my iguana?")], contact=MARIA)
    assert [call.name for call in done.calls] == ["search_knowledge"]
    assert not KnowledgeGap.objects.exists()
    assert not Turn.objects.exists()


def test_a_correction_that_becomes_knowledge_is_found(clinic, alice):
    turn = Turn.objects.create(conversation_id=1, contact_id=1, status="done", outcome="reply")
    correction = Correction.objects.create(turn=turn, conversation_id=1, message_id=1, because="wrong_fact", said="No.")
    corrections.approve(correction.pk, approval(becomes="knowledge", title="Iguanas"), alice.pk)
    assert [each.title for each in search("iguanas?", on=TODAY)] == ["Iguanas"]
    corrections.revert(correction.pk, alice.pk)
    assert search("iguanas?", on=TODAY) == []
