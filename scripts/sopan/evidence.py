"""Acts that were done on a forge and recorded here: what `SOP-Bukti` says, and what the recorder's key signs of it.

The event is the officer's act; the *recorder* (a key in petugas.yml with no role) made the commit. A merge is made by
the forge itself, whose key we do not hold: there the recorder's signature over the trailers stands among them, a seal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sopan import sshsig, trailer
from sopan.chain import Act, Evidence, Kind
from sopan.commits import Commit
from sopan.officers import Register

PRINCIPAL = "pencatat"
FORGE = "github"
_TIME = "%Y-%m-%dT%H:%M:%SZ"
_BEGIN, _END = b"-----BEGIN SSH SIGNATURE-----\n", b"\n-----END SSH SIGNATURE-----\n"
_FORGE_SIGNED = b"-----BEGIN PGP SIGNATURE-----"


@dataclass(frozen=True)
class Event:
    """One event: its kind and number on the forge, the account that did it, when, and the commit it was said of."""

    kind: str
    number: str
    account: str
    at: datetime
    head: str


def read(trailers: Mapping[str, str]) -> Event | None:
    """The event that a commit's trailers name; None where it was made by an officer's own key."""
    value = trailers.get(trailer.EVIDENCE)
    if value is None:
        return None
    _, kind, number, account, at, head = value.split(" ")
    instant = datetime.fromisoformat(at.removeprefix("pada="))
    return Event(kind, number, account.removeprefix("akun="), instant, head.removeprefix("head="))


def write(event: Event) -> str:
    """The value of `SOP-Bukti`."""
    at = event.at.strftime(_TIME)
    return f"{FORGE} {event.kind} {event.number} akun={event.account} pada={at} head={event.head}"


def sealed(trailers: Mapping[str, str]) -> bytes:
    """What a seal signs: the other trailers, sorted; they name the item, the step, the bytes and the head."""
    rest = {key: value for key, value in trailers.items() if key != trailer.SEAL}
    return "".join(f"{key}: {rest[key]}\n" for key in sorted(rest)).encode()


def seal(armored: bytes) -> str:
    """The value of `SOP-Segel`: an armored signature in one line."""
    return armored.removeprefix(_BEGIN).removesuffix(_END).replace(b"\n", b"").decode()


def proof(commit: Commit) -> bytes | None:
    """The armored signature that vouches for a commit: its seal where it has one."""
    value = commit.trailers.get(trailer.SEAL)
    return commit.signature if value is None else _armored(value.encode())


def proven(commit: Commit) -> bytes:
    """The bytes that `proof` signs."""
    return sealed(commit.trailers) if trailer.SEAL in commit.trailers else commit.payload


def said_of(commit: Commit) -> str:
    """The commit that the event must have been said of: what stood there before; of a merge the branch's head."""
    return commit.parents[0] if trailer.RENEW in commit.trailers else commit.parents[-1]


def officer_of(register: Register, event: Event) -> str | None:
    """The id of the officer whose account this is; None where it is nobody's."""
    return next((one.id for one in register.officers if one.github and one.github == event.account), None)


def by_forge(commit: Commit) -> bool:
    """Whether the forge's own editor signed this: it says nothing of who, and counts only with evidence behind it."""
    return not commit.trailers and bool(commit.signature) and (commit.signature or b"").startswith(_FORGE_SIGNED)


def covered(acts: Sequence[Act]) -> tuple[Act, ...]:
    """Acts in which work without a signer's name belongs to whoever did the next act on the forge."""
    if all(act.officer is not None or act.kind is not Kind.WORK for act in acts):
        return tuple(acts)
    told: list[Act] = []
    following: Act | None = None
    for act in reversed(acts):
        if act.kind is Kind.WORK and act.officer is None and following is not None:
            told.append(act._replace(officer=following.officer, roles=following.roles))
        else:
            told.append(act)
        if act.kind is not Kind.WORK:
            following = act if act.evidence is Evidence.FORGE else None
    return tuple(reversed(told))


def _armored(letters: bytes) -> bytes:
    return _BEGIN + sshsig.wrapped(letters).removesuffix(b"\n") + _END
