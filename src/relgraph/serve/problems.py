"""Problem descriptions (RFC 9457): one clear answer for everything that can go wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.responses import Response


class Problem(Exception):
    """What a request did wrong, or what went wrong with it; becomes the answer. `more` are further members of the description."""

    def __init__(self, status: int, title: str, detail: str, *, hint: str = "", headers: Mapping[str, str] | None = None, more: Mapping[str, int | str | None] | None = None) -> None:
        super().__init__(detail)
        self.status, self.title, self.detail, self.hint = status, title, detail, hint
        self.headers, self.more = dict(headers or {}), dict(more or {})

    def response(self) -> Response:
        """Return the answer as application/problem+json."""
        body: dict[str, object] = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail}
        if self.hint:
            body["hint"] = self.hint
        body |= {k: v for k, v in self.more.items() if v is not None}
        return Response(json.dumps(body, ensure_ascii=False) + "\n", status_code=self.status, media_type="application/problem+json", headers=self.headers)
