"""The files that the site offers beside its pages, by the path below the site; each made only when asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from sopan.site import feeds, open_data, performance_page, public_list, spreadsheet
from sopan.site.facts import SiteFacts
from sopan.site.kept_parts import Parts

FOLDER = "unduh"
ITEM_FILE = "butir.json"

Plan = Mapping[str, Callable[[], bytes]]


def plan(facts: SiteFacts, parts: Parts | None = None) -> Plan:
    """How to make each file; what needs whole addresses is there once kantor.yml names the site's.

    Of the greatest files those `parts` are not written anew that were kept.
    """
    parts = parts or Parts()
    items = {f"informasi/{entry.item.id}/{ITEM_FILE}": partial(open_data.item, facts, entry) for entry in facts.entries}
    return {
        f"{FOLDER}/kinerja.csv": lambda: spreadsheet.as_csv(performance_page.sheets(facts)),
        f"{FOLDER}/kinerja.xlsx": lambda: spreadsheet.as_xlsx(performance_page.sheets(facts)),
        f"{FOLDER}/daftar-informasi.csv": lambda: spreadsheet.as_csv([public_list.sheet(facts)]),
        f"{FOLDER}/daftar-informasi.xlsx": lambda: spreadsheet.as_xlsx([public_list.sheet(facts)]),
        f"{FOLDER}/daftar-informasi.json": partial(open_data.everything, facts, parts),
        **items,
        **(_addressed(facts, parts) if facts.policy.office.site else {}),
    }


def _addressed(facts: SiteFacts, parts: Parts) -> Plan:
    made: dict[str, Callable[[], bytes]] = {f"{FOLDER}/dcat.jsonld": partial(open_data.catalogue, facts, parts)}
    for start, classification in (("", None), ("serta-merta-", feeds.AT_ONCE)):
        for kind in ("atom", "rss"):
            name = f"{start}{kind}.xml"
            made[f"{feeds.FOLDER}/{name}"] = partial(feeds.make, facts, name, classification, atom=kind == "atom")
    return made
