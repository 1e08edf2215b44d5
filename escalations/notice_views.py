"""The bell: what one person was told of, and whether they have looked."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from conversations.models import Conversation
from escalations import inbox
from escalations.models import Notice
from escalations.telling import notices, words
from tenants.access import business_of, find, membership_of, staff_page


@staff_page
@require_safe
def notices_page(request: HttpRequest) -> HttpResponse:
    """The newest, with the name of the contact where it is about one."""
    business, me = business_of(request), membership_of(request).user_id
    rows = list(Notice.objects.filter(staff_id=me).order_by("-at", "-pk")[: notices.KEPT_ON_PAGE])
    about = Conversation.objects.select_related("contact", "identity").in_bulk(
        [each.conversation_id for each in rows if each.conversation_id]
    )
    shown = [
        {
            "notice": each,
            "text": words.text_of(each),
            "icon": words.icon_of(each),
            "name": inbox.title_of(business, about[each.conversation_id]) if each.conversation_id in about else "",
        }
        for each in rows
    ]
    context = {"rows": shown, "unseen": sum(each.seen_at is None for each in rows), "me": me, "section": "notices"}
    return render(request, "desk/notices.html", context)


@staff_page
@require_safe
def open_notice(request: HttpRequest, notice_id: int) -> HttpResponse:
    """To what it is about; it counts as seen."""
    business, me = business_of(request), membership_of(request).user_id
    notice = find(request, Notice.objects.filter(staff_id=me), pk=notice_id)
    if not business.suspended:
        notices.see(business, me, notice_id=notice.pk)
    return redirect(words.path_of(business, notice))


@staff_page
@require_POST
def see_all(request: HttpRequest) -> HttpResponse:
    notices.see(business_of(request), membership_of(request).user_id)
    return redirect("notices")
