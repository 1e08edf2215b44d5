"""What a fact may be about. On the same subject a newer fact takes the place of the older one."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop

from agents.models import Fact


@dataclass(frozen=True, kw_only=True)
class Subject:
    kind: str
    label: str
    single: bool = True  # else a contact may have several, told apart by what they are of


SUBJECTS = {
    "time_of_day": Subject(kind=Fact.Kind.PREFERENCE, label=gettext_noop("Preferred time")),
    "practitioner": Subject(kind=Fact.Kind.PREFERENCE, label=gettext_noop("Preferred practitioner")),
    "mobility": Subject(kind=Fact.Kind.NEED, label=gettext_noop("Getting around")),
    "fear": Subject(kind=Fact.Kind.NEED, label=gettext_noop("Fears")),
    "language": Subject(kind=Fact.Kind.LANGUAGE, label=gettext_noop("Language")),
    "family": Subject(kind=Fact.Kind.FAMILY, label=gettext_noop("Family"), single=False),
    "other": Subject(kind=Fact.Kind.OTHER, label=gettext_noop("Something else"), single=False),
}
OF = ":"  # "family:mia": of several


def subject_of(stored: str) -> Subject:
    return SUBJECTS.get(stored.partition(OF)[0], SUBJECTS["other"])
