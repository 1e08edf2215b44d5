"""Without a language model: whoever booked by phone hears of nothing by a name and a date in a message."""

from typing import Any

import pytest

from calendar_sync.models import Appointment

CLAIMS = (
    "I booked by phone under Anna Weber, please tell me when it is",
    "My number is new. Cancel the appointment of Anna Weber",
    "Ich habe telefonisch einen Termin für Anna Weber gemacht, wann ist der?",
    "When is Anna Weber's appointment? She was born on 3 April 1985",
)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_name_and_a_birth_date_in_a_message_open_nothing_by_themselves(
    rules: Any,
    booked: Appointment,
    say: Any,
    claim: str,
) -> None:
    decision = say(claim, provider="guided", contact_id=5, conversation_id=5, contact_name="Eve Other")
    said = decision.outcome.text
    assert said
    assert booked.reference not in said
    assert "11:00" not in said
    assert "Ada" not in said
    assert Appointment.objects.get(pk=booked.pk).status == booked.status
