"""Twilio's error answers. Codes: https://www.twilio.com/docs/api/errors."""

from starlette.requests import Request
from starlette.responses import JSONResponse

# What the vendor's clients read from `message`.
MESSAGES = {
    20003: "Authenticate",
    20404: "The requested resource {detail} was not found",
    21211: "Invalid 'To' Phone Number: {detail}",
    21212: "Invalid 'From' Number: {detail}",
    21602: "Message body is required.",
    21603: "A 'From' phone number is required.",
    21604: "A 'To' phone number is required.",
    21609: "The 'StatusCallback' URL {detail} is not a valid URL.",
    21610: "Attempt to send to unsubscribed recipient",
    21617: "The concatenated message body exceeds the 1600 character limit",
    21655: "The ContentSid {detail} is Invalid",
    21656: "The ContentVariables Parameter is invalid",
    21910: "Invalid 'From' and 'To' pair. 'From' and 'To' should be of the same channel",
    63007: "Twilio could not find a Channel with the specified From address",
    63016: "Failed to send freeform message because you are outside the allowed window. Please use a Template.",
    63019: "Media failed to download",
    63021: "Channel invalid content error",
    63024: "Invalid message recipient",
}
# Not Twilio's: what only this program refuses says so.
SANDBOX_REFUSES = 20001


class TwilioError(Exception):
    """An error answer: HTTP status, Twilio's code, and what to put into its message."""

    def __init__(self, code: int, detail: str = "", *, status: int = 400) -> None:
        self.code = code
        self.status = status
        self.message = MESSAGES[code].format(detail=detail) if code in MESSAGES else detail
        super().__init__(self.message)


def refused(detail: str) -> TwilioError:
    """Twilio would let it pass or answer vaguely; here it is a mistake to be seen."""
    return TwilioError(SANDBOX_REFUSES, f"Sandbox: {detail}")


def not_found(request: Request) -> TwilioError:
    return TwilioError(20404, request.url.path.removeprefix("/twilio"), status=404)


async def answer_error(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, TwilioError)
    body = {
        "code": error.code,
        "message": error.message,
        "more_info": f"https://www.twilio.com/docs/errors/{error.code}",
        "status": error.status,
    }
    headers = {"WWW-Authenticate": 'Basic realm="Twilio API"'} if error.status == 401 else None
    return JSONResponse(body, status_code=error.status, headers=headers)
