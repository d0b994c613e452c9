"""What a workflow's run is told from outside: token, repository and addresses. The one place that reads them."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from sopan.errors import SopanError

API = "https://api.github.com"
SERVER = "https://github.com"
_REPOSITORY = re.compile(r"[A-Za-z0-9-]+/[A-Za-z0-9._-]+")
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass(frozen=True)
class Surroundings:
    """Where the repository is reached and with what; the token is in no text that this gives."""

    api: str
    server: str
    repository: str
    token: str = field(repr=False)
    summary: Path | None = None
    output: Path | None = None
    application: str = ""
    application_key: str = field(repr=False, default="")

    @property
    def owner(self) -> str:
        """The organisation or person that owns the repository."""
        return self.repository.partition("/")[0]

    def git_environment(self) -> Mapping[str, str]:
        """What lets git reach the same server with the same token, without a command line showing it."""
        secret = base64.b64encode(f"x-access-token:{self.token}".encode()).decode()
        return {
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"http.{self.server}/.extraheader",
            "GIT_CONFIG_VALUE_0": f"AUTHORIZATION: basic {secret}",
        }


def read(token_file: Path | None) -> Surroundings:
    """The surroundings of this run; SopanError names what is missing, never what a secret holds."""
    said = os.environ  # noqa: TID251 - a workflow hands over its token and addresses so; no verdict depends on them
    token = token_file.read_text("utf-8").strip() if token_file else said.get("GITHUB_TOKEN", "")
    repository = said.get("GITHUB_REPOSITORY", "")
    if not token:
        raise SopanError("Token GitHub tidak ada; isi GITHUB_TOKEN atau sebut berkasnya dengan --token-berkas.")
    if not _REPOSITORY.fullmatch(repository):
        raise SopanError("Nama repositori GitHub tidak ada; isi GITHUB_REPOSITORY dengan pemilik/nama.")
    summary, output = said.get("GITHUB_STEP_SUMMARY"), said.get("GITHUB_OUTPUT")
    return Surroundings(
        api=_address(said.get("GITHUB_API_URL", API)),
        server=_address(said.get("GITHUB_SERVER_URL", SERVER)),
        repository=repository,
        token=token,
        summary=Path(summary) if summary else None,
        output=Path(output) if output else None,
        application="" if token_file else said.get("SOPAN_APLIKASI", ""),
        application_key=said.get("SOPAN_KUNCI_APLIKASI", ""),
    )


def _address(text: str) -> str:
    """An address that a token may be sent to: encrypted, or this machine's own."""
    parts = urlsplit(text)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        raise SopanError("Alamat GitHub harus https; periksa GITHUB_API_URL dan GITHUB_SERVER_URL.")
    return text.rstrip("/")
