"""The site never goes back behind what was published, except where two officers recorded that it does."""

from __future__ import annotations

import fcntl
import os
import shutil
import threading

import pytest

from desks import git, sopan
from sopan import publish
from sopan.errors import SopanError
from sopan.history import LEDGER, MAIN, History

BACK = (
    "Situs memuat main {live}, yang bukan bagian dari main {main}: penerbitan akan mundur, jadi situs tidak diubah. "
    "Ambil main terbaru; bila kemunduran disengaja, dua petugas mencatatnya pada `mundur` di kantor.yml.\n"
)


def test_a_main_that_was_moved_back_is_not_published_and_one_that_goes_on_is(after):
    desks = after(7)
    earlier, main = desks.archive.first_parents(MAIN)
    was = desks.site.readlink()
    git(desks.server, "update-ref", MAIN, earlier)
    said = sopan("terbit", "--ke", str(desks.site), at=desks.server)
    assert (said.code, said.out, said.err) == (2, "", BACK.format(live=main[:12], main=earlier[:12]))
    assert desks.site.readlink() == was
    git(desks.server, "update-ref", MAIN, main)
    assert sopan("terbit", "--ke", str(desks.site), at=desks.server).code == 0
    assert desks.site.readlink() == was


def test_a_publisher_asks_what_main_is_when_its_turn_has_come(after):
    """One that waited behind a newer one must not publish what was newest when it began to wait."""
    desks, asked = after(7), []
    turn = os.open(desks.site.with_name("situs.rilis"), os.O_RDONLY)
    fcntl.flock(turn, fcntl.LOCK_EX)

    def main():
        asked.append(desks.archive.resolve(MAIN))
        raise SopanError("Cukup.")

    def wait():
        with pytest.raises(SopanError, match="Cukup"):
            publish.publish(desks.archive, main, desks.site)

    waiting = threading.Thread(target=wait)
    waiting.start()
    waiting.join(0.3)
    assert (waiting.is_alive(), asked) == (True, [])
    os.close(turn)
    waiting.join()
    assert asked == [desks.archive.resolve(MAIN)]


def test_two_officers_record_that_the_site_goes_back_where_a_backup_was_older(after, states):
    """The server was restored without its last publication, which is still live."""
    desks, later = after(0), states(7)
    shutil.copytree(later.site.with_name("situs.rilis"), desks.site.with_name("situs.rilis"))
    desks.site.symlink_to(later.site.readlink())
    lost, main = later.archive.resolve(MAIN), desks.archive.resolve(MAIN)
    refused = BACK.format(live=lost[:12], main=main[:12])
    assert (refused.rstrip(".\n") in desks.serve("jaga").err, publish.holds(desks.site, lost)) == (True, True)
    for file, old, new in (
        ("kantor.yml", "\nlayanan:", f"\nmundur:\n  - dari: {lost[:12]}\n    alasan: Cadangan.\nlayanan:"),
        ("petugas.yml", "versi: '1'", "versi: '2'"),
    ):
        text = desks.path("ratna", file).read_text("utf-8")
        assert text.count(old) == 1
        desks.path("ratna", file).write_text(text.replace(old, new), "utf-8")
    desks.done("ratna", "rawat", "ajukan", "mundur", "--catatan", "Cadangan lebih lama daripada situs.")
    desks.done("budi", "rawat", "setujui", "mundur")
    assert publish.holds(desks.site, lost)
    desks.done("budi", "rawat", "gabung", "mundur")
    assert publish.holds(desks.site, desks.archive.resolve(MAIN))
    page = (desks.site / "layanan" / "tentang" / "index.html").read_text("utf-8")
    assert f"<li>Cadangan. (meninggalkan <code>{lost[:12]}</code>)</li>" in page


def test_a_branch_for_static_hosts_does_not_go_back_either(states, tmp_path):
    """It tells in its message which commit it shows."""
    git(tmp_path, "clone", "--quiet", str(states(7).server), "klon")
    git(tmp_path / "klon", "fetch", "--quiet", "origin", f"+{LEDGER}:{LEDGER}")
    history = History(tmp_path / "klon")
    earlier, main = history.first_parents(MAIN)
    shown = history.write("commit", _commit(history, main))
    git(tmp_path / "klon", "update-ref", "refs/heads/gh-pages", shown)
    with pytest.raises(SopanError) as refused:
        publish.to_branch(history, earlier, "gh-pages")
    assert f"{refused.value}\n" == BACK.format(live=main[:12], main=earlier[:12])
    assert history.resolve("gh-pages") == shown
    assert publish.to_branch(history, main, "gh-pages") != shown


def _commit(history, main):
    who = "Sopan <sopan@localhost> 0 +0000"
    return f"tree {history.tree_of(main)}\nauthor {who}\ncommitter {who}\n\nSitus dari main {main}\n".encode()
