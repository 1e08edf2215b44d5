import json

from agents.models import TranscriptEntry
from agents.types import Reply


def test_a_bare_name_in_answer_to_our_question_is_hidden_and_restored(sandbox, say):
    sandbox.script({"when": "book", "text": "What is the patient's name?"}, {"text": "Thank you, [NAME_1]."})
    say("I'd like to book for my daughter")
    assert say("Wilhelmina Ostrander").outcome == Reply(text="Thank you, Wilhelmina Ostrander.")
    stored = json.dumps(list(TranscriptEntry.objects.values_list("blocks", flat=True)))
    assert "Ostrander" not in stored
    assert "Ostrander" not in json.dumps([entry["body"] for entry in sandbox.log("anthropic")])
