"""What patients ask a business of each kind most, for a page that holds nothing yet."""

EXAMPLES: dict[str, tuple[str, ...]] = {
    "dentist": ("Parking and buses", "What to bring to the first visit", "After an extraction", "How to pay"),
    "doctor": ("Repeat prescriptions", "Preparing for a blood test", "When results are ready", "Parking and buses"),
    "physiotherapist": ("What to wear", "Do I need a referral?", "Insurers you work with", "Parking and buses"),
    "therapist": ("How the first conversation works", "Sessions by video", "What stays confidential", "How to pay"),
    "hair_salon": ("Allergy test before colouring", "Gift vouchers", "If you are late", "Parking and buses"),
}


def examples_for(kind: str) -> tuple[str, ...]:
    return EXAMPLES.get(kind, EXAMPLES["dentist"])
