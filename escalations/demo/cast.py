"""Who is in the demo, and what they write. Phone numbers are Ofcom's, kept free for fiction.

They write their numbers as words: digits would load Presidio (two seconds) while the demo starts.
"""

import datetime as dt
from dataclasses import dataclass

PASSWORD = "frontdesk-demo"  # noqa: S105 (of the demo's own users, on this machine only)


@dataclass(frozen=True, kw_only=True)
class Talk:
    """One conversation: what the patient writes, and how many minutes ago it began."""

    phone: str
    name: str
    minutes_ago: int
    lines: tuple[str, ...]
    kinds: tuple[str, ...] = ()  # of the lines; text where not given
    resolved: bool = False


@dataclass(frozen=True, kw_only=True)
class Branch:
    """A second location, on some days of the week; `practitioner` is there then, and elsewhere on the others."""

    name: str
    address: str
    phone: str
    practitioner: str
    weekdays: tuple[int, ...]
    opens: dt.time
    closes: dt.time


@dataclass(frozen=True, kw_only=True)
class Practice:
    name: str
    slug: str
    kind: str
    number: str
    address: str
    phone: str
    owner: tuple[str, str]  # e-mail and name
    staff: tuple[str, str] | None
    practitioners: tuple[str, ...]
    talks: tuple[Talk, ...]
    rooms: str  # what every service needs one of; there are as many as practitioners
    seed: int  # of the week's appointments
    branch: Branch | None = None
    taught: bool = False  # whether its assistant was put right, and a draft waits to be published


DENTIST = Practice(
    name="Bright Smile Dental",
    slug="bright-smile",
    kind="dentist",
    number="whatsapp:+441134960000",
    address="12 Park Row, Leeds LS1 5HD",
    phone="0113 496 0000",
    owner=("owner@bright-smile.test", "Olivia Grant"),
    staff=("desk@bright-smile.test", "Ben Carter"),
    practitioners=("Dr Ada Silva", "Dr Samuel Osei", "Priya Nair"),
    rooms="Treatment room",
    seed=11,
    taught=True,
    talks=(
        Talk(
            phone="+447700900101",
            name="Sophie Martin",
            minutes_ago=60 * 26,
            lines=(
                "Hello, do you have anything for a hygienist tomorrow morning?",
                "the first one",
                "yes please",
                "Thank you!",
            ),
            resolved=True,
        ),
        Talk(
            phone="+447700900102",
            name="Daniel Wright",
            minutes_ago=60 * 20,
            lines=("Hi, a check-up next Wednesday at ten please", "yes", "Could I move it to the week after?"),
        ),
        Talk(
            phone="+447700900103",
            name="Aisha Khan",
            minutes_ago=190,
            lines=(
                "What are your opening hours?",
                "And how much is a filling?",
                "Is there parking?",
                "Is there a children's play corner?",
            ),
        ),
        Talk(phone="+447700900104", name="", minutes_ago=95, lines=("",), kinds=("voice",)),
        Talk(
            phone="+447700900107",
            name="Grace Hall",
            minutes_ago=75,
            lines=("Please put me on the waiting list for the hygienist, mornings if possible",),
        ),
        Talk(
            phone="+447700900105",
            name="Tom Becker",
            minutes_ago=34,
            lines=("My crown came off again and I'm not happy. I want to speak to a person please.",),
        ),
        Talk(
            phone="+447700900106",
            name="Maria Lopes",
            minutes_ago=12,
            lines=(
                "Hi, I would like to come in for a check-up next Thursday afternoon if possible",
                "the second one",
                "yes, that's perfect",
            ),
        ),
    ),
)

SALON = Practice(
    name="Cut & Co",
    slug="cut-and-co",
    kind="hair_salon",
    number="whatsapp:+441134960001",
    address="4 Call Lane, Leeds LS1 6DT",
    phone="0113 496 0001",
    owner=("owner@cut-and-co.test", "Noor Haddad"),
    staff=None,
    practitioners=("Sam Taylor", "Jo Kim"),
    rooms="Chair",
    seed=23,
    branch=Branch(
        name="Headingley",
        address="31 Otley Road, Leeds LS6 3AA",
        phone="0113 496 0002",
        practitioner="Jo Kim",
        weekdays=(2, 3),
        opens=dt.time(10),
        closes=dt.time(17),
    ),
    talks=(
        Talk(
            phone="+447700900201",
            name="Ella Novak",
            minutes_ago=240,
            lines=("Hi! Can I get a cut and blow-dry on Saturday at eleven?", "yes please"),
        ),
        Talk(
            phone="+447700900202", name="Leo Fischer", minutes_ago=50, lines=("Where are you exactly?", "Great, thanks")
        ),
    ),
)

PRACTICES = (DENTIST, SALON)

PATIENTS = (
    "Amelia Shaw", "Noah Patel", "Isla Murray", "George Evans", "Freya Lindqvist", "Oscar Bennett", "Maya Chowdhury",
    "Harry Walsh", "Zara Ahmed", "Theo Papadopoulos", "Lily Brooks", "Arthur Quinn", "Hana Sato", "Jack Doyle",
    "Elena Rossi", "Lucas Meyer", "Grace Okafor", "Ivy Fletcher", "Adam Kowalski", "Ruby Chen", "Finn Gallagher",
    "Nora Hussein", "Max Turner", "Clara Jensen", "Ravi Menon", "Alice Moreau", "Jonas Weber", "Beth Hughes",
)  # fmt: skip
