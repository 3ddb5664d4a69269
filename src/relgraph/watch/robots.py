"""robots.txt (RFC 9309): what a site lets be fetched, and how often."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

LONGEST_DELAY = 60.0
"""Seconds between two requests that a site may ask for; more would stop a round."""


class Rules:
    """The rules of one site for one agent.

    Args:
        status: How the site answered for its robots.txt; None when it couldn't be reached.
        text: The file.
        agent: The name that the rules are looked up by.
    """

    def __init__(self, status: int | None, text: str, agent: str) -> None:
        self._agent, self._parser = agent, RobotFileParser()
        # a site that can't be reached or is broken forbids all, one without the file allows all
        self._all: bool | None = False if status is None or status >= 500 or status == 429 else True if status >= 400 else None
        if self._all is None:
            self._parser.parse(text.splitlines())

    def allows(self, url: str) -> bool:
        """Whether an address may be fetched."""
        return self._all if self._all is not None else self._parser.can_fetch(self._agent, url)

    @property
    def delay(self) -> float:
        """The seconds between two requests that the site asks for."""
        asked = self._parser.crawl_delay(self._agent) if self._all is None else None
        return min(float(asked), LONGEST_DELAY) if asked else 0.0
