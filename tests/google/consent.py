"""A manager's way to Google's consent page and back."""

from urllib.parse import parse_qs, urlsplit

import httpx

ACCOUNT = "practice@clinic.test"


def leave(client, business):
    """Press Connect; the address of the consent page."""
    answer = client.post(f"{business.path}settings/calendars/connect/")
    assert answer.status_code == 302
    return answer["Location"]


def decide(url, decision="allow", account=ACCOUNT):
    """Answer the consent page in the patient's stead; the path and query of the way back to us."""
    assert "Allow access to your calendar?" in httpx.get(url, timeout=30).text
    answer = httpx.post(url, data={"decision": decision, "account": account}, timeout=30)
    assert answer.status_code == 302
    back = urlsplit(answer.headers["Location"])
    return f"{back.path}?{back.query}"


def connect_through_the_pages(client, business, sandbox, account=ACCOUNT):
    """All of it; the page that the manager sees in the end."""
    return client.get(decide(leave(client, business), account=account), follow=True)


def query_of(url):
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
