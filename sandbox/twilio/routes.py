"""All of Twilio's addresses. api., content. and messaging.twilio.com share one host here."""

from starlette.requests import Request
from starlette.routing import Route

from sandbox.twilio import accounts, content, media, messages, senders
from sandbox.twilio.errors import not_found

ACCOUNT = "/2010-04-01/Accounts/{account}"
MESSAGE = ACCOUNT + "/Messages/{message}"
EVERY = ["GET", "POST", "PUT", "PATCH", "DELETE"]


async def unknown(request: Request) -> None:
    raise not_found(request)


routes = [
    Route(ACCOUNT + "/Messages.json", messages.create, methods=["POST"]),
    Route(ACCOUNT + "/Messages.json", messages.list_all, methods=["GET"]),
    Route(MESSAGE + "/Media.json", media.list_all, methods=["GET"]),
    Route(MESSAGE + "/Media/{sid}.json", media.fetch, methods=["GET"]),
    Route(MESSAGE + "/Media/{sid}.json", media.delete, methods=["DELETE"]),
    Route(MESSAGE + "/Media/{sid}", media.content, methods=["GET"]),
    Route(MESSAGE + "/Media/{sid}", media.delete, methods=["DELETE"]),
    Route("/cdn/{sid}/{key}", media.cdn, methods=["GET"]),
    Route(ACCOUNT + "/Messages/{sid}.json", messages.fetch, methods=["GET"]),
    Route(ACCOUNT + "/Messages/{sid}.json", messages.update, methods=["POST"]),
    Route(ACCOUNT + "/Messages/{sid}.json", messages.delete, methods=["DELETE"]),
    Route(ACCOUNT + "/IncomingPhoneNumbers.json", senders.list_numbers, methods=["GET"]),
    Route("/2010-04-01/Accounts/{account}.json", accounts.fetch, methods=["GET"]),
    Route("/v1/Content", content.create, methods=["POST"]),
    Route("/v1/Content", content.list_all, methods=["GET"]),
    Route("/v1/ContentAndApprovals", content.list_with_approvals, methods=["GET"]),
    Route("/v1/Content/{sid}", content.fetch, methods=["GET"]),
    Route("/v1/Content/{sid}", content.delete, methods=["DELETE"]),
    Route("/v1/Content/{sid}/ApprovalRequests/whatsapp", content.request_approval, methods=["POST"]),
    Route("/v1/Content/{sid}/ApprovalRequests", content.fetch_approval, methods=["GET"]),
    Route("/v2/Indicators/Typing.json", senders.show_typing, methods=["POST"]),
    Route("/v2/Channels/Senders", senders.list_senders, methods=["GET"]),
    Route("/v2/Channels/Senders/{sid}", senders.fetch_sender, methods=["GET"]),
    Route("/v2/Channels/Senders/{sid}", senders.update_sender, methods=["POST"]),
    Route("/{path:path}", unknown, methods=EVERY),
]
