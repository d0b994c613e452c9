"""By a server's clock that fell behind its own ledger nobody is timed: it takes nothing until it is set right."""

from datetime import UTC, datetime, timedelta

import pytest

from desks import served
from sopan.server import clock, inspection

NAMED = "Jam server menunjukkan "
CURE = "; tidak ada yang dicatat sampai teknisi membetulkan jam server."


@pytest.mark.parametrize("behind", [timedelta(), timedelta(seconds=60)])
def test_a_clock_that_is_set_back_in_passing_dates_by_the_last_record(office, behind):
    assert clock.settled(office.at - behind, office.at) == office.at
    assert clock.settled(office.at + behind, office.at) == office.at + behind


@pytest.mark.parametrize("behind", [timedelta(seconds=61), timedelta(days=9400)])
def test_a_push_by_a_clock_that_lags_is_refused_and_the_server_s_clock_named(office, behind):
    office.step(1)
    office.sent("butir")
    right = office.at
    office.step(2)
    office.at = right - behind
    refused = office.push("butir")
    assert refused.code != 0
    [said] = refused.said
    assert said.startswith(f"{NAMED}{office.at}, tetapi agenda sudah mencatat {right}")
    assert said.endswith(CURE)
    office.at = right
    office.step(2)
    office.sent("butir")


def test_by_a_clock_that_lags_nothing_is_proven_live(after):
    desks = after(7)
    with served(desks.site, desks.address):
        early = (datetime.now(tz=UTC) - timedelta(hours=2)).isoformat()
        said = desks.serve("jaga", "--pada", early)
        assert said.code == 2
        assert said.err.splitlines()[-1].startswith(f"Penerbitan tertunda: {NAMED}")
        said = desks.serve("jaga")
    assert (said.code, said.err.splitlines()[-1].endswith(" terbukti tayang.")) == (0, True)


def test_the_inspection_names_a_clock_that_lags(office):
    office.step(1)
    office.sent("butir")
    late = [one.rule for one in inspection.inspect(office.home, office.archive, office.at - timedelta(minutes=2))]
    right = [one.rule for one in inspection.inspect(office.home, office.archive, office.at)]
    assert [rule for rule in late if rule not in right] == ["server-jam"]
