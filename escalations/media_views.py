"""Files of messages, for members of the business alone; asking once more for one that could not be fetched."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST, require_safe

from conversations.files import keeping, receiving, serving
from conversations.models import StoredFile
from escalations.views import after, conversation_at
from tenants.access import business_of, find, staff_page


@staff_page
@require_safe
@cache_control(private=True, no_store=True)
def file(request: HttpRequest, stored_file_id: int) -> HttpResponse:
    found = find(request, StoredFile, pk=stored_file_id)
    try:
        content = keeping.read(business_of(request), found)
    except keeping.Gone as error:
        raise Http404("not kept") from error
    return serving.answer(request, found, content)


@staff_page
@require_POST
def fetch_again(request: HttpRequest, stored_file_id: int) -> HttpResponse:
    found = find(request, StoredFile.objects.select_related("message"), pk=stored_file_id, message__isnull=False)
    assert found.message is not None
    conversation = conversation_at(request, found.message.conversation_id)
    if not business_of(request).suspended:
        receiving.try_again(business_of(request), found)
    return after(request, conversation)
