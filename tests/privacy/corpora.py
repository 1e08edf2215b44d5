"""Messages as patients write them, in five languages, around generated numbers; all values are invented."""

import random
from dataclasses import dataclass

import phonenumbers

CARRIERS = {
    "en": (
        "{}",
        "Hi, my number is {} thanks",
        "can I book for 12/11 at 10:30? {}",
        "please call {} after 5pm, or text me",
        "It is {}.",
        "Tuesday 14th at 3pm? {} 10am is fine too",
    ),
    "de": (
        "Meine Nummer ist {}, bitte einen Termin am 12.11. um 10:30 Uhr",
        "erreichbar unter {}",
        "{}",
        "Danke, {} (35 EUR ist ok)",
    ),
    "fr": ("Mon numéro : {} , rdv le 12/11 à 10h30", "appelez-moi au {}", "{}", "c'est le {} merci"),
    "es": ("mi móvil es {} y quiero cita el 12/11 a las 10:30", "llámame al {}", "{}", "es {}, gracias"),
    "pt": ("o meu telemóvel é {} , dia 12/11 às 10h30", "ligue para o {}", "{}", "é {} obrigada"),
}
COUNTRIES = {
    "en": ("GB", "US", "IE", "AU", "CA", "NZ"),
    "de": ("DE", "AT", "CH"),
    "fr": ("FR", "BE", "CH"),
    "es": ("ES", "MX"),
    "pt": ("PT", "BR"),
}


@dataclass(frozen=True)
class Case:
    text: str
    start: int
    end: int
    country: str
    language: str

    @property
    def value(self) -> str:
        return self.text[self.start : self.end]


def case(carrier: str, value: str, *, country: str, language: str) -> Case:
    start = carrier.index("{}")
    return Case(carrier.format(value), start, start + len(value), country, language)


def carried(value: str, rng: random.Random, *, country: str = "GB", language: str = "en") -> Case:
    return case(rng.choice(CARRIERS[language]), value, country=country, language=language)


def digits(rng: random.Random, count: int) -> str:
    return "".join(rng.choice("0123456789") for _ in range(count))


def nhs_number(rng: random.Random) -> str:
    while True:
        nine = digits(rng, 9)
        check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(nine)) % 11
        if check != 10:
            return nine + str(check % 11)


def ni_number(rng: random.Random) -> str:
    prefix = rng.choice("ABCEGHJKLMNOPRSTWXYZ") + rng.choice("ABCEGHJKLMNPRSTWXYZ")
    return prefix + digits(rng, 6) + rng.choice("ABCD")


def card_number(rng: random.Random) -> str:
    start, length = rng.choice((("4", 16), ("51", 16), ("34", 15), ("36", 14), ("6011", 16), ("4", 19)))
    body = start + digits(rng, length - len(start) - 1)
    for check in "0123456789":
        doubled = [int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(body + check))]
        if sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0:
            return body + check
    raise AssertionError("no check digit")


def iban(rng: random.Random) -> str:
    country, bank, count = rng.choice(
        (("GB", "WEST", 14), ("DE", "", 18), ("FR", "", 23), ("ES", "", 20), ("PT", "", 21))
    )
    body = bank + digits(rng, count)
    number = int("".join(str(int(character, 36)) for character in body + country + "00"))
    return f"{country}{98 - number % 97:02}{body}"


def grouped(text: str, size: int, separator: str = " ") -> str:
    return separator.join(text[place : place + size] for place in range(0, len(text), size))


def phones(rng: random.Random, language: str) -> list[Case]:
    """Numbers of every kind in every country of a language, in the spellings that people use."""
    cases = []
    for country in COUNTRIES[language]:
        for kind in (0, 1, 3, 6):
            example = phonenumbers.example_number_for_type(country, kind)
            for _ in range(4 if example else 0):
                cases += [
                    case(carrier, spelling, country=country, language=language)
                    for spelling in _spellings(_shuffled(example, rng))
                    for carrier in CARRIERS[language]
                ]
    return cases


