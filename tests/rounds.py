"""Hand-made rounds for the timing tests: acts at the office's clock, written in the order of the SOP."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from calendars import ZONE, at
from policy_files import OTHER, TOP, schema
from sopan import sop
from sopan.chain import Act, Evidence, Kind, Round
from sopan.officers import Appointment, Officer, Register, Window

HOLDERS = {"sekretaris": "ani", "kabid": "budi", "admin": "citra"}
OTHER_HOLDERS = {"loket": "dewi", "analis": "eko", "penelaah": "fajar", "kepala-dinas": "gita"}


def load_sop(folder=TOP):
    the_sop, findings = sop.load((folder / "sop.yml").read_bytes(), schema("sop"))
    assert findings == []
    return the_sop


SOP = load_sop()
OTHER_SOP = load_sop(OTHER)


def appointment(role, officer, start="2025-01-01 00.00", end=None):
    return Appointment(role, officer, role, "SK contoh", Window(at(start), at(end) if end else None))


def register(*appointments):
    officers = tuple(Officer(name, name.title(), f"{name}@contoh.go.id", "", ()) for name in _names(appointments))
    return Register(1, officers, appointments, (), ())


def _names(appointments):
    return sorted({one.officer for one in appointments})


REGISTER = register(*(appointment(role, officer) for role, officer in HOLDERS.items()))
OTHER_REGISTER = register(*(appointment(role, officer) for role, officer in OTHER_HOLDERS.items()))


@dataclass
class Story:
    """One round as it is told; every verb is one act, received when it says."""

    item: str = "2026/contoh"
    number: int = 1
    the_sop: sop.Sop = SOP
    holders: dict[str, str] = field(default_factory=lambda: dict(HOLDERS))
    evidence: Evidence = Evidence.LEDGER
    acts: list[Act] = field(default_factory=list)

    def starts(self, step, clock, officer=None):
        return self._add(Kind.START, step, clock, officer)

    def makes(self, step, clock, officer=None):
        kind = Kind.PUBLISH if step == self.the_sop.last.number else Kind.STEP
        return self._add(kind, step, clock, officer)

    def returns(self, step, clock, officer):
        return self._add(Kind.RETURN, step, clock, officer)

    def cancels(self, clock, officer):
        return self._add(Kind.CANCEL, None, clock, officer)

    def renews(self, clock, officer):
        return self._add(Kind.RENEW, None, clock, officer)

    def works(self, clock, officer):
        return self._add(Kind.WORK, None, clock, officer)

    def by(self, evidence):
        self.evidence = evidence
        return self

    def round(self, live=None):
        merged = bool(self.acts) and self.acts[-1].kind is Kind.PUBLISH
        return Round(
            item=self.item,
            number=self.number,
            acts=tuple(self.acts),
            merge=self.acts[-1].commit if merged else None,
            live_at=at(live) if live else None,
        )

    def _add(self, kind, step, clock, officer):
        role = self.the_sop.step(step).role.code if step else ""
        instant = _instant(clock)
        act = Act(
            commit=f"{self.item}#{self.number}.{len(self.acts) + 1}",
            kind=kind,
            at=instant,
            dated=instant,
            evidence=self.evidence,
            officer=officer or self.holders[role],
            roles=frozenset({role}),
            content="sha256:x",
            step=step,
            item=self.item,
        )
        self.acts.append(act)
        return self


def _instant(clock):
    """`2026-11-23 08.00`, or with seconds `2026-11-23 08.00.30`; in UTC, as receipts are."""
    if clock.count(".") == 1:
        return at(clock).astimezone(UTC)
    return datetime.strptime(clock, "%Y-%m-%d %H.%M.%S").replace(tzinfo=ZONE).astimezone(UTC)


def whole(day="2026-11-23", **settings):
    """All seven steps on one day, each with its start, each exactly within the standard; published at 09.17."""
    return (
        Story(**settings)
        .starts(1, f"{day} 08.00").makes(1, f"{day} 08.05")
        .starts(2, f"{day} 08.06").makes(2, f"{day} 08.11")
        .starts(3, f"{day} 08.20").makes(3, f"{day} 08.40")
        .starts(4, f"{day} 08.50").makes(4, f"{day} 08.55")
        .starts(5, f"{day} 08.55").makes(5, f"{day} 09.00")
        .starts(6, f"{day} 09.01").makes(6, f"{day} 09.06")
        .starts(7, f"{day} 09.07").makes(7, f"{day} 09.17")
    )
