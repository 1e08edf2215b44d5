"""A browser and its push service (RFC 8030), which takes what is signed (RFC 8292) and can be read (RFC 8291).

`POST /control/push/browsers` makes a browser and tells what it would tell a page; `GET /control/push/messages` what it
showed; `POST /control/push/browsers/<id>/answer` {"status": 410} lets its service answer so from now on.
"""

import base64
import json
import os
import time
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from sandbox.core.world import World, world_of

LONGEST = 4096  # bytes of a body
CURVE = ec.SECP256R1()


async def make_browser(request: Request) -> JSONResponse:
    world, key, secret = world_of(request), ec.generate_private_key(CURVE), os.urandom(16)
    browsers = _memory(world)["browsers"]
    name = f"browser-{len(browsers) + 1}-{os.urandom(4).hex()}"
    browsers[name] = {"key": key, "secret": secret, "status": 201}
    endpoint = f"{world.base}/push/send/{name}"
    return JSONResponse(
        {"id": name, "endpoint": endpoint, "p256dh": _text(_point(key.public_key())), "auth": _text(secret)}
    )


async def set_answer(request: Request) -> JSONResponse:
    browser = _memory(world_of(request))["browsers"][request.path_params["name"]]
    browser["status"] = (await request.json())["status"]
    return JSONResponse({})


async def read_messages(request: Request) -> JSONResponse:
    return JSONResponse({"messages": _memory(world_of(request))["messages"]})


async def send(request: Request) -> Response:
    world, name, body = world_of(request), request.path_params["name"], await request.body()
    memory = _memory(world)
    browser = memory["browsers"].get(name)
    if browser is None:
        return Response("no such subscription", status_code=404)
    if browser["status"] != 201:
        return Response(status_code=browser["status"])
    wrong = _wrong_headers(request, world.base, body)
    if wrong:
        return Response(wrong[1], status_code=wrong[0])
    try:
        shown = _opened(body, browser["key"], browser["secret"])
    except (InvalidTag, ValueError) as error:
        return Response(f"unreadable: {error}", status_code=400)
    headers = {each: request.headers[each] for each in ("topic", "urgency", "ttl") if each in request.headers}
    memory["messages"].append({"browser": name, "shown": json.loads(shown), "headers": headers})
    return Response(status_code=201, headers={"Location": f"{world.base}/push/message/{len(memory['messages'])}"})


def _wrong_headers(request: Request, origin: str, body: bytes) -> tuple[int, str] | None:
    headers = request.headers
    if not headers.get("ttl", "").isdigit():
        return 400, "TTL is missing"
    if headers.get("content-encoding") != "aes128gcm":
        return 415, "only aes128gcm"
    if len(body) > LONGEST:
        return 413, "too long"
    topic = headers.get("topic", "a")
    if len(topic) > 32 or not all(each.isascii() and (each.isalnum() or each in "-_") for each in topic):
        return 400, "Topic"
    try:
        _check_signature(headers.get("authorization", ""), origin)
    except (InvalidSignature, ValueError, KeyError) as error:
        return 403, f"vapid: {type(error).__name__} {error}"
    return None


def _check_signature(authorization: str, origin: str) -> None:
    scheme, _, rest = authorization.partition(" ")
    if scheme != "vapid":
        raise ValueError("scheme")
    given = dict(each.strip().split("=", 1) for each in rest.split(","))
    head, claims, signature = given["t"].split(".")
    raw = _bytes(signature)
    key = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, _bytes(given["k"]))
    signed = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    key.verify(signed, f"{head}.{claims}".encode(), ec.ECDSA(hashes.SHA256()))
    said = json.loads(_bytes(claims))
    if json.loads(_bytes(head))["alg"] != "ES256" or said["aud"] != origin:
        raise ValueError("audience")
    if not time.time() < said["exp"] <= time.time() + 24 * 3600:
        raise ValueError("expiry")
    if not said["sub"].startswith(("mailto:", "https://", "http://")):
        raise ValueError("subject")


def _opened(body: bytes, key: ec.EllipticCurvePrivateKey, secret: bytes) -> bytes:
    """RFC 8188 and 8291, from their text: written apart from what encrypts."""
    salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
    theirs, sealed = body[21 : 21 + length], body[21 + length :]
    if len(sealed) > size:
        raise ValueError("more than one record")
    shared = key.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, theirs))
    info = b"WebPush: info\x00" + _point(key.public_key()) + theirs
    input_key = _expanded(_mac(secret, shared), info, 32)
    pseudo_random = _mac(salt, input_key)
    content_key = _expanded(pseudo_random, b"Content-Encoding: aes128gcm\x00", 16)
    nonce = _expanded(pseudo_random, b"Content-Encoding: nonce\x00", 12)
    text = AESGCM(content_key).decrypt(nonce, sealed, None).rstrip(b"\x00")
    if not text.endswith(b"\x02"):
        raise ValueError("the last record ends with 2")
    return text[:-1]


def _mac(key: bytes, text: bytes) -> bytes:
    mac = HMAC(key, hashes.SHA256())
    mac.update(text)
    return mac.finalize()


def _expanded(key: bytes, info: bytes, length: int) -> bytes:
    return HKDFExpand(algorithm=hashes.SHA256(), length=length, info=info).derive(key)


def _point(key: ec.EllipticCurvePublicKey) -> bytes:
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _memory(world: World) -> dict[str, Any]:
    memory: dict[str, Any] = world.memory.setdefault("push", {"browsers": {}, "messages": []})
    return memory


routes = [Route("/send/{name}", send, methods=["POST"])]
control_routes = [
    Route("/push/browsers", make_browser, methods=["POST"]),
    Route("/push/browsers/{name}/answer", set_answer, methods=["POST"]),
    Route("/push/messages", read_messages, methods=["GET"]),
]
