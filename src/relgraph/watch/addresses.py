"""Which machines may be connected to: names are resolved here, the addresses checked, and the connection made to the checked address itself.

So neither a redirect nor a name that means one machine when it is checked and another when it is used (DNS rebinding) leads into a private network.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

Resolver = Callable[[str, int], list[str]]
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class Refused(httpcore.ConnectError):
    """An address that nobody should be led to."""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also what it wraps.

    >>> [is_public(a) for a in ("93.184.216.34", "127.0.0.1", "169.254.169.254", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "fe80::1%eth0")]
    [True, False, False, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or (ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF) if ip in _NAT64 else None)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class GuardedBackend(httpcore.NetworkBackend):
    """Connects only to addresses that were checked, and ends every wait at a deadline.

    Attributes:
        deadline: The time of `time.monotonic` from which on nothing is waited for.
    """

    def __init__(self, *, allow_private: bool = False, resolver: Resolver = resolve) -> None:
        self.allow_private, self.resolver, self.deadline = allow_private, resolver, float("inf")
        self._backend = httpcore.SyncBackend()

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        """Connect to the checked address of a host; raises Refused."""
        try:
            addresses = self.resolver(host, port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no machine has the name {host}") from error
        if not addresses:
            raise httpcore.ConnectError(f"no machine has the name {host}")
        closed = [a for a in addresses if not is_public(a)]
        if closed and not self.allow_private:
            raise Refused(f"{host} is a private or local address ({closed[0]})")
        return _Stream(self._backend.connect_tcp(addresses[0], port, self.remaining(timeout), local_address, socket_options), self)

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        """Refuse: no address of a page is a socket of this machine."""
        raise Refused(f"{path} is no web address")

    def sleep(self, seconds: float) -> None:
        """Sleep."""
        time.sleep(seconds)

    def remaining(self, timeout: float | None) -> float:
        """Return how long may be waited; raises ReadTimeout at the deadline."""
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("it takes too long")
        return min(left, timeout if timeout is not None else left)


class _Stream(httpcore.NetworkStream):
    """A connection whose waits end at the deadline, so that a byte now and then doesn't hold it open for ever."""

    def __init__(self, stream: httpcore.NetworkStream, backend: GuardedBackend) -> None:
        self._stream, self._backend = stream, backend

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._backend.remaining(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._backend.remaining(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, self._backend.remaining(timeout)), self._backend)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)
