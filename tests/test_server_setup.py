"""`server siapkan`: what it makes, and what it refuses without leaving anything behind."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from desks import NOWHERE, SINCE, TOP, git, kantor, sopan
from sopan import ledger, signature
from sopan.demo import office
from sopan.history import LEDGER, MAIN, NO_OBJECT, History, create
from sopan.ledger import RecordKind
from sopan.server import hooks, release, setup
from sopan.server.home import GENESIS_KEY, SITE_KEY

PREPARED = "Jalur folder ini hanya untuk uji coba; di kantor, layani lewat ssh dengan `sopan server kunci`.\n"


def prepare(at, *more, source="kantor"):
    return sopan("server", "siapkan", "server", "--dari", source, *more, at=at)


def left_behind(top):
    return sorted(path.name for path in top.iterdir() if path.name not in {"kantor", "kunci", "sopan"})


@pytest.fixture
def top(origin, tmp_path):
    """A folder with an office's repository in it, filled in and committed."""
    kantor(origin, tmp_path)
    return tmp_path


def amend(top, name, change):
    """Change a file of the office's repository and commit that."""
    file = top / "kantor" / name
    changed = change(file.read_text("utf-8"))
    assert changed != file.read_text("utf-8")
    file.write_text(changed, "utf-8")
    office.commit_all(top / "kantor", "Ubah", datetime.now(tz=UTC))


# -- what it makes ---------------------------------------------------------------------------------------------------


def test_a_home_is_made_whole(desks):
    home, archive = desks.home, desks.archive
    tip = git(desks.path("kantor"), "rev-parse", "HEAD")
    assert archive.bare
    assert archive.refs("refs/").keys() == {MAIN, LEDGER}
    assert archive.resolve(MAIN) == archive.config(GENESIS_KEY) == tip
    assert archive.config(SITE_KEY) == str(desks.site)
    assert {key: archive.config(key) for key in setup.SETTINGS} == dict(setup.SETTINGS)
    (record,) = ledger.read(archive).records
    assert (record.kind, record.ref, record.old, record.new, record.policy) == (
        RecordKind.GENESIS,
        MAIN,
        NO_OBJECT,
        tip,
        1,
    )
    assert abs((datetime.now(tz=UTC) - record.at).total_seconds()) < 3600
    for name in (hooks.PRE, hooks.POST):
        assert home.hook(name).stat().st_mode & 0o777 == 0o755
    assert home.key.stat().st_mode & 0o777 == 0o600
    assert home.release.readlink().name == tip
    package = home.release / "sopan"
    source = {path.name: path.read_bytes() for path in (desks.path("kantor") / release.PACKAGE).glob("*.py")}
    assert {path.name: path.read_bytes() for path in package.glob("*.py")} == source


def test_the_ledger_is_signed_by_the_servers_key(desks):
    archive = desks.archive
    raw = archive.commit(archive.resolve(LEDGER))
    head, _, message = raw.partition(b"\n\n")
    lines = head.split(b"\n")
    first = next(number for number, line in enumerate(lines) if line.startswith(b"gpgsig "))
    armor = b"\n".join([lines[first].removeprefix(b"gpgsig "), *(line[1:] for line in lines[first + 1 :])]) + b"\n"
    payload = b"\n".join(lines[:first]) + b"\n\n" + message
    assert signature.key_of(armor) == signature.public_line(desks.home.key)
    assert signature.verified("server", signature.public_line(desks.home.key), payload, armor)


def test_it_says_where_server_and_site_are(top):
    said = prepare(top)
    assert (said.code, said.err) == (0, PREPARED)
    assert said.out == f"Server siap di {top / 'server'}; situs akan tayang di server-situs.\n"
    assert left_behind(top) == ["server"]


def test_an_empty_folder_is_taken(top):
    (top / "server").mkdir()
    assert prepare(top).code == 0


def test_a_fixed_clock_dates_the_first_record_and_stands_in_the_hooks(top):
    assert prepare(top, "--pada", "2026-11-23T08:00:00+07:00").code == 0
    (record,) = ledger.read(History(top / "server")).records
    assert record.at == datetime(2026, 11, 23, 1, tzinfo=UTC)
    assert "--pada 2026-11-23T08:00:00+07:00" in (top / "server/hooks/pre-receive").read_text()
    assert sopan("server", "periksa", "server", at=top).out.splitlines()[0] == (
        "kait pre-receive memakai jam tetap, yang hanya untuk pengujian; "
        "siapkan ulang dengan `sopan server perbaiki`. [server-kait-jam]"
    )


@pytest.mark.parametrize(
    ("clock", "said"),
    [
        ("kemarin", "Waktu “kemarin” tidak terbaca; tulis seperti 2026-11-23T08:00:00+07:00.\n"),
        ("2026-11-23T08:00:00", "Waktu “2026-11-23T08:00:00” tanpa zona; tulis seperti 2026-11-23T08:00:00+07:00.\n"),
    ],
)
def test_a_clock_that_is_none_is_refused(top, clock, said):
    refused = prepare(top, "--pada", clock)
    assert (refused.code, refused.err, left_behind(top)) == (2, said, [])


# -- what it refuses -------------------------------------------------------------------------------------------------


