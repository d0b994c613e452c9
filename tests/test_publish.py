"""Publication: the live site is always a whole release, equals `mkdocs build --strict`, and is proven."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from unittest.mock import Mock
from urllib.request import urlopen

import pytest

from desks import FOLDER, ITEM, environment, git, served, sopan
from sopan import ledger, publish
from sopan.history import LEDGER, MAIN
from sopan.ledger import RecordKind
from sopan.releases import KEPT
from sopan.site import release_copy, release_files, taken

PAGE = f"informasi/{ITEM}/"


def live_records(desks):
    return [record for record in ledger.read(desks.archive).records if record.kind is RecordKind.LIVE]


def content(folder):
    """Every file below a folder by its path."""
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# -- step 8 ----------------------------------------------------------------------------------------------------------


def test_the_last_step_publishes_and_step_8_is_read_back_and_recorded(after):
    desks = after(6)
    with served(desks.site, desks.address):
        done = desks.do("dewi", "lanjut", ITEM)
        with urlopen(f"{desks.address}{PAGE}tabel.csv") as answer:  # noqa: S310 - our own server
            assert answer.read() == desks.path("ratna", FOLDER, "tabel.csv").read_bytes()
    assert done.code == 0
    assert done.err.splitlines()[1:] == ["Situs sudah sama dengan main.", f"{desks.address}{PAGE} terbukti tayang."]
    (record,) = live_records(desks)
    assert (record.item, record.address, record.new) == (ITEM, desks.address + PAGE, desks.archive.resolve(MAIN))
    (told,) = desks.rounds("dewi")
    tayang = told["tayang"]
    assert (tayang["bukti"], tayang["perkiraan"]) == ("agenda", False)
    assert tayang["detik"] >= 0
    assert desks.serve("periksa").out == "Tidak ada yang perlu diperbaiki.\n"


def test_a_web_server_that_is_down_leaves_step_8_pending_until_it_is_proven(after):
    desks = after(7)
    assert live_records(desks) == []
    assert desks.rounds("dewi")[0]["tayang"]["tayang_pada"] is None
    with served(desks.site, desks.address):
        kept = desks.serve("jaga")
    assert (kept.code, kept.out) == (0, "")
    assert kept.err.splitlines() == ["Situs sudah sama dengan main.", f"{desks.address}{PAGE} terbukti tayang."]
    assert [record.item for record in live_records(desks)] == [ITEM]
    desks.done("dewi", "papan")
    assert desks.rounds("dewi")[0]["tayang"]["tayang_pada"] is not None
    assert desks.serve("jaga").err == "Situs sudah sama dengan main.\n"  # proven once, not asked for again
    assert len(live_records(desks)) == 1


@pytest.mark.parametrize("name", ["index.html", "tabel.csv"])
def test_other_bytes_prove_nothing(after, name):
    """Somebody else's server answers, or a cache: the page or an attachment is not the release's."""
    desks = after(7)
    other = desks.top / "lain"
    shutil.copytree(desks.site, other)
    with (other / "informasi" / ITEM / name).open("ab") as file:
        file.write(b" ")
    where = f"{desks.address}{PAGE}{name.removeprefix('index.html')}"
    with served(other, desks.address):
        kept = desks.serve("jaga")
    assert kept.code == 0
    assert kept.err.splitlines()[1] == f"{desks.address}{PAGE} belum terbukti: {where} berbeda dari rilis yang tayang."
    assert live_records(desks) == []


def test_an_absent_page_proves_nothing(after):
    desks = after(7)
    (desks.top / "kosong").mkdir()
    with served(desks.top / "kosong", desks.address):
        said = desks.serve("jaga").err.splitlines()[1]
    assert said.startswith(f"{desks.address}{PAGE} belum terbukti: {desks.address}{PAGE}")
    assert live_records(desks) == []


# -- what is published -----------------------------------------------------------------------------------------------


def test_the_site_is_what_mkdocs_builds_from_a_clone_byte_for_byte(after, tmp_path):
    desks = after(7)
    git(tmp_path, "clone", "--quiet", str(desks.server), "klon")
    git(tmp_path / "klon", "fetch", "--quiet", "origin", f"{LEDGER}:{LEDGER}")
    words = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "situs")]
    about = {"cwd": tmp_path / "klon", "env": environment(), "capture_output": True}
    built = subprocess.run(words, **about, text=True, check=False)
    assert built.returncode == 0, built
    assert content(tmp_path / "situs") == content(desks.site.resolve())
    again = sopan("terbit", "--ke", str(tmp_path / "terbit"), at=tmp_path / "klon")
    main = desks.archive.resolve(MAIN)
    release = desks.site.readlink().name
    assert (again.code, again.err) == (0, "")
    assert again.out == f"Terbit: {tmp_path / 'terbit'} kini berisi main {main[:10]} (rilis {release}).\n"
    assert (tmp_path / "terbit").readlink() == Path("terbit.rilis", release)


def test_the_manifest_beside_a_release_is_what_sha256sum_checks(after):
    desks = after(7)
    release = desks.site.resolve()
    manifest = release.parent / f"{release.name}.sha256"
    words = ["sha256sum", "--check", "--quiet", "--strict", str(manifest)]
    assert subprocess.run(words, cwd=release, check=False, capture_output=True).returncode == 0
    assert len(manifest.read_text().splitlines()) == len(content(release))


def test_a_reader_sees_only_whole_states_while_publications_go_on(after):
    desks = after(7)
    history, live = desks.archive, desks.top / "www"
    genesis, merged = history.first_parents(MAIN)
    publish.publish(history, lambda: genesis, live)
    pages = {(live / "index.html").read_bytes(), (live / "informasi" / "index.html").read_bytes()}
    seen, missing, ended = set(), [], threading.Event()

    def read():
        while not ended.is_set():
            for name in ("index.html", "informasi/index.html"):
                try:
                    seen.add((live / name).read_bytes())
                except OSError as error:
                    missing.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    try:
        publish.publish(history, lambda: merged, live)
        assert publish.holds(live, merged)
        pages |= {(live / "index.html").read_bytes(), (live / "informasi" / "index.html").read_bytes()}
        publish.publish(history, lambda: merged, live)
    finally:
        ended.set()
        reader.join()
    assert missing == []
    assert len(seen) > 2
    assert seen <= pages
    assert not [path for path in live.parent.joinpath("www.rilis").iterdir() if path.name.startswith(".")]


def test_what_is_live_is_taken_over_and_what_was_written_into_is_made_anew(after):
    desks = after(7)
    main, site = desks.archive.resolve(MAIN), desks.top / "www"
    for _ in range(2):
        was = publish.publish(desks.archive, lambda: main, site)
        assert was.whole == ""
    whole, page = content(was.release), f"{PAGE}index.html"
    with (site / page).open("ab") as file:
        file.write(b" ")
    now = publish.publish(desks.archive, lambda: main, site)
    assert now.whole == f"{page} pada rilis {was.release.name} tidak lagi seperti waktu terbit"
    assert content(site.resolve()) == whole
    assert now.release.name == f"{was.release.name}-2"
    assert publish.publish(desks.archive, lambda: main, site).whole == ""


def test_a_live_file_that_another_was_put_in_place_of_is_restored_from_the_copy(after):
    desks = after(7)
    was, whole = desks.site.readlink(), content(desks.site.resolve())
    page = desks.site / PAGE / "index.html"
    words = page.read_bytes()
    page.unlink()
    page.write_bytes(words + b" ")
    assert desks.serve("jaga").err.splitlines()[0] == "Situs sudah sama dengan main."
    assert desks.site.readlink().name == f"{was.name}-2"
    assert content(desks.site.resolve()) == whole


def test_the_next_release_is_made_of_the_copy_and_the_oldest_becomes_the_next_copy(after):
    """As one file is one inode, what is not changed costs no file; readers of the oldest are gone by then."""
    desks = after(7)
    genesis, main = desks.archive.first_parents(MAIN)
    site, places = desks.top / "www", desks.top / "www.rilis"
    first = publish.publish(desks.archive, lambda: genesis, site).release
    stays, goes = "assets/situs/cari-390.png", "informasi/index.html"
    assert (places / f"{first.name}.siap" / "panduan/index.html").samefile(first / "panduan/index.html")
    (places / f"{first.name}.siap" / "lebih").mkdir()
    (places / f"{first.name}.siap" / "lebih/index.html").write_text("menyusup")
    copy = (places / f"{first.name}.siap").stat().st_ino
    for number in range(KEPT):
        (places / f"lama-{number}").mkdir()
        (places / f"lama-{number}.sha256").write_text("")
        os.utime(places / f"lama-{number}.sha256", (number, number))
    (places / "lama-1" / "usang").mkdir()
    (places / "lama-1" / "usang/lama.html").write_text("usang")
    (places / "lama-1" / goes).parent.mkdir()
    (places / "lama-1" / goes).write_text("usang")
    oldest = (places / "lama-1").stat().st_ino
    second = publish.publish(desks.archive, lambda: main, site).release
    assert second.stat().st_ino == copy
    assert (second / "panduan/index.html").samefile(first / "panduan/index.html")
    assert not (second / "lebih").exists()
    ready = places / f"{second.name}.siap"
    assert ready.stat().st_ino == oldest
    assert content(ready) == content(second)
    assert not (ready / "usang").exists()
    assert all((ready / name).samefile(second / name) for name in (stays, goes))


@pytest.mark.parametrize("lost", ["copy", "marks", "link"])
def test_without_a_copy_or_marks_the_next_release_is_the_same(after, monkeypatch, lost):
    desks = after(7)
    genesis, main = desks.archive.first_parents(MAIN)
    site, places = desks.top / "www", desks.top / "www.rilis"
    if lost == "link":
        monkeypatch.setattr(release_copy, "make", Mock(side_effect=OSError))
    first = publish.publish(desks.archive, lambda: genesis, site).release.name
    if lost == "copy":
        shutil.rmtree(places / f"{first}.siap")
    if lost == "marks":
        (places / f"{first}.tanda").unlink()
    assert (places / f"{first}.siap").exists() == (lost == "marks")
    now = publish.publish(desks.archive, lambda: main, site)
    assert now.whole == ""
    assert content(now.release) == content(desks.site.resolve())


def test_old_releases_and_what_a_killed_publisher_left_are_removed_never_what_readers_may_hold(after):
    desks = after(7)
    genesis, main = desks.archive.first_parents(MAIN)
    site, releases = desks.top / "www", desks.top / "www.rilis"
    was = publish.publish(desks.archive, lambda: genesis, site).release
    for number in range(6):
        (releases / f"lama-{number}").mkdir()
        for suffix in ("sha256", "masukan", "tanda"):
            beside = releases / f"lama-{number}.{suffix}"
            beside.write_text("")
            os.utime(beside, (number, number))
    (releases / ".tulis-mati" / "informasi").mkdir(parents=True)
    live = publish.publish(desks.archive, lambda: main, site).release.name
    kept = {path.name for path in releases.iterdir()}
    names = {live, was.name, "lama-3", "lama-4", "lama-5"}
    assert len(names) == KEPT
    beside = {f"{name}{suffix}" for name in names for suffix in ("", ".sha256", ".masukan", ".tanda")}
    assert kept == beside | {f"{live}.siap"}


def test_what_is_live_can_be_looked_at_before_anything_is_tidied_up(after):
    desks = after(7)
    genesis, main = desks.archive.first_parents(MAIN)
    site, releases = desks.top / "www", desks.top / "www.rilis"
    publish.publish(desks.archive, lambda: genesis, site)
    for number in range(KEPT):
        (releases / f"lama-{number}.sha256").write_text("")
        (releases / f"lama-{number}").mkdir()
        os.utime(releases / f"lama-{number}.sha256", (number, number))
    with publish.published(desks.archive, lambda: main, site) as live:
        assert site.resolve() == live.release
        assert (releases / "lama-0").is_dir()
        assert not live.release.with_name(f"{live.release.name}.tanda").exists()
    assert not (releases / "lama-0").exists()
    assert live.release.with_name(f"{live.release.name}.tanda").is_file()


def test_it_is_tidied_up_even_where_whoever_looks_fails(after):
    desks = after(7)
    main, site = desks.archive.resolve(MAIN), desks.top / "www"
    with pytest.raises(ValueError, match="putus"), publish.published(desks.archive, lambda: main, site) as live:
        raise ValueError("putus")
    assert live.release.with_name(f"{live.release.name}.tanda").is_file()
    assert site.resolve() == live.release


def test_after_the_same_was_published_twice_the_next_reads_no_file_again(after, monkeypatch):
    desks = after(7)
    main, site, read = desks.archive.resolve(MAIN), desks.top / "www", []
    first = publish.publish(desks.archive, lambda: main, site).release
    assert publish.publish(desks.archive, lambda: main, site).release == first
    known = taken.load(first)
    monkeypatch.setattr(release_files, "_digest", read.append)
    assert taken.choose(known, known.inputs).files
    assert read == []


# -- what is refused, with the old site kept -------------------------------------------------------------------------


def terbit(desks, live):
    return sopan("terbit", "--ke", str(live), at=desks.path("ratna"))


def test_a_folder_that_holds_something_else_is_not_replaced(desks, tmp_path):
    live = tmp_path / "www"
    live.mkdir()
    (live / "penting.txt").write_text("jangan")
    refused = terbit(desks, live)
    assert (refused.code, refused.out, refused.err) == (
        2,
        "",
        f"{live} sudah berisi dan bukan hasil terbit; pilih folder lain atau kosongkan dahulu.\n",
    )
    assert [path.name for path in live.iterdir()] == ["penting.txt"]
    assert not live.with_name("www.rilis").exists()
    (live / "penting.txt").unlink()
    assert terbit(desks, live).code == 0
    assert (live / "index.html").is_file()


def test_a_place_that_cannot_be_written_is_named(desks, tmp_path):
    (tmp_path / "berkas").write_text("bukan folder")
    refused = terbit(desks, tmp_path / "berkas" / "www")
    place = tmp_path / "berkas" / "www.rilis"
    assert (refused.code, refused.out) == (2, "")
    assert refused.err == f"Folder terbit {place} tidak dapat ditulisi: bukan folder; periksa hak dan ruangnya.\n"


def test_a_file_that_cannot_be_written_whole_keeps_the_old_site(after, tmp_path):
    """The system refuses large files (`ulimit -f`), as it would on a disk that is nearly full."""
    desks = after(7)
    live = tmp_path / "www"
    publish.publish(desks.archive, lambda: desks.archive.first_parents(MAIN)[0], live)
    before, was = content(live.resolve()), live.readlink()
    words = [sys.executable, "-m", "sopan", "terbit", "--ke", str(live)]
    limited = ["bash", "-c", 'ulimit -f 400; exec "$@"', "bash", *words]
    about = {"cwd": desks.server, "env": environment(), "capture_output": True}
    refused = subprocess.run(limited, **about, text=True, check=False)
    assert (refused.returncode, refused.stdout, refused.stderr) == (
        2,
        "",
        "Situs tidak dapat ditulis: berkas melampaui batas ukuran; situs yang tayang tidak berubah.\n",
    )
    assert live.readlink() == was
    assert content(live.resolve()) == before
    kept = {path.name for path in live.with_name("www.rilis").iterdir() if path.is_dir()}
    assert kept == {was.name, f"{was.name}.siap"}


def test_a_site_that_cannot_be_built_keeps_the_old_one_and_the_push_stands(after):
    """What went wrong is told to the officer, the merge is kept, and `jaga` publishes it later."""
    desks = after(6)
    desks.site.mkdir()
    (desks.site / "penting.txt").write_text("jangan")
    done = desks.do("dewi", "lanjut", ITEM)
    assert done.code == 0
    assert done.err.splitlines()[-1] == (
        f"Penerbitan tertunda: {desks.site} sudah berisi dan bukan hasil terbit; "
        "pilih folder lain atau kosongkan dahulu. Ulangi dengan `sopan server jaga`."
    )
    assert len(done.err.splitlines()) == 2
    assert desks.held(MAIN, f"{FOLDER}/index.md") is not None
    (desks.site / "penting.txt").unlink()
    assert desks.serve("jaga").code == 0
    assert (desks.site / "informasi" / ITEM / "index.html").is_file()
    assert json.loads(desks.do("ratna", "papan", "--format", "json").out)["butir"] == []
