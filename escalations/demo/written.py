"""What the demo's practices have written down for their assistants."""

from agents.knowledge import entries
from agents.knowledge.entries import Writing
from tenants.models import User

DENTIST = (
    (
        "Parking",
        "You can park behind the building, entrance from Park Square. The first two hours are free for patients: show "
        "your ticket at reception. There are two blue badge spaces by the door.",
    ),
    (
        "Your first visit",
        "# What to bring\nA photo ID, a list of the medicines you take, and X-rays of the last two years if you have "
        "them.\n\n# How long it takes\nAbout 45 minutes. Please come ten minutes early for the health form.",
    ),
    (
        "After an extraction",
        "Bite on the gauze for 30 minutes. Don't rinse, smoke or drink through a straw for 24 hours. Eat soft food, "
        "and keep your head raised when you sleep. If it bleeds for longer than an hour, call us.",
    ),
    ("How to pay", "We take cash, cards, Apple Pay and Google Pay. Treatment over £300 can be spread over a year."),
)
SALON = (
    (
        "Before colouring",
        "We need a skin test 48 hours before your first colour. Please don't wash your hair that day.",
    ),
    ("Gift vouchers", "Vouchers are sold at the desk from £20 and are valid for a year."),
)
BY_KIND = {"dentist": DENTIST, "hair_salon": SALON}


def write(kind: str, author: User) -> None:
    for title, body in BY_KIND.get(kind, ()):
        entries.add(Writing(title=title, body=body, language="en"), user_id=author.pk)
