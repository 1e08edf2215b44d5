"""Phone numbers as people read them aloud."""

import phonenumbers


def readable(address: str) -> str:
    """whatsapp:+441134960000 → +44 113 496 0000; what is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(address.removeprefix("whatsapp:"))
    except phonenumbers.NumberParseException:
        return address
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
