"""One address at a time: redirects followed by hand, each step checked against robots.txt and the rules on addresses, with limits of size and time."""

from __future__ import annotations

import datetime
import time
import zlib
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx
import msgspec

from relgraph.errors import ArticleError
from relgraph.read.ids import canonical_url
from relgraph.watch.addresses import GuardedBackend, Refused, Resolver, resolve
from relgraph.watch.robots import Rules

AGENT = "relgraph"
_ROBOTS_BYTES = 500_000
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_GONE = frozenset({404, 410, 451})
_DAY = 86_400.0


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What one address may cost: bytes when unpacked, seconds in all, redirects; and the seconds between two requests to one host."""

    max_bytes: int = 5_000_000
    seconds: float = 30.0
    redirects: int = 5
    delay: float = 5.0


class NotFetched(ArticleError):
    """An address that gave nothing.

    Args:
        message: Why.
        path: The address.
        again: Whether it may give something later.
        wait: The seconds after which the site asks to come back.
        status: How the site answered, if it did.
    """

    def __init__(self, message: str, *, path: str, again: bool = False, wait: float | None = None, status: int | None = None) -> None:
        super().__init__(message, path=path)
        self.again, self.wait, self.status = again, wait, status


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What an address gave: `url` is where the redirects ended; `body` is None when nothing changed since the last time."""

    url: str
    body: bytes | None
    kind: str = ""
    charset: str = ""
    etag: str = ""
    modified: str = ""


class Fetcher:
    """Fetches addresses; one for a run, so that delays and robots.txt hold for all of it.

    Args:
        allow_private: Whether private, loopback and link-local addresses may be connected to.
        limits: What an address may cost.
        contact: Put into the user agent, so that a site can write to whoever runs this.
        resolver: Host and port to IP addresses.
        sleep: How to wait.
    """

    def __init__(self, *, allow_private: bool = False, limits: Limits | None = None, contact: str = "", resolver: Resolver = resolve, sleep: Callable[[float], None] = time.sleep) -> None:
        from importlib.metadata import version

        self.limits, self._sleep = limits or Limits(), sleep
        self._backend = GuardedBackend(allow_private=allow_private, resolver=resolver)
        transport = httpx.HTTPTransport(trust_env=False)
        # httpx has no public way to give its pool a backend of one's own, and that is where addresses are checked
        transport._pool = httpcore.ConnectionPool(ssl_context=httpx.create_ssl_context(trust_env=False), network_backend=self._backend, max_keepalive_connections=4)
        agent = f"{AGENT}/{version('relgraph')} (reads news feeds{f'; {contact}' if contact else ''})"
        headers = {"User-Agent": agent, "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, application/xml;q=0.9, */*;q=0.5", "Accept-Encoding": "gzip, deflate"}
        # no environment: a proxy would connect for us to whatever a name means there
        self._client = httpx.Client(transport=transport, headers=headers, trust_env=False, follow_redirects=False)
        self._rules: dict[str, tuple[float, Rules]] = {}
        self._free: dict[str, float] = {}
        self._closed: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._client.close()

    def get(self, url: str, *, etag: str = "", modified: str = "", delay: float = 0.0) -> Page:
        """Fetch an address.

        Args:
            url: Where.
            etag: What the site gave last time: if nothing has changed, the page comes back without a body.
            modified: As `etag`.
            delay: The seconds between two requests to the host, if more than the limits say.

        Raises:
            NotFetched: It is forbidden, refused, gone, too slow or too large, or the site is in trouble.
        """
        condition = {k: v for k, v in (("If-None-Match", etag), ("If-Modified-Since", modified)) if v}
        return self._follow(url, condition, self.limits.max_bytes, delay, robots=True)

    def _follow(self, start: str, condition: dict[str, str], max_bytes: int, delay: float, *, robots: bool) -> Page:
        url, seen = start, set[str]()
        self._backend.deadline = float("inf")
        for _ in range(self.limits.redirects + 1):
            if canonical_url(url) is None:
                raise NotFetched(f"leads to what is no web address: {url[:80]}", path=start)
            if url in seen:
                raise NotFetched("the redirects go in a circle", path=start)
            seen.add(url)
            if robots:
                rules = self._rules_of(url)
                if not rules.allows(url):
                    raise NotFetched("robots.txt forbids it", path=url)
                self._take_turn(url, max(self.limits.delay, delay, rules.delay))
            result = self._request(url, condition if url == start else {}, max_bytes)
            if isinstance(result, Page):
                return result
            url = urljoin(url, result)
        raise NotFetched(f"more than {self.limits.redirects} redirects", path=start)

    def _request(self, url: str, condition: dict[str, str], max_bytes: int) -> Page | str:
        """Return a page, or where a redirect leads."""
        self._backend.deadline = time.monotonic() + self.limits.seconds
        try:
            with self._client.stream("GET", url, headers=condition, timeout=self.limits.seconds) as response:
                if response.status_code in _REDIRECTS and response.headers.get("location"):
                    return str(response.headers["location"])
                _check_status(response.status_code, response.headers.get("retry-after", ""), url, self._closed)
                body = None if response.status_code == 304 else b"".join(_unpacked(response, url, max_bytes))
                kind = response.headers.get("content-type", "").partition(";")[0].strip().lower()
                return Page(url=url, body=body, kind=kind, charset=response.charset_encoding or "", etag=response.headers.get("etag", ""), modified=response.headers.get("last-modified", ""))
        except httpx.HTTPError as error:
            if isinstance(error.__cause__, Refused):
                raise NotFetched(f"refused: {error}", path=url) from error
            slow = isinstance(error, httpx.TimeoutException)
            raise NotFetched(f"took more than {self.limits.seconds:g} seconds" if slow else f"can't be fetched: {str(error) or type(error).__name__}", path=url, again=True) from error
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise NotFetched(f"can't be fetched: {error}", path=url) from error

    def _rules_of(self, url: str) -> Rules:
        parts = urlsplit(url)
        origin, now = f"{parts.scheme}://{parts.netloc}", time.monotonic()
        known = self._rules.get(origin)
        if known is not None and known[0] > now:
            return known[1]
        try:
            page = self._follow(f"{origin}/robots.txt", {}, _ROBOTS_BYTES, 0.0, robots=False)
            rules = Rules(200, (page.body or b"").decode("utf-8", "replace"), AGENT)
        except NotFetched as error:
            if str(error.message).startswith("refused"):
                raise NotFetched(error.message, path=url) from error
            rules = Rules(error.status, "", AGENT)
        self._rules[origin] = (now + (_DAY if rules.allows(url) else 600.0), rules)
        return rules

    def _take_turn(self, url: str, delay: float) -> None:
        """Wait until the host may be asked again; raises NotFetched when it has asked for a longer pause."""
        host, now = urlsplit(url).netloc, time.monotonic()
        if self._closed.get(host, 0.0) > now:
            raise NotFetched("the site has asked to wait", path=url, again=True, wait=self._closed[host] - now)
        wait = self._free.get(host, 0.0) - now
        if wait > 0:
            self._sleep(wait)
        self._free[host] = max(now, self._free.get(host, 0.0)) + delay


