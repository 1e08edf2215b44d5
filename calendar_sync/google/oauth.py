"""OAuth with Google: the consent page's address, the exchange of its code, and what is kept of the tokens.

https://developers.google.com/identity/protocols/oauth2/web-server; GOOGLE_BASE_URL points it at another host.
"""

import os
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_noop as N_

from calendar_sync.google.errors import CalendarError, CalendarRefused, CalendarUnreachable

SCOPES = ("https://www.googleapis.com/auth/calendar.events", "https://www.googleapis.com/auth/calendar.readonly")
TIMEOUT = 10  # seconds


def configured() -> bool:
    """Whether this server has a Google project to connect with."""
    return bool(settings.GOOGLE_CLIENT_ID and settings.GOOGLE_CLIENT_SECRET)


def redirect_uri() -> str:
    """To be entered in the Google project's OAuth client, letter for letter."""
    return f"{settings.PUBLIC_ORIGIN}/calendar/google/callback/"


def token_uri() -> str:
    base = settings.GOOGLE_BASE_URL.rstrip("/")
    return f"{base}/token" if base else "https://oauth2.googleapis.com/token"


def consent_url(state: str) -> tuple[str, str]:
    """The consent page's address, and the PKCE verifier that the exchange needs."""
    flow = _flow()
    flow.autogenerate_code_verifier = True
    url, _ = flow.authorization_url(
        state=state, access_type="offline", prompt="consent", include_granted_scopes="false"
    )
    return url, flow.code_verifier


def exchange(code: str, verifier: str) -> dict[str, str | None]:
    """The tokens for a consent's code, as `token_json`; raises CalendarError."""
    from oauthlib.oauth2 import OAuth2Error  # type: ignore[import-untyped]
    from requests import RequestException

    flow = _flow()
    flow.code_verifier = verifier
    try:
        flow.fetch_token(code=code, timeout=TIMEOUT)
        credentials = flow.credentials
    except RequestException as error:
        raise CalendarUnreachable(type(error).__name__) from error
    except (OAuth2Error, ValueError) as error:
        raise CalendarRefused(
            type(error).__name__, N_("Google did not accept the answer. Please try again.")
        ) from error
    finally:
        flow.oauth2session.close()
    problem = _incomplete(credentials)
    if problem:
        raise problem
    return token_json(credentials)


def token_json(credentials: Any) -> dict[str, str | None]:
    """What is kept of google-auth's credentials (encrypted, in CalendarConnection.token)."""
    expiry = credentials.expiry.isoformat() if credentials.expiry else None
    return {"token": credentials.token, "refresh_token": credentials.refresh_token, "expiry": expiry}


def _flow() -> Any:
    """google_auth_oauthlib's web flow."""
    from google_auth_oauthlib.flow import Flow

    if settings.GOOGLE_BASE_URL.startswith("http://"):
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # a stand-in on loopback has no certificate
    # Google may grant the scopes in another order or with more; what we need is looked for in _incomplete.
    os.environ["OAUTHLIB_RELAX_TOKEN_SCOPE"] = "1"  # noqa: S105 (no password)
    base = settings.GOOGLE_BASE_URL.rstrip("/")
    web = {
        "client_id": settings.GOOGLE_CLIENT_ID,
        "client_secret": settings.GOOGLE_CLIENT_SECRET,
        "auth_uri": f"{base}/o/oauth2/v2/auth" if base else "https://accounts.google.com/o/oauth2/v2/auth",
        "token_uri": token_uri(),
    }
    return Flow.from_client_config({"web": web}, scopes=list(SCOPES), redirect_uri=redirect_uri())


def _incomplete(credentials: Any) -> CalendarError | None:
    """On the consent page each permission has a box of its own, and may be left empty."""
    granted = credentials.granted_scopes or ()
    granted = granted.split() if isinstance(granted, str) else granted
    if not set(SCOPES) <= set(granted):
        return CalendarRefused(
            "scopes missing", N_("Both permissions are needed: to see your calendars and to write events.")
        )
    if not credentials.refresh_token:
        return CalendarRefused("no refresh token", N_("Google gave no lasting access. Please try again."))
    return None
