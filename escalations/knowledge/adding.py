"""Adding entries: typed; or read from files or a pasted page, looked at, then saved."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from agents.knowledge import entries
from agents.knowledge.entries import Writing
from agents.knowledge.imported import FILE_BYTES, Imported, ImportRefused, read_file, read_page
from agents.models import KnowledgeEntry
from escalations.knowledge.forms import EntryForm, FilesForm, PageForm, ReadForm, ReadForms, guessed_language
from escalations.knowledge.pages import surroundings
from tenants.access import business_of, membership_of, staff_page
from tenants.audit import record

WAYS = {"type": _("Type it"), "files": _("Upload files"), "page": _("Paste a page")}
ALL_TOGETHER = 250_000  # characters that one upload may hold, so that its preview can be sent back
FULL = format_lazy(
    _("There are {most} entries, which is the most. Remove what is no longer needed first."),
    most=f"{entries.MOST_ENTRIES:,}",
)
Origin = KnowledgeEntry.Origin


@staff_page
@require_http_methods(["GET", "HEAD", "POST"])
def add_page(request: HttpRequest) -> HttpResponse:
    """What is typed is saved at once; what is uploaded or pasted goes to `read_given` first."""
    given = request.GET.get("how", "")
    how = given if given in WAYS else "type"
    if request.method != "POST":
        form = {"type": _empty_entry(request), "files": FilesForm(), "page": PageForm()}[how]
        return _page(request, how, form)
    form = EntryForm(request.POST)
    if form.is_valid() and _is_new(form) and _has_room(form, 1):
        entry = _keep(request, [form.writing()])[0]
        messages.success(
            request, gettext("“%(title)s” is saved. The assistant answers from it at once.") % {"title": entry.title}
        )
        return redirect("knowledge")
    return _page(request, "type", form, status=422)


@staff_page
@require_POST
def read_given(request: HttpRequest) -> HttpResponse:
    """What was read, to be looked at and changed; nothing is saved yet."""
    how = "page" if "page" in request.POST else "files"
    if how == "page":
        pasted = PageForm(request.POST)
        if not pasted.is_valid():
            return _page(request, how, pasted, status=422)
        try:
            read = read_page(pasted.cleaned_data["page"])
        except ImportRefused as refusal:
            pasted.add_error("page", str(refusal))
            return _page(request, how, pasted, status=422)
        return _preview(request, [(read, pasted.cleaned_data["address"])], [], Origin.PAGE)
    uploaded = FilesForm(request.POST, request.FILES)
    if not uploaded.is_valid():
        return _page(request, how, uploaded, status=422)
    read_files, refused = _read_all(uploaded.cleaned_data["uploads"])
    if not read_files:
        for each in refused:
            uploaded.add_error("uploads", f"{each['name']}: {each['problem']}")
        return _page(request, how, uploaded, status=422)
    return _preview(request, read_files, refused, Origin.FILE)


@staff_page
@require_POST
def keep_read(request: HttpRequest) -> HttpResponse:
    """Save those of the preview that are marked."""
    read = ReadForms(request.POST)
    if not read.is_valid():
        return _preview_page(request, read, [], status=422)
    wanted = [
        each.writing(origin=each.cleaned_data["origin"], source=each.cleaned_data["source"])
        for each in read.forms
        if each.cleaned_data.get("keep")
    ]
    if read.forms and not _has_room(read.forms[0], len(wanted)):
        return _preview_page(request, read, [], status=422)
    kept = _keep(request, wanted)
    if kept:
        messages.success(
            request,
            ngettext("%(number)s entry is saved.", "%(number)s entries are saved.", len(kept)) % {"number": len(kept)},
        )
    else:
        messages.info(request, gettext("Nothing was saved."))
    return redirect("knowledge")


def _read_all(files: Iterable[UploadedFile]) -> tuple[list[tuple[Imported, str]], list[dict[str, str]]]:
    """What each file says with its name, and those that say nothing with the reason."""
    read: list[tuple[Imported, str]] = []
    refused: list[dict[str, str]] = []
    length = 0
    for each in files:
        name = (each.name or "file").replace("\x00", "")[:300]
        try:
            if (each.size or 0) > FILE_BYTES:
                raise ImportRefused("too_big")
            found = read_file(name, each.read())
        except ImportRefused as refusal:
            refused.append({"name": name, "problem": str(refusal)})
            continue
        length += len(found.body)
        if length > ALL_TOGETHER:
            refused.append(
                {"name": name, "problem": gettext("The files are too long together. Upload this one by itself.")}
            )
            continue
        read.append((found, name))
    return read, refused


def _preview(
    request: HttpRequest, read: Sequence[tuple[Imported, str]], refused: list[dict[str, str]], origin: str
) -> HttpResponse:
    default = business_of(request).language
    writings = [
        Writing(
            title=found.title,
            body=found.body,
            language=guessed_language(found.body, default),
            origin=origin,
            source=source,
        )
        for found, source in read
    ]
    initial = [
        vars(writing) | {"twin": twin, "keep": twin is None or twin.body != writing.body}
        for writing, twin in zip(writings, entries.twins(writings), strict=True)
    ]
    return _preview_page(request, ReadForms(initial=initial), refused)


def _preview_page(request: HttpRequest, read: Any, refused: list[dict[str, str]], status: int = 200) -> HttpResponse:
    context = surroundings(request, "") | {
        "read": read,
        "rows": [{"form": each, "twin": (each.initial or {}).get("twin")} for each in read.forms],
        "refused": refused,
    }
    return render(request, "knowledge/preview.html", context, status=status)


def _keep(request: HttpRequest, writings: Iterable[Writing]) -> list[KnowledgeEntry]:
    user = membership_of(request).user
    kept = []
    with transaction.atomic():
        for writing in writings:
            entry = entries.add(writing, user_id=user.pk)
            record(business_of(request), user, "knowledge.added", f"knowledge entry {entry.pk}")
            kept.append(entry)
    return kept


def _is_new(form: EntryForm) -> bool:
    writing = form.writing()
    twin = entries.twins([writing])[0]
    if twin is not None and twin.body == writing.body:
        form.add_error("body", gettext("“%(title)s” says this already.") % {"title": twin.title})
        return False
    return True


def _has_room(form: EntryForm | ReadForm, wanted: int) -> bool:
    if KnowledgeEntry.objects.filter(removed_at__isnull=True).count() + wanted <= entries.MOST_ENTRIES:
        return True
    form.add_error(None, FULL)
    return False


def _empty_entry(request: HttpRequest) -> EntryForm:
    return EntryForm(initial={"title": request.GET.get("title", "")[:120], "language": business_of(request).language})


def _page(request: HttpRequest, how: str, form: Any, status: int = 200) -> HttpResponse:
    ways = [
        {"label": label, "url": f"{reverse('knowledge_add')}?how={name}", "active": name == how}
        for name, label in WAYS.items()
    ]
    context = surroundings(request, "") | {"how": how, "ways": ways, "form": form}
    return render(request, "knowledge/add.html", context, status=status)
