"""The parameters that Twilio knows. It ignores others; here they are refused: a typo is a lost message."""

from starlette.datastructures import FormData, QueryParams

from sandbox.twilio.errors import refused

PAGING = frozenset({"PageSize", "Page", "PageToken"})
MESSAGE_CREATE = frozenset(
    {
        "To",
        "From",
        "MessagingServiceSid",
        "Body",
        "MediaUrl",
        "ContentSid",
        "ContentVariables",
        "StatusCallback",
        "ApplicationSid",
        "MaxPrice",
        "ProvideFeedback",
        "Attempt",
        "ValidityPeriod",
        "ForceDelivery",
        "ContentRetention",
        "AddressRetention",
        "SmartEncoded",
        "PersistentAction",
        "TrafficType",
        "ShortenUrls",
        "ScheduleType",
        "SendAt",
        "SendAsMms",
        "RiskCheck",
        "FallbackFrom",
    }
)
MESSAGE_LIST = PAGING | {"To", "From", "DateSent", "DateSent<", "DateSent>"}
MESSAGE_UPDATE = frozenset({"Body", "Status"})
MEDIA_LIST = PAGING | {"DateCreated", "DateCreated<", "DateCreated>"}
NUMBER_LIST = PAGING | {"Beta", "FriendlyName", "PhoneNumber", "Origin"}
SENDER_LIST = PAGING | {"Channel"}
TYPING = frozenset({"channel", "messageId"})
CONTENT_CREATE = frozenset({"friendly_name", "variables", "language", "types"})
SENDER_UPDATE = frozenset({"configuration", "webhook", "profile"})
# Several values under one name are a list only here.
LISTS = frozenset({"MediaUrl", "PersistentAction"})


def check(given: FormData | QueryParams | dict[str, object], allowed: frozenset[str], call: str) -> None:
    """Refuses names outside `allowed`, and single values given twice."""
    for name in sorted(set(given)):
        if name not in allowed:
            raise refused(f"Twilio's {call} knows no parameter {name!r}. It knows: {', '.join(sorted(allowed))}")
        if not isinstance(given, dict) and name not in LISTS and len(given.getlist(name)) > 1:
            raise refused(f"{name!r} is given more than once to {call}")
