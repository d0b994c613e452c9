"""`periksa --semua`: every item of the work tree, at the cost of what changed."""

import subprocess
import sys

import desks as office
from sopan.desk import whole
from sopan.history import History

GOOD = office.INDEX.replace("lampiran:\n  - berkas: tabel.csv\n    judul: Tabel kegiatan\n", "").replace(
    "Rencana ini dimuat dalam [tabel](tabel.csv).", "Rencana ini dimuat di sini."
)
BAD = GOOD.replace("bahasa: id", "bahasa: en")
OTHER = "docs/informasi/2026/rencana-lain/index.md"
JUDGING = {"markdown_it", "re2", "sopan.policy", "yaml"}
EXAMINED = "import sys; from sopan.cli import run; run(['periksa', '--semua']); print(*sorted(sys.modules.keys() & {}))"


def tree(top):
    """A repository with two good items on `main`."""
    office.source(top)
    for name in ("rencana-kerja", "rencana-lain"):
        file = top / f"docs/informasi/2026/{name}/index.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(GOOD, "utf-8")
    commit(top)
    office.git(top, "branch", "-M", "main")
    return top


def commit(top):
    office.git(top, "add", "-A")
    office.git(top, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "-qm", "Butir")


def rules(top):
    history = History(top)
    found = [(finding.rule, finding.file) for finding in whole.findings(history)]
    history.close()
    return found


def test_only_what_is_as_it_was_found_good_is_taken_over(tmp_path):
    top = tree(tmp_path / "kantor")
    file, kept = top / OTHER, top / ".git" / whole.FILE

    assert rules(top) == []
    assert kept.read_bytes().count(b"2026/rencana-lain") == 1
    file.write_text(BAD, "utf-8")
    assert rules(top) == [("skema-tetap", OTHER)]
    commit(top)
    assert rules(top) == [("skema-tetap", OTHER)]
    file.write_text(GOOD, "utf-8")
    assert rules(top) == []
    (file.parent / "liar.csv").write_text("a,b\n", "utf-8")
    assert rules(top) == [("lampiran-tak-disebut", OTHER.replace("index.md", "liar.csv"))]


def test_what_was_kept_is_never_believed_when_it_is_damaged_or_the_policy_is_another(tmp_path):
    top = tree(tmp_path / "kantor")
    kept = top / ".git" / whole.FILE
    rules(top)
    whole_file = kept.read_bytes()
    kept.write_bytes(whole_file.replace(b"rencana-lain", b"rencana-lian"))
    assert rules(top) == []
    assert kept.read_bytes() == whole_file

    exempt = "dikecualikan:\n  - butir: 2026/rencana-lain\n    dasar: SK 1/2026\n"
    (top / "kantor.yml").write_text((top / "kantor.yml").read_text("utf-8") + exempt, "utf-8")
    commit(top)
    assert rules(top) == [("butir-daftar-dikecualikan", OTHER.removesuffix("/index.md"))]


def test_what_judges_is_loaded_only_where_an_item_is_in_doubt(tmp_path):
    top = tree(tmp_path / "kantor")

    def loaded():
        words = [sys.executable, "-c", EXAMINED.format(JUDGING)]
        ran = subprocess.run(words, cwd=top, env=office.environment(), check=True, capture_output=True, text=True)
        verdict, names = ran.stdout.split("\n", 1)
        assert verdict == "Tidak ada yang perlu diperbaiki."
        return set(names.split())

    assert loaded() == JUDGING
    assert loaded() == set()
    (top / OTHER).write_text(GOOD + "\nLagi.\n", "utf-8")
    assert loaded() == JUDGING