def _check_status(status: int, retry_after: str, url: str, closed: dict[str, float]) -> None:
    if status in _GONE:
        raise NotFetched(f"is not there ({status})", path=url, status=status)
    if status in (429, 503):
        wait = _seconds(retry_after)
        closed[urlsplit(url).netloc] = time.monotonic() + (wait if wait is not None else 60.0)
        raise NotFetched(f"the site asks to wait ({status}{f', {wait:.0f} s' if wait is not None else ''})", path=url, again=True, wait=wait, status=status)
    if status >= 400:
        raise NotFetched(f"the site answers {status}", path=url, again=status >= 500, status=status)
    if status not in (200, 203, 304):
        raise NotFetched(f"the site answers {status}, which is no page", path=url)


def _seconds(retry_after: str) -> float | None:
    """Return the seconds of a Retry-After header, given as a number or as a date; at most a week."""
    if retry_after.strip().isdigit():
        return min(float(retry_after), 7 * _DAY)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return min(max((until - datetime.datetime.now(until.tzinfo)).total_seconds(), 0.0), 7 * _DAY)


def _unpacked(response: httpx.Response, url: str, max_bytes: int) -> Iterator[bytes]:
    """Yield the body, unpacked here in small pieces: a library would unpack a bomb whole before anybody could look at its size."""
    coding = response.headers.get("content-encoding", "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate", ""):
        raise NotFetched(f"is packed as '{coding[:20]}', which was not asked for", path=url)
    packed = coding not in ("identity", "")
    unpacker, size = zlib.decompressobj(wbits=47), 0
    for raw in response.iter_raw(65_536):
        waiting = raw
        while waiting:
            try:
                piece = unpacker.decompress(waiting, max_bytes + 1 - size) if packed else waiting
            except zlib.error as error:
                raise NotFetched("is packed wrongly", path=url, again=True) from error
            waiting = unpacker.unconsumed_tail if packed else b""
            size += len(piece)
            if size > max_bytes:
                raise NotFetched(f"is larger than {max_bytes / 1e6:g} MB", path=url)
            yield piece
    if packed and not unpacker.eof:
        raise NotFetched("is cut off", path=url, again=True)