def _shuffled(example: phonenumbers.PhoneNumber, rng: random.Random) -> phonenumbers.PhoneNumber:
    number = phonenumbers.PhoneNumber()
    number.merge_from(example)
    number.national_number = int(str(example.national_number)[:-5] + digits(rng, 5))
    return number


def _spellings(number: phonenumbers.PhoneNumber) -> list[str]:
    formats = [phonenumbers.format_number(number, number_format) for number_format in (0, 1, 2)]
    spellings = {spelling for text in formats for spelling in (text, *(text.replace(" ", by) for by in ".-\u00a0"))}
    return sorted({*spellings, *(text.replace(" ", "") for text in formats)})  # in each process the same


def readable(rng: random.Random) -> str:
    """A message of dates, times, prices and references, with nothing personal in it."""
    pattern = rng.choice((
        "Can I come on {date} at {time}?", "{date} {time}", "move it from {date} {time} to {date} {time}",
        "between {time} and {time} on {date}", "{time}-{time} {date}", "{date} - {date}", "is it {price}? {date}",
        "ref {reference}, {date} {time}", "my reference is {reference} for {date}", "{reference} {time}",
        "Termin am {date} um {time} Uhr, {price}", "rdv le {date} à {time}, {price}", "cita el {date} a las {time}",
        "marcação dia {date} às {time}, {price}", "every {count} weeks for {count} months",
        "option {count}, {count} or 3",
        "{date} {time} {reference} {price}", "{count} {time}", "{date} {count}", "20 mg {count} times, 50%",
        "Slot s.eyJhbGciOiJIUzI1NiJ9.AbCd1234567890xyz on {date}",
    ))  # fmt: skip
    while "{" in pattern:
        pattern = pattern.replace("{date}", _date(rng), 1).replace("{time}", _time(rng), 1)
        pattern = pattern.replace("{price}", _price(rng), 1).replace("{reference}", _reference(rng), 1)
        pattern = pattern.replace("{count}", str(rng.randint(1, 30)), 1)
    return pattern


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randint(1, 12), rng.randint(2024, 2028)
    name = [
        "January",
        "Feb",
        "März",
        "April",
        "mai",
        "June",
        "Juli",
        "août",
        "septiembre",
        "outubro",
        "Nov",
        "Dezember",
    ][month - 1]
    return rng.choice((
        f"{day}/{month}/{year}", f"{day:02}.{month:02}.{year}", f"{day}.{month}.", f"{day}.{month}.{year % 100}",
        f"{day}/{month}", f"{day:02}-{month:02}-{year}", f"{year}-{month:02}-{day:02}", f"{day} {name}",
        f"{day}. {name} {year}", f"{name} {day}, {year}", f"{day} de {name} de {year}", f"{day:02} {month:02} {year}",
        f"{year}{month:02}{day:02}", f"Tuesday {day}th", f"{year}-{month:02}-{day:02}T10:30:00+01:00",
    ))  # fmt: skip


def _time(rng: random.Random) -> str:
    hour, minute = rng.randint(7, 20), rng.choice((0, 15, 30, 45))
    return rng.choice((
        f"{hour}:{minute:02}", f"{hour}.{minute:02}", f"{hour}h{minute:02}", f"{hour % 12 + 1}pm", f"{hour}",
        f"{hour % 12 + 1}:{minute:02} am", f"{hour}h", f"{hour:02}{minute:02}", f"{hour}:{minute:02}:00",
    ))  # fmt: skip


def _price(rng: random.Random) -> str:
    amount = rng.randint(5, 999)
    return rng.choice(
        (f"£{amount}", f"{amount} €", f"{amount},50 EUR", f"£1,{amount:03}.00", f"1.{amount:03},00 €", f"CHF {amount}")
    )


def _reference(rng: random.Random) -> str:
    number = rng.randint(1000, 99999)
    return rng.choice(
        (f"AB-{number}", f"#{number}", f"INV-2026-{number:05}", f"#A{number}", f"APT{number}", f"REF-{number}77")
    )
