"""Staff react to a message with one of a few emoji."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from conversations import reactions
from conversations.channels.registry import adapter_for
from conversations.models import Message
from escalations import inbox
from escalations.views import after, conversation_at
from tenants.access import business_of, find, membership_of, staff_page


@staff_page
@require_POST
def react(request: HttpRequest, message_id: int) -> HttpResponse:
    theirs = Message.objects.filter(direction=Message.Direction.IN, provider_id__isnull=False)
    message = find(request, theirs, pk=message_id)
    conversation = conversation_at(request, message.conversation_id)
    emoji = request.POST.get("emoji", "")
    if emoji and emoji not in reactions.CHOICES:
        return after(request, conversation, gettext("Only the emoji shown can be sent."))
    if not adapter_for(conversation.channel.kind).reacts:
        return after(request, conversation, gettext("This number can’t send reactions."))
    if business_of(request).suspended or not inbox.window_open(conversation):
        return after(request, conversation, gettext("Nothing can be sent to them at the moment."))
    reactions.put(business_of(request), message, emoji, membership_of(request).user_id)
    return after(request, conversation)
