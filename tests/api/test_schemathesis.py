"""schemathesis over the OpenAPI document, on a throw-away business behind a real server: 0 server errors, 0
undocumented answers. The long run is the same with more examples: docs/api.md.
"""

import os
import subprocess
import sys

import pytest

from calendar_sync.models import Patient
from conversations.models import Channel, Contact
from escalations.api import keys
from escalations.api.scopes import Scope
from escalations.api.urls import OPERATIONS  # with every operation: those who make them are imported there
from tenants.models import ChannelKind, User
from tests.desk.scene import Scene
from tests.tenants.serving import running

EXAMPLES = os.environ.get("SCHEMATHESIS_EXAMPLES", "3")  # of each operation
PHASES = os.environ.get("SCHEMATHESIS_PHASES", "fuzzing")
# A request may fit its schema and still be refused: the contact it names is not there, the time is taken.
LEFT_OUT = "positive_data_acceptance"


@pytest.fixture
def key(fresh_business):
    """With a little of everything, so that the ids 1, 2, 3 lead somewhere."""
    alice = User.objects.get(email="alice@clinic.test")
    scene = Scene(fresh_business)
    for name in ("Rosa", "Tom"):
        scene.hands_over(scene.writes(name, "Hello"))
        Patient.objects.create(name=name, contact_id=Contact.objects.get(profile_name=name).pk)
    assert Channel.objects.get().kind == ChannelKind.TWILIO
    return keys.make(fresh_business, alice, "schemathesis", list(Scope)).secret


def test_every_answer_is_documented_and_none_is_a_server_error(fresh_business, key, tmp_path):
    with running(API_CALLS_PER_MINUTE="1000000") as server:
        base = f"http://127.0.0.1:{server.port}{fresh_business.path}api/v1"
        command = [
            *(sys.executable, "-m", "schemathesis.cli", "run", f"{base}/openapi.json", "--url", base),
            *("--header", f"Authorization: Bearer {key}", "--checks", "all", "--exclude-checks", LEFT_OUT),
            *("--phases", PHASES, "--max-examples", EXAMPLES, "--seed", "5", "--generation-database", "none"),
            *("--no-color", "--continue-on-failure", "--request-timeout", "20"),
        ]
        run = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=3600)
    print(run.stdout[-6000:], run.stderr[-2000:])
    assert run.returncode == 0, "what was wrong stands in the output"
    assert f"Tested: {len(OPERATIONS)}" in run.stdout, "every operation was called"
