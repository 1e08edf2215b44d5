"""A voice note for staff to listen to: fetched from the vendor while they listen, kept nowhere."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from conversations import listening
from conversations.channels.base import ChannelError
from conversations.models import Message
from tenants.access import find, staff_page


@staff_page
@require_safe
@cache_control(private=True, no_store=True)
def sound(request: HttpRequest, message_id: int) -> HttpResponse:
    message = find(request, Message.objects.select_related("channel"), pk=message_id, kind=Message.Kind.VOICE)
    try:
        content = listening.sound_of(message)
    except ChannelError as error:
        if error.permanent:
            raise Http404("no longer at the vendor") from error
        return HttpResponse("The voice note can't be fetched at the moment.", status=503, content_type="text/plain")
    answer = HttpResponse(content, content_type="audio/ogg")
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
