"""Pull requests, comments and reviews as GitHub tells them, read into types at the border."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sopan.errors import Refused, SopanError
from sopan.github.rest import Json, Rest
from sopan.history import MAIN

BOT = "Bot"
COMMENT, REVIEW = "komentar", "ulasan"  # the kinds of evidence, as trailers name them


@dataclass(frozen=True)
class Pull:
    """An item's or maintenance's pull request: the branch it comes from and the commit that this is at."""

    number: int
    branch: str
    head: str
    open: bool

    @property
    def ref(self) -> str:
        """The branch's full name."""
        return f"refs/heads/{self.branch}"


@dataclass(frozen=True)
class Said:
    """A comment or a review as GitHub has it now; `head` is the commit that a review was given on."""

    kind: str
    number: str
    account: str
    bot: bool
    at: datetime
    body: str
    edited: bool
    head: str | None = None
    state: str = ""


@dataclass(frozen=True)
class Push:
    """A move of a branch: who did it, and when it stood where."""

    account: str
    at: datetime
    before: str
    after: str


def pull(rest: Rest, number: int) -> Pull:
    """The pull request of this number; Refused where it is none that Sopan may act on."""
    data = rest.get(f"pulls/{number}")
    head, base = data["head"], data["base"]
    if f"refs/heads/{base['ref']}" != MAIN:
        raise Refused([f"Usulan ini menuju {base['ref']}, bukan main; ubah cabang tujuannya menjadi main."])
    if head["repo"] is None or head["repo"]["id"] != base["repo"]["id"]:
        raise Refused(["Usulan ini datang dari salinan repositori (fork); buat cabangnya di repositori kantor."])
    return Pull(int(data["number"]), str(head["ref"]), str(head["sha"]), open=data["state"] == "open")


def open_pulls(rest: Rest) -> Iterator[Pull]:
    """Every open pull request to `main` from a branch of this very repository."""
    for data in rest.pages("pulls", state="open", base=MAIN.removeprefix("refs/heads/")):
        head = data["head"]
        if head["repo"] is not None and head["repo"]["id"] == data["base"]["repo"]["id"]:
            yield Pull(int(data["number"]), str(head["ref"]), str(head["sha"]), open=True)


def comment(rest: Rest, number: int) -> Said | None:
    """A comment as it stands now; None where it was deleted."""
    data = rest.find(f"issues/comments/{number}")
    return None if data is None else _comment(data)


def comments(rest: Rest, pull_number: int) -> Iterator[Said]:
    """The thread, oldest first."""
    return map(_comment, rest.pages(f"issues/{pull_number}/comments"))


def review(rest: Rest, pull_number: int, number: int) -> Said | None:
    """A review as it stands now; None where it was deleted."""
    data = rest.find(f"pulls/{pull_number}/reviews/{number}")
    return None if data is None else _review(data)


def reviews(rest: Rest, pull_number: int) -> Iterator[Said]:
    """The reviews that were submitted, oldest first."""
    found = rest.pages(f"pulls/{pull_number}/reviews")
    return (_review(data) for data in found if data.get("submitted_at"))


def pushes(rest: Rest, branch: Pull) -> list[Push]:
    """Every move of the branch that GitHub tells of, latest first."""
    found = rest.pages("activity", ref=branch.ref)
    return [Push(_account(one["actor"]), instant(one["timestamp"]), one["before"], one["after"]) for one in found]


def instant(text: str) -> datetime:
    """An instant as GitHub writes it."""
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise SopanError("GitHub memberi waktu tanpa zona; ulangi perintah ini.")
    return at


def _comment(data: Json) -> Said:
    return Said(
        kind=COMMENT,
        number=str(data["id"]),
        account=_account(data["user"]),
        bot=_is_bot(data),
        at=instant(data["created_at"]),
        body=str(data.get("body") or ""),
        edited=data["updated_at"] != data["created_at"],
    )


def _review(data: Json) -> Said:
    return Said(
        kind=REVIEW,
        number=str(data["id"]),
        account=_account(data["user"]),
        bot=_is_bot(data),
        at=instant(data["submitted_at"]),
        body=str(data.get("body") or ""),
        edited=False,
        head=str(data["commit_id"]),
        state=str(data["state"]).upper(),
    )


def _is_bot(data: Json) -> bool:
    user = data["user"]
    return user is None or user["type"] != "User" or bool(data.get("performed_via_github_app"))


def _account(user: Json) -> str:
    """The number of an account, which stays whatever it is called; "" for one that is gone."""
    return str(user["id"]) if user else ""
