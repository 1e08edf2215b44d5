"""What a contact sent with a message is fetched from the vendor as work of its own, looked at, and kept by us.

waiting → kept, or refused (its host, size or kind) or failed (the vendor, for now): a person can have it tried again.
Once it is kept here or refused, the vendor is asked to forget its copy.
"""

import datetime as dt
import hashlib
from collections.abc import Sequence

import structlog
from django.db import transaction

from conversations.channels import media
from conversations.channels.base import ChannelError
from conversations.channels.registry import adapter_for
from conversations.events_in import Media
from conversations.files import keeping, kinds
from conversations.models import Message, StoredFile
from conversations.storing import clean
from tenants import events, worklist
from tenants.crashpoints import reach
from tenants.models import Business
from tenants.worklist import Lease

log = structlog.get_logger(__name__)
FETCH = "conversations.fetch_file"
State = StoredFile.State
AGAIN_AFTER = (5, 30, 120)  # seconds, after the first tries


def expect(business: Business, message: Message, files: Sequence[Media]) -> None:
    """Within the caller's transaction: each file of a message that has come has a row, and is fetched soon."""
    rows = [
        StoredFile(message=message, position=number, name=clean(each.name)[: kinds.NAME])
        for number, each in enumerate(files)
        if each.url
    ]
    for each in StoredFile.objects.bulk_create(rows):
        worklist.call_for(business.pk, FETCH, each.pk)


def try_again(business: Business, file: StoredFile) -> bool:
    """A person asks once more for what could not be fetched; False when there is nothing to try."""
    with transaction.atomic():
        asked = StoredFile.objects.filter(pk=file.pk, state=State.FAILED).update(state=State.WAITING, error="")
        if asked:
            worklist.call_for(business.pk, FETCH, file.pk)
            _tell(business, file)
    return bool(asked)


def fetch(business: Business, file_id: int, lease: Lease) -> None:
    """Fetch one file and finish the work, or give it back for later. No transaction is open meanwhile."""
    file = StoredFile.objects.filter(pk=file_id).select_related("message__channel").first()
    if file is None or file.state != State.WAITING or file.message is None:
        return lease.finish()
    if lease.exhausted:
        return _settle(business, file, lease, State.FAILED, error="crashed")
    message = file.message
    reference = _reference(message, file.position)
    try:
        content = media.fetch(message.channel, reference, kinds=("",), at_most=kinds.MOST)
        found = kinds.type_of(content, sound=message.kind == Message.Kind.VOICE)
    except (media.MediaRefused, kinds.NotTaken) as error:
        _settle(business, file, lease, State.REFUSED, error=error.code)
        return _forget_at_vendor(message, reference)
    except ChannelError as error:
        if error.permanent or lease.attempts >= worklist.MAX_ATTEMPTS:
            return _settle(business, file, lease, State.FAILED, error=error.code)
        return lease.retry_in(dt.timedelta(seconds=AGAIN_AFTER[min(lease.attempts, len(AGAIN_AFTER)) - 1]))
    reach("file.fetched")
    _keep(business, file, lease, content, found)
    return _forget_at_vendor(message, reference)


def _keep(business: Business, file: StoredFile, lease: Lease, content: bytes, found: str) -> None:
    path = keeping.write(business, content)
    try:
        _settle(
            business,
            file,
            lease,
            State.KEPT,
            type=found,
            size=len(content),
            digest=hashlib.sha256(content).hexdigest(),
            path=path,
        )
    except BaseException:
        keeping.remove(business, path)
        raise


def _settle(business: Business, file: StoredFile, lease: Lease, state: str, **values: str | int) -> None:
    if state != State.KEPT:
        log.info("file.not_kept", file=file.pk, state=state, code=values["error"])
    with transaction.atomic():
        lease.hold()
        StoredFile.objects.filter(pk=file.pk).update(state=state, **values)
        _tell(business, file)
        lease.finish()


def _forget_at_vendor(message: Message, reference: str) -> None:
    """Two copies of a patient's picture are one too many. A vendor that keeps it deletes it itself some day."""
    try:
        adapter_for(message.channel.kind).forget_media(message.channel, reference)
    except ChannelError as error:
        log.info("file.left_at_vendor", message=message.pk, code=error.code)


def _reference(message: Message, position: int) -> str:
    return str(message.media[position]["url"]) if position < len(message.media) else ""


def _tell(business: Business, file: StoredFile) -> None:
    if file.message is not None:
        events.publish(business, "conversation", file.message.conversation_id)
