"""`--tidak-boleh-lewat`: a test that was skipped where nothing may be skipped has failed.

A test that really cannot run everywhere (it mounts a file system, say) carries the mark `optional`.
"""

from __future__ import annotations

import pytest

OPTION = "--tidak-boleh-lewat"
OPTIONAL = "optional"


def pytest_addoption(parser):
    parser.addoption(OPTION, action="store_true", help="a skipped test counts as failed, unless it is marked optional")


def pytest_configure(config):
    config.addinivalue_line("markers", f"{OPTIONAL}: may be skipped even with {OPTION}")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):  # noqa: ARG001 - pytest's signature
    report = yield
    if report.skipped and item.get_closest_marker(OPTIONAL) is None and not hasattr(report, "wasxfail"):
        _fail(item.config, report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    if report.skipped:
        _fail(collector.config, report)
    return report


def _fail(config, report):
    if config.getoption(OPTION):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, and {OPTION} forbids that: {report.longrepr[2]}"
