"""The program itself: its ready line, its end, its memory, mail, faults and the log."""

import smtplib
import socket
from email.message import EmailMessage

import httpx
import pytest

from tests.sandbox.conftest import ACCOUNT, TOKEN, start, stop

NUMBER, PATIENT = "whatsapp:+441632960001", "whatsapp:+447911123456"
MESSAGES = f"/twilio/2010-04-01/Accounts/{ACCOUNT}/Messages.json"
PAGES = ["/", "/phone/", "/mail/", "/log/", "/google/calendar/", "/static/phone.js"]


def send(sandbox, **options):
    form = {"To": PATIENT, "From": NUMBER, "Body": "Hello"}
    return httpx.post(f"{sandbox.url}{MESSAGES}", data=form, auth=(ACCOUNT, TOKEN), **options)


def listed(sandbox):
    answer = httpx.get(f"{sandbox.url}{MESSAGES}", auth=(ACCOUNT, TOKEN))
    return answer.json()["messages"]


def test_it_remembers_events_and_messages_over_a_restart(tmp_path):
    options = ("--twilio-account", f"{ACCOUNT}:{TOKEN}", "--webhook", "http://127.0.0.1:9/")
    process, ready = start(tmp_path, *options)
    event = {
        "summary": "Kept",
        "start": {"date": "2026-11-24"},
        "end": {"date": "2026-11-25"},
    }
    with httpx.Client(base_url=ready["url"] + "/control") as control:
        control.post("/google/accounts", json={"email": "a@x.example"}).raise_for_status()
        control.post("/google/events", json={"calendar": "a@x.example", "event": event}).raise_for_status()
        sent = control.post("/patient/send", json={"from": PATIENT, "to": NUMBER, "body": "Hi"}).json()
        assert sent["status"] is None
        assert sent["deliveries"][0]["attempts"] == 2
    assert stop(process) == 0

    process, ready = start(tmp_path, *options)
    with httpx.Client(base_url=ready["url"] + "/control") as control:
        events = control.get("/google/events", params={"calendar": "a@x.example"}).json()["events"]
        assert [e["summary"] for e in events] == ["Kept"]
        messages = control.get("/patient/messages", params={"phone": PATIENT}).json()["messages"]
        assert [(m["sid"], m["body"]) for m in messages] == [(sent["sid"], "Hi")]
    assert stop(process) == 0


def test_a_taken_port_is_a_clear_message(tmp_path, capfd):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ChildProcessError, match="ended with 2"):
            start(tmp_path, "--port", str(port))
    assert f"127.0.0.1:{port}: Address already in use" in capfd.readouterr().err


def test_mail_is_taken_and_shown_safely(sandbox):
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "desk@x.example", "Alice <alice@x.example>", "Your code ☀"
    mail.set_content("The code is 123456 https://desk.example.org/a?b=1\n<script>alert(1)</script>")
    mail.add_alternative("<p>The code is <b>123456</b></p>", subtype="html")
    with smtplib.SMTP("127.0.0.1", sandbox.smtp_port) as smtp:
        smtp.send_message(mail)
        mail.replace_header("To", "bob@x.example")
        mail.replace_header("Subject", "Later")
        smtp.send_message(mail)

    mails = sandbox.control.get("/mail").json()["mails"]
    assert [m["subject"] for m in mails] == ["Later", "Your code ☀"]
    [found] = sandbox.control.get("/mail", params={"to": "alice@"}).json()["mails"]
    assert found["to"] == ["alice@x.example"]
    assert "123456" in found["text"]
    assert "<b>123456</b>" in found["html"]
    page = httpx.get(f"{sandbox.url}/mail/{found['id']}")
    assert "<script>alert" not in page.text
    assert "&lt;script&gt;" in page.text
    assert 'href="https://desk.example.org/a?b=1"' in page.text
    assert httpx.get(f"{sandbox.url}/mail/999999").status_code == 404


def test_a_status_on_order_strikes_as_often_as_ordered(sandbox):
    sandbox.post(
        "/faults", vendor="twilio", path=r"/Messages\.json$", method="POST", kind="status", status=503, times=2
    )
    assert [send(sandbox).status_code for _ in range(3)] == [503, 503, 201]
    assert len(listed(sandbox)) == 1
    [fault] = sandbox.control.get("/faults").json()["faults"]
    assert fault["done"] == 2


def test_dropped_connections_before_and_after_accepting(sandbox):
    sandbox.post("/faults", vendor="twilio", path="Messages", method="POST", kind="drop")
    sandbox.post("/faults", vendor="twilio", path="Messages", method="POST", kind="drop_after_accept")
    for known in (0, 1):
        with pytest.raises(httpx.TransportError):
            send(sandbox)
        assert len(listed(sandbox)) == known


def test_an_error_or_delay_may_come_after_accepting(sandbox):
    order = {"vendor": "twilio", "path": "Messages", "method": "POST", "accept": True}
    sandbox.post("/faults", **order, kind="status", status=500, body={"code": 20500}, headers={"X-A": "b"})
    answer = send(sandbox)
    assert (answer.status_code, answer.json(), answer.headers["x-a"]) == (500, {"code": 20500}, "b")
    sandbox.post("/faults", **order, kind="delay", seconds=5)
    with pytest.raises(httpx.ReadTimeout):
        send(sandbox, timeout=0.3)
    assert len(listed(sandbox)) == 2


def test_a_wrong_body_stands_for_an_accepted_message(sandbox):
    sandbox.post("/faults", vendor="twilio", path="Messages", method="POST", kind="wrong_body", body="<html>")
    answer = send(sandbox)
    assert (answer.status_code, answer.text) == (201, "<html>")
    assert len(listed(sandbox)) == 1


def test_faults_are_deleted_and_checked(sandbox):
    fault = sandbox.post("/faults", vendor="twilio", kind="status", times=0)
    assert send(sandbox).status_code == 500
    sandbox.control.delete(f"/faults/{fault['id']}")
    assert send(sandbox).status_code == 201
    for wrong in ({"kind": "explode"}, {"kind": "drop", "path": "("}, {"kind": "drop", "tmes": 1}):
        answer = sandbox.control.post("/faults", json={"vendor": "twilio", **wrong})
        assert answer.status_code == 400
        assert answer.json()["error"]


def test_the_log_shows_requests_without_their_secrets(sandbox):
    send(sandbox)
    entry = sandbox.log(vendor="twilio", direction="in")[0]
    assert (entry["method"], entry["path"], entry["status"]) == ("POST", MESSAGES, 201)
    assert "Body=Hello" in entry["body"]
    assert '"status":"queued"' in entry["answer"]
    assert entry["headers"]["authorization"] == "Basic ***"
    assert sandbox.log(vendor="google") == []
    assert sandbox.log(vendor="twilio", after=entry["id"], direction="in") == []
    sandbox.control.delete("/log")
    assert sandbox.log() == []


def test_every_page_opens_under_a_strict_policy(sandbox):
    send(sandbox)
    for path in PAGES:
        answer = httpx.get(sandbox.url + path)
        assert answer.status_code == 200, path
        if "html" in answer.headers["content-type"]:
            policy = answer.headers["content-security-policy"]
            assert "default-src 'none'" in policy
            assert "unsafe" not in policy


def test_meta_refuses_without_a_token(sandbox):
    answer = httpx.post(f"{sandbox.url}/meta/v23.0/123/messages", json={})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, 190)
