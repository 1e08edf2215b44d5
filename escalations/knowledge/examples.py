"""What patients ask a business of each kind most, for a page that holds nothing yet."""

from django.utils.translation import gettext_lazy as _

from tenants.formats import Words

EXAMPLES: dict[str, tuple[Words, ...]] = {
    "dentist": (
        _("Parking and buses"),
        _("What to bring to the first visit"),
        _("After an extraction"),
        _("How to pay"),
    ),
    "doctor": (
        _("Repeat prescriptions"),
        _("Preparing for a blood test"),
        _("When results are ready"),
        _("Parking and buses"),
    ),
    "physiotherapist": (
        _("What to wear"),
        _("Do I need a referral?"),
        _("Insurers you work with"),
        _("Parking and buses"),
    ),
    "therapist": (
        _("How the first conversation works"),
        _("Sessions by video"),
        _("What stays confidential"),
        _("How to pay"),
    ),
    "hair_salon": (
        _("Allergy test before colouring"),
        _("Gift vouchers"),
        _("If you are late"),
        _("Parking and buses"),
    ),
}


def examples_for(kind: str) -> tuple[Words, ...]:
    return EXAMPLES.get(kind, EXAMPLES["dentist"])
