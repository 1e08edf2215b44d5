"""Where a webhook may go. Its address comes from people outside, our server stands inside: it must not be led to
what only it can reach. The name is resolved once, every answer has to be public, and that very address is called.
"""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from django.conf import settings

LONGEST = 500
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressRefused(Exception):
    """The text says why, to whoever wrote the address."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """`ip` is called, `host` is named and has to prove itself by its certificate."""

    host: str
    ip: str
    port: int
    path: str
    secure: bool


def target_of(url: str) -> Target:
    """Asks DNS. Raises AddressRefused."""
    parts = _parts(url)
    host, port = _host(parts), _port(parts)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    except (OSError, UnicodeError):
        raise AddressRefused("There is no such host.") from None
    addresses = [str(each[4][0]) for each in found]
    if not settings.WEBHOOKS_TO_PRIVATE_ADDRESSES and not all(map(is_public, addresses)):
        raise AddressRefused("This host is not on the public internet.")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Target(host=host, ip=addresses[0], port=port, path=path, secure=parts.scheme == "https")


def is_public(address: str) -> bool:
    """False also for IPv6 addresses that only wrap a private IPv4 one."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        wrapped = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if wrapped is None and ip in _NAT64:
            wrapped = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if wrapped is not None and not is_public(str(wrapped)):
            return False
    return ip.is_global and not ip.is_multicast


def _parts(url: str) -> SplitResult:
    if len(url) > LONGEST or not url.isascii() or not url.isprintable() or " " in url:
        raise AddressRefused("Write an address of at most 500 plain characters.")
    try:
        parts = urlsplit(url)
    except ValueError:
        raise AddressRefused("This is not a web address.") from None
    if parts.scheme != "https" and not (settings.WEBHOOKS_TO_PRIVATE_ADDRESSES and parts.scheme == "http"):
        raise AddressRefused("It has to begin with https://")
    if parts.username is not None or parts.password is not None:
        raise AddressRefused("Leave out the name and password.")
    return parts


def _host(parts: SplitResult) -> str:
    if not parts.hostname:
        raise AddressRefused("This is not a web address.")
    return parts.hostname


def _port(parts: SplitResult) -> int:
    try:
        port = parts.port
    except ValueError:
        raise AddressRefused("This is not a port.") from None
    return (443 if parts.scheme == "https" else 80) if port is None else port
