"""`/b/<slug>/set-up/` and `/b/<slug>/settings/health/`: what is still to do, and what is broken."""

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conversations.models import Channel
from escalations.overview import overview
from escalations.readiness.checklist import remaining, steps_of
from escalations.readiness.health import areas_of, worst
from escalations.readiness.standing import standing_of
from tenants.access import business_of, staff_page
from tenants.models import ChannelKind

HELLO = "Hello"


@staff_page
@require_safe
def set_up_page(request: HttpRequest) -> HttpResponse:
    """The checklist, live: it refetches itself with every piece of news."""
    business = business_of(request)
    steps = steps_of(standing_of(business))
    context = {
        "section": "set_up",
        "steps": steps,
        "remaining": remaining(steps),
        "needed": sum(each.needed for each in steps),
        "number": _number(),
        "nav_counts": overview(business),
    }
    return render(request, "readiness/set_up.html", context)


@staff_page
@require_safe
def health_page(request: HttpRequest) -> HttpResponse:
    business = business_of(request)
    areas = areas_of(business, standing_of(business))
    context = {"section": "settings", "areas": areas, "worst": worst(areas), "nav_counts": overview(business)}
    return render(request, "readiness/health.html", context)


@staff_page
@require_safe
def number_code(request: HttpRequest) -> HttpResponse:
    """A QR code that opens WhatsApp on a phone, with a first message to the business's number; as SVG."""
    import qrcode
    from qrcode.image.svg import SvgPathImage

    number = _number()
    if not number:
        raise Http404("no number")
    drawn = io.BytesIO()
    qrcode.make(address_of(number), image_factory=SvgPathImage, box_size=12, border=2).save(drawn)
    return HttpResponse(
        drawn.getvalue(), content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=60"}
    )


def address_of(number: str) -> str:
    """What opens WhatsApp with a message to that number. https://faq.whatsapp.com/5913398998672934"""
    return f"https://wa.me/{number.removeprefix('+')}?text={HELLO}"


def _number() -> str:
    """+44…, of the number that was connected first; "" without one that a phone could write to."""
    channel = Channel.objects.filter(active=True).exclude(kind=ChannelKind.SIMULATOR).order_by("pk").first()
    if channel is None:
        return ""
    number = channel.number or channel.address.removeprefix("whatsapp:")
    return number if number.startswith("+") else ""
