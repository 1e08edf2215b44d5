import argparse
import json
from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from tenants import places
from tenants.audit import record
from tenants.models import ChannelKind, ChannelRoute, Kind, User
from tenants.provisioning import Details, SlugRefused, check_slug, create_business


class Command(BaseCommand):
    help = "A business ready to answer. The owner is created when missing; prints where to log in."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--name", required=True)
        parser.add_argument("--slug", required=True, help="the part of /b/<slug>/")
        parser.add_argument("--kind", required=True, help=", ".join(Kind.values))
        parser.add_argument("--timezone", required=True, help="such as Europe/London")
        parser.add_argument("--owner", required=True, metavar="EMAIL")
        parser.add_argument("--number", default="", help="whatsapp:+44… to connect at once, through Twilio")
        parser.add_argument("--always-open", action="store_true", help="every practitioner works 07:00–22:00 daily")
        parser.add_argument("--country", default="GB", help="ISO 3166, such as GB")
        parser.add_argument("--currency", default="", help="ISO 4217; by default the country's")
        parser.add_argument("--practitioner", default="", help="name of the first one")
        parser.add_argument("--json", action="store_true", help="print one line of JSON")

    def handle(self, **options: Any) -> None:
        arguments = _checked(options)
        owner, set_password = _owner(options["owner"].strip().lower())
        details = Details(
            always_open=options["always_open"], number=options["number"], practitioner=options["practitioner"]
        )
        business = create_business(owner=owner, details=details, **arguments)
        record(business, None, "business.created", f"business {business.pk}", kind=business.kind)
        said = {"slug": business.slug, "url": settings.PUBLIC_ORIGIN + business.path, "owner": owner.email}
        if set_password:
            said["set_password"] = set_password
        self.stdout.write(json.dumps(said) if options["json"] else _readable(business.name, said))


def _checked(options: dict[str, Any]) -> dict[str, Any]:
    """What create_business takes; CommandError (exit code 1) says what is wrong before anything is made."""
    country, currency = options["country"].upper(), options["currency"].upper()
    if not options["name"].strip() or len(options["name"]) > 120:
        raise CommandError("--name: write a name of up to 120 characters.")
    if options["kind"] not in Kind.values:
        raise CommandError(f"--kind: choose one of {', '.join(Kind.values)}.")
    if options["timezone"] not in places.timezones():
        raise CommandError(f"--timezone: {options['timezone']} is unknown; write it like Europe/London.")
    if country not in places.countries():
        raise CommandError(f"--country: {options['country']} is unknown; write two letters, such as GB.")
    if currency and not (len(currency) == 3 and currency.isascii() and currency.isalpha()):
        raise CommandError("--currency: write three letters, such as GBP.")
    try:
        slug = check_slug(options["slug"])
    except SlugRefused as refused:
        raise CommandError(f"--slug: {refused}") from None
    try:
        validate_email(options["owner"].strip())
    except ValidationError:
        raise CommandError(f"--owner: {options['owner']} is not an e-mail address.") from None
    _check_number(options["number"])
    return {
        "name": options["name"].strip(),
        "slug": slug,
        "kind": options["kind"],
        "timezone": options["timezone"],
        "country": country,
        "currency": currency or places.currency_of(country),
    }


def _check_number(number: str) -> None:
    if not number:
        return
    digits = number.removeprefix("whatsapp:+")
    if not number.startswith("whatsapp:+") or not digits.isdecimal() or not 7 <= len(digits) <= 15:
        raise CommandError("--number: write it like whatsapp:+441134960000.")
    if ChannelRoute.objects.filter(kind=ChannelKind.TWILIO, address=number).exists():
        raise CommandError(f"--number: {number} already belongs to a business.")


def _owner(email: str) -> tuple[User, str]:
    """The owner, and the link for choosing a password when the account is new."""
    user = User.objects.filter(email__iexact=email).first()
    if user is not None:
        return user, ""
    with transaction.atomic():
        user = User.objects.create_user(email)
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    path = reverse("account_reset_password_from_key", urlconf=settings.PUBLIC_URLCONF, kwargs=parts)
    return user, settings.PUBLIC_ORIGIN + path


def _readable(name: str, said: dict[str, str]) -> str:
    lines = [f"{name} is ready: {said['url']}", f"Owner: {said['owner']}"]
    if "set_password" in said:
        lines.append(f"Choose a password: {said['set_password']}")
    return "\n".join(lines)