def test_this_repository_itself_has_no_people_yet(origin, tmp_path):
    refused = sopan("server", "siapkan", "server", "--dari", str(origin), at=tmp_path)
    assert (refused.code, refused.out) == (1, "")
    vacant = (
        "petugas.yml: Peran '{}' belum punya pemegang yang berlaku hari ini; "
        "isi pemegangnya pada jabatan di petugas.yml. [siap-peran-kosong]\n"
    )
    assert refused.err == "".join(vacant.format(role) for role in ("sekretaris", "kabid", "admin")) + (
        "kantor.yml: Alamat situs masih kosong; isi alamat_situs di kantor.yml, "
        "misalnya https://informasi.kantor.go.id/. [siap-alamat-situs]\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_an_officer_without_a_key_is_named(top):
    amend(top, "petugas.yml", lambda text: text.replace("mulai: ''", "mulai: '2099-01-01T00:00:00+07:00'", 1))
    refused = prepare(top)
    assert (refused.code, left_behind(top)) == (1, [])
    assert refused.err == (
        "petugas.yml: Petugas 'ratna' belum punya kunci yang berlaku; "
        "isi kunci SSH-nya pada petugas di petugas.yml. [siap-petugas-tanpa-kunci]\n"
    )


def test_a_codeowners_that_drifted_is_named(top):
    amend(top, "CODEOWNERS", lambda text: text.replace("/docs/informasi/", "/docs/lain/"))
    refused = prepare(top)
    assert (refused.code, left_behind(top)) == (1, [])
    assert refused.err.startswith("CODEOWNERS baris 5: Tertulis '/docs/lain/ ")
    assert refused.err.endswith("tulis ulang dengan `sopan codeowners --tulis`. [codeowners-berbeda]\n")


def test_a_folder_that_holds_something_is_left_alone(top):
    (top / "server").mkdir()
    (top / "server" / "penting.txt").write_text("jangan")
    refused = prepare(top)
    assert (refused.code, refused.err) == (2, "Folder server sudah berisi; pilih folder baru atau kosongkan dahulu.\n")
    assert [path.name for path in (top / "server").iterdir()] == ["penting.txt"]
    assert left_behind(top) == ["server"]


def test_a_file_in_its_place_is_left_alone(top):
    (top / "server").write_text("jangan")
    refused = prepare(top)
    assert (refused.code, refused.err) == (2, "Folder server sudah berisi; pilih folder baru atau kosongkan dahulu.\n")
    assert (top / "server").read_text() == "jangan"


def test_a_source_that_is_no_repository_is_refused(tmp_path):
    (tmp_path / "biasa").mkdir()
    for source in ("biasa", "tiada"):
        refused = prepare(tmp_path, source=source)
        assert (refused.code, refused.err) == (
            2,
            f"Folder {source} bukan repositori git; jalankan perintah ini di dalam repositori kantor.\n",
        )
    assert left_behind(tmp_path) == ["biasa"]


def test_a_source_without_a_commit_is_refused(tmp_path):
    create(tmp_path / "kosong")
    refused = prepare(tmp_path, source="kosong")
    assert (refused.code, refused.err) == (
        2,
        "Repositori sumber belum mempunyai komit; buat komit pertama di main dahulu.\n",
    )
    assert left_behind(tmp_path) == ["kosong"]


def test_a_shallow_source_is_refused(top):
    (top / "kantor" / "catatan.txt").write_text("komit kedua")
    office.commit_all(top / "kantor", "Kedua", datetime.now(tz=UTC))
    git(top, "clone", "--quiet", "--depth", "1", f"file://{top / 'kantor'}", "dangkal")
    refused = prepare(top, source="dangkal")
    assert (refused.code, refused.err) == (
        2,
        "Riwayat repositori ini terpotong (shallow); jalankan `git fetch --unshallow` dahulu.\n",
    )
    assert left_behind(top) == ["dangkal"]


def test_an_office_file_that_cannot_be_used_is_refused(top):
    amend(top, "kantor.yml", lambda text: text.replace("zona_waktu: Asia/Jakarta", "zona_waktu: Asia/Jkarta"))
    refused = prepare(top)
    assert (refused.code, left_behind(top)) == (1, [])
    assert refused.err == (
        "kantor.yml baris 20: Zona waktu 'Asia/Jkarta' tidak dikenal; "
        "tulis nama zona IANA, misalnya Asia/Jakarta. [kantor-zona]\n"
    )


def test_an_officer_whom_the_register_does_not_know_is_refused(top):
    amend(top, "petugas.yml", lambda text: text.replace("petugas: budi", "petugas: bude"))
    refused = prepare(top)
    assert (refused.code, left_behind(top)) == (1, [])
    assert refused.err.splitlines()[0].endswith(
        ": Petugas 'bude' belum terdaftar; daftarkan pada bagian petugas, atau perbaiki kodenya. [petugas-tak-dikenal]"
    )


def test_a_repository_without_the_package_gives_no_release(top):
    shutil.rmtree(top / "kantor" / release.PACKAGE)
    tip = office.commit_all(top / "kantor", "Tanpa Sopan", datetime.now(tz=UTC))
    refused = prepare(top)
    assert (refused.code, refused.err, left_behind(top)) == (
        2,
        f"Komit {tip[:10]} tidak memuat scripts/sopan; ambil rilis Sopan yang lengkap.\n",
        [],
    )


def test_the_people_of_the_tests_are_nobody(top):
    """The made-up office says so itself: addresses that cannot exist, a decree that is called an example."""
    text = (top / "kantor" / "petugas.yml").read_text("utf-8")
    assert text.count("@kantor.example") == 3
    assert text.count("SK contoh") == 3
    assert SINCE in text
    assert NOWHERE in (top / "kantor" / "kantor.yml").read_text("utf-8")
    assert "pemegang: []" in (TOP / "petugas.yml").read_text("utf-8")
