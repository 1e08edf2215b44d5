"""E-mail addresses, credentials in links, network addresses and positions on the map."""

import ipaddress
import re

from agents.privacy.reading import Claim, Reading
from agents.privacy.values import ADDRESS, CREDENTIALS, EMAIL, IP

# Runs start only where a run begins and never give back (possessive): linear in the length of the text.
_LOCAL = r"[\w.!#$%&'*+/=?^`{|}~\-]"
_CHAINED = rf"(?:{_LOCAL}*+@[\w.\-]++)*+"  # "a@b=c@d.com": whatever hangs together
_EMAIL = re.compile(
    rf"(?<!{_LOCAL}){_LOCAL}++\x20?@\x20?[^\W\d_][\w\-]++(?:\x20?\.[\w\-]++)*+{_CHAINED}"
    rf"|(?<!{_LOCAL}){_LOCAL}++@[\w\-]++(?:\.[\w\-]++)++{_CHAINED}"
)
_QUOTED_EMAIL = re.compile(r'"[^"\n]{1,64}"@[\w\-]++(?:\.[\w\-]++)++')
_SPELLED_EMAIL = re.compile(
    r"(?<![\w.+\-])[\w.+\-]{1,64}+\s?(?:"
    r"[(\[{<]\s?(?:at|@|arroba|chez)\s?[)\]}>]\s?[\w\-]{1,63}(?:\s?(?:\."
    r"|[(\[{<]?\s?(?:dot|punkt|point|punto|ponto)\s?[)\]}>]?)\s?[\w\-]{2,63}){1,4}"
    r"|(?:at|@|arroba|arobase)\s[\w\-]{1,63}(?:\s(?:dot|punkt|point|punto|ponto)\s[\w\-]{2,63}){1,4}"
    r"|at\s(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|gmx|web|proton|protonmail|aol"
    r"|btinternet|orange|free)"
    r"\s?\.\s?[a-z]{2,6}(?:\.[a-z]{2})?)(?![\w])",
    re.IGNORECASE,
)
_AT = (" at ", "(at", "[at", "arro", "arob", "chez")
_CREDENTIALS = re.compile(r"(?<=://)[^\s/@\x00]++@")
_V4 = re.compile(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d]|\.\d)")
_V6 = re.compile(r"(?<![\w:])[0-9A-Fa-f]{0,4}(?::[0-9A-Fa-f]{0,4}){2,7}(?![\w:])")
_POSITION = re.compile(r"(?<![\d.])-?\d{1,3}\.\d{4,20}\s?,\s?-?\d{1,3}\.\d{4,20}(?![\d.])")


def read_electronic(reading: Reading) -> None:
    rest = reading.rest
    if "@" in rest:
        reading.take(CREDENTIALS, _CREDENTIALS)
        reading.take(EMAIL, _QUOTED_EMAIL)
        reading.sweep(_EMAIL, _email)
    if any(spelled in reading.folded for spelled in _AT):
        reading.take(EMAIL, _SPELLED_EMAIL)
    if reading.has_digits and "." in rest:
        reading.sweep(_V4, _address)
        reading.take(ADDRESS, _POSITION)
    if ":" in rest:
        reading.sweep(_V6, _address)


def _email(match: re.Match[str]) -> Claim | None:
    """Without the punctuation that leads into an address: 'anna@… and (anna@…."""
    sociable = " " in match.group() or not re.search(r"[^\W\d_]", match.group().partition("@")[0])
    ends = match.string[match.end() : match.end() + 1].strip() in {"", *",.;:!?)"}
    if sociable and ends and not re.search(r"[.@]", match.group().partition("@")[2]):
        return None  # "lunch @ home", "10@home"
    start = match.start() + len(match.group()) - len(match.group().lstrip("'!#$%&*/=?^`{|}~.-"))
    return EMAIL, start, match.end()


def _address(match: re.Match[str]) -> Claim | None:
    try:
        ipaddress.ip_address(match.group())
    except ValueError:
        return _loose_v4(match)
    return (IP, *match.span()) if match.group().strip(":") else None


def _loose_v4(match: re.Match[str]) -> Claim | None:
    """Octets with leading zeros are refused by `ipaddress`, but people write them."""
    octets = match.group().split(".")
    loose = len(octets) == 4 and all(int(octet) <= 255 for octet in octets)
    return (IP, *match.span()) if loose else None
