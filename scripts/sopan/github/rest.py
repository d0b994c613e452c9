"""GitHub's REST interface: requests with bounded time, pages followed, answers as data, failures as one sentence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeAlias
from urllib.parse import quote

import requests

from sopan.errors import Refused, SopanError
from sopan.github.surroundings import Surroundings

Json: TypeAlias = Any
"""What JSON holds; whoever asks reads it into a type at once, and what is not there stops the run."""
VERSION = "2022-11-28"
_CONNECT_SECONDS, _READ_SECONDS = 10, 30
_PAGE, _PAGES = 100, 50
_MISSING = frozenset({HTTPStatus.NOT_FOUND})
_UNKNOWN = _MISSING | {HTTPStatus.FORBIDDEN}
_REFUSALS = frozenset({HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY})


@dataclass(frozen=True)
class Rest:
    """One repository, spoken to with one token."""

    surroundings: Surroundings
    session: requests.Session

    def get(self, path: str, **query: str) -> Json:
        """What stands at a path below the repository; SopanError where it cannot be had."""
        return self._data(self._ask("GET", self._place(path), query=query))

    def find(self, path: str, *, forbidden: bool = False) -> Json:
        """What stands at a path; None where nothing does, or (`forbidden`) where we may not know."""
        answer = self._ask("GET", self._place(path), missing=_UNKNOWN if forbidden else _MISSING)
        return None if answer is None else self._data(answer)

    def outside(self, path: str) -> Json:
        """What stands at a path that is not the repository's own; None where nothing does."""
        answer = self._ask("GET", f"{self.surroundings.api}/{path}", missing=_MISSING)
        return None if answer is None else self._data(answer)

    def pages(self, path: str, **query: str) -> Iterator[Json]:
        """Every entry of a list, page by page."""
        place: str | None = self._place(path)
        asked: Mapping[str, str] = {"per_page": str(_PAGE), **query}
        for _ in range(_PAGES):
            if place is None:
                return
            answer = self._require(self._ask("GET", place, query=asked))
            yield from self._data(answer)
            place, asked = answer.links.get("next", {}).get("url"), {}
        raise SopanError(f"Daftar {path} di GitHub terlalu panjang untuk dibaca; hubungi pengelola.")

    def post(self, path: str, data: Mapping[str, object]) -> Json:
        """Make something."""
        return self._data(self._ask("POST", self._place(path), data=data))

    def post_outside(self, path: str, data: Mapping[str, object]) -> Json:
        """Make something that is not the repository's own."""
        return self._data(self._ask("POST", f"{self.surroundings.api}/{path}", data=data))

    def put(self, path: str, data: Mapping[str, object]) -> Json:
        """Set something."""
        return self._data(self._ask("PUT", self._place(path), data=data))

    def patch(self, path: str, data: Mapping[str, object]) -> Json:
        """Change something."""
        return self._data(self._ask("PATCH", self._place(path), data=data))

    def _place(self, path: str) -> str:
        base = f"{self.surroundings.api}/repos/{self.surroundings.repository}"
        return f"{base}/{quote(path, safe='/')}" if path else base

    def _ask(
        self,
        method: str,
        place: str,
        *,
        query: Mapping[str, str] | None = None,
        data: Mapping[str, object] | None = None,
        missing: frozenset[int] = frozenset(),
    ) -> requests.Response | None:
        if not place.startswith(f"{self.surroundings.api}/"):
            raise SopanError("GitHub menunjuk ke alamat lain dari miliknya sendiri; tidak ada yang dikirim ke sana.")
        try:
            answer = self.session.request(
                method,
                place,
                params=query,
                data=None if data is None else json.dumps(data, default=dict).encode(),
                headers={
                    "Authorization": f"Bearer {self.surroundings.token}",
                    "Accept": "application/vnd.github+json",
                    "Content-Type": "application/json",
                    "X-GitHub-Api-Version": VERSION,
                },
                timeout=(_CONNECT_SECONDS, _READ_SECONDS),
                allow_redirects=False,
            )
        except requests.RequestException as error:
            kind = type(error).__name__
            raise SopanError(f"GitHub tidak dapat dihubungi ({kind}); periksa sambungan, lalu ulangi.") from None
        if answer.status_code in missing:
            return None
        self._require_well(method, answer)
        return answer

    def _require_well(self, method: str, answer: requests.Response) -> None:
        if answer.status_code < HTTPStatus.MULTIPLE_CHOICES:
            return
        path = answer.request.path_url.partition("?")[0]
        said = f"GitHub menjawab {answer.status_code} atas {method} {path}: {_reason(answer)}"
        if answer.status_code in _REFUSALS:
            raise Refused([said])
        raise SopanError(f"{said}; periksa hak token dan ulangi.")

    def _require(self, answer: requests.Response | None) -> requests.Response:
        if answer is None:
            raise SopanError("GitHub tidak menjawab; ulangi perintah ini.")
        return answer

    def _data(self, answer: requests.Response | None) -> Json:
        answer = self._require(answer)
        if not answer.content:
            return None
        try:
            return answer.json()
        except ValueError:
            raise SopanError("Jawaban GitHub tidak terbaca sebagai data; ulangi perintah ini.") from None


def connect(surroundings: Surroundings) -> Rest:
    """A session with nothing of the machine's own settings in it."""
    session = requests.Session()
    session.trust_env = False
    return Rest(surroundings, session)


def _reason(answer: requests.Response) -> str:
    try:
        data = answer.json()
    except ValueError:
        return "tanpa keterangan"
    return str(data.get("message", "tanpa keterangan"))[:200] if isinstance(data, dict) else "tanpa keterangan"
