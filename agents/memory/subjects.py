"""What a fact may be about. On the same subject a newer fact takes the place of the older one."""

from dataclasses import dataclass

from agents.models import Fact


@dataclass(frozen=True, kw_only=True)
class Subject:
    kind: str
    label: str
    single: bool = True  # else a contact may have several, told apart by what they are of


SUBJECTS = {
    "time_of_day": Subject(kind=Fact.Kind.PREFERENCE, label="Preferred time"),
    "practitioner": Subject(kind=Fact.Kind.PREFERENCE, label="Preferred practitioner"),
    "mobility": Subject(kind=Fact.Kind.NEED, label="Getting around"),
    "fear": Subject(kind=Fact.Kind.NEED, label="Fears"),
    "language": Subject(kind=Fact.Kind.LANGUAGE, label="Language"),
    "family": Subject(kind=Fact.Kind.FAMILY, label="Family", single=False),
    "other": Subject(kind=Fact.Kind.OTHER, label="Something else", single=False),
}
OF = ":"  # "family:mia": of several


def subject_of(stored: str) -> Subject:
    return SUBJECTS.get(stored.partition(OF)[0], SUBJECTS["other"])
