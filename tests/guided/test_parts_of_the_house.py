"""What isn't in the brief, such as where the toilets are, is looked up or left to people; never guessed."""

import pytest

from tests.guided.desk import Chat, Practice, brief_of


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("Where are the toilets?", "I don't know that"),
        ("Is there a lift?", "I don't know that"),
        ("Wo ist die Toilette?", "weiß ich leider nicht"),
        ("¿Dónde están los baños?", "no lo sé"),
        ("Où sont les toilettes ?", "je ne le sais pas"),
        ("Onde ficam as casas de banho?", "não sei"),
    ],
)
def test_parts_of_the_house_are_not_answered_with_the_address_alone(asked: str, said: str) -> None:
    assert said.lower() in Chat(Practice(brief_of())).say(asked).lower()
