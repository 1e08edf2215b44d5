"""A public address under which a vendor fetches one file of ours, for an hour: signed, so that nobody guesses it."""

from urllib.parse import quote

from django.conf import settings
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django_tenants.utils import tenant_context

from conversations.files import keeping, kinds, serving
from conversations.models import Message, StoredFile
from tenants.models import Business

SALT = "conversations.files.links"
HOLDS_SECONDS = 3600


def link_to(business: Business, file: StoredFile) -> str:
    token = signing.dumps([business.pk, file.pk], salt=SALT)
    return f"{settings.PUBLIC_ORIGIN}/files/{token}/{quote(kinds.plain_name(file.name, file.type))}"


@require_safe
@cache_control(private=True, no_store=True)
def fetched_by_vendor(request: HttpRequest, token: str, name: str) -> HttpResponse:
    """Only what we send; `name` is for the vendor's eyes. Any other reason is a 404 like all others."""
    try:
        business_id, file_id = signing.loads(token, salt=SALT, max_age=HOLDS_SECONDS)
    except (signing.BadSignature, ValueError) as error:
        raise Http404("no such link") from error
    business = Business.objects.filter(pk=business_id, status=Business.Status.ACTIVE).first()
    if business is None:
        raise Http404("no such business")
    with tenant_context(business):
        file = StoredFile.objects.filter(pk=file_id, message__direction=Message.Direction.OUT).first()
        if file is None:
            raise Http404("no such file")
        try:
            return serving.answer(request, file, keeping.read(business, file))
        except keeping.Gone as error:
            raise Http404("not kept") from error
