"""Google's addresses below one prefix: OAuth, user info, the Calendar API and the pages for people."""

from starlette.routing import Route

from sandbox.google import calendar, oauth, week

routes = [
    Route("/o/oauth2/v2/auth", oauth.consent, methods=["GET"]),
    Route("/o/oauth2/v2/auth", oauth.decide, methods=["POST"]),
    Route("/o/oauth2/auth", oauth.consent, methods=["GET"]),
    Route("/o/oauth2/auth", oauth.decide, methods=["POST"]),
    Route("/token", oauth.token, methods=["POST"]),
    Route("/revoke", oauth.revoke, methods=["POST"]),
    Route("/oauth2/v2/userinfo", oauth.user_info, methods=["GET"]),
    Route("/oauth2/v3/userinfo", oauth.user_info, methods=["GET"]),
    Route("/oauth2/v3/certs", oauth.certificates, methods=["GET"]),
    Route(
        "/calendar/v3/{path:path}",
        calendar.dispatch,
        methods=["GET", "POST", "PUT", "PATCH", "DELETE"],
    ),
    Route("/calendar/", week.list_calendars, methods=["GET"]),
    Route("/calendar/{calendar:path}", week.show, methods=["GET"]),
    Route("/calendar/{calendar:path}", week.add, methods=["POST"]),
]
