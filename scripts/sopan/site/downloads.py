"""The files that the site offers beside its pages, by the path below the site; each made only when asked for.

Those of all items are made by children, beside the build: nothing that the build does looks at them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from pathlib import Path

from sopan.site import feeds, open_data, performance_page, public_list, spreadsheet
from sopan.site.facts import Entry, SiteFacts
from sopan.site.kept_parts import Parts
from sopan.site.kept_years import YearParts

FOLDER = "unduh"
ITEM_FILE = "butir.json"

Plan = Mapping[str, Callable[[], bytes]]


def plan(facts: SiteFacts, parts: Parts | None = None) -> Plan:
    """How to make each file; what needs whole addresses is there once kantor.yml names the site's.

    Of what grows with the items those `parts` are not written anew that were kept.
    """
    parts = parts or Parts()
    years = YearParts(facts, parts)
    times, listed = cache(partial(performance_page.book, facts)), cache(partial(public_list.book, years))
    return {
        f"{FOLDER}/kinerja.csv": lambda: spreadsheet.as_csv(times(), parts),
        f"{FOLDER}/kinerja.xlsx": lambda: spreadsheet.as_xlsx(times(), parts),
        f"{FOLDER}/daftar-informasi.csv": lambda: spreadsheet.as_csv(listed(), parts),
        f"{FOLDER}/daftar-informasi.xlsx": lambda: spreadsheet.as_xlsx(listed(), parts),
        f"{FOLDER}/daftar-informasi.json": partial(open_data.everything, years),
        **(_addressed(years) if facts.policy.office.site else {}),
    }


def of_items(facts: SiteFacts, entries: Iterable[Entry]) -> Plan:
    """The same of the file beside each item's page."""
    return {f"informasi/{entry.card.id}/{ITEM_FILE}": partial(open_data.item, facts, entry) for entry in entries}


def write(planned: Plan, out: Path) -> None:
    """Make files of the site in the folder `out`."""
    for path, make in planned.items():
        file = out / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(make())


def _addressed(years: YearParts) -> Plan:
    made: dict[str, Callable[[], bytes]] = {f"{FOLDER}/dcat.jsonld": partial(open_data.catalogue, years)}
    for start, classification in (("", None), ("serta-merta-", feeds.AT_ONCE)):
        for kind in ("atom", "rss"):
            name = f"{start}{kind}.xml"
            made[f"{feeds.FOLDER}/{name}"] = partial(feeds.make, years.facts, name, classification, atom=kind == "atom")
    return made
