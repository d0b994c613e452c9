"""What is said on GitHub and not recorded: each with its sentence in the thread, and the nearest act that is."""

import subprocess

import pytest

import cast
import github_office
from office import ITEM
from sopan.history import ITEM_REFS, MAIN

NOT = "Tidak dicatat.\n\n- "
STALE = "Cabang sudah bergerak sesudah ini ditulis, jadi tidak dicatat; baca keadaan terakhir, lalu ulangi perintahnya."
EDITED = "Komentar ini sudah diubah sesudah ditulis, jadi tidak dicatat; tulis perintahnya sebagai komentar baru."
BOT = "Ini ditulis oleh sebuah bot, dan bot tidak memegang peran; perintah hanya berlaku dari akun petugas sendiri."
STRANGER = (
    "Nomor akun GitHub ini bukan milik petugas mana pun di petugas.yml, jadi tidak ada yang dicatat; "
    "masuk dengan akun kedinasan Anda, atau minta pengelola mendaftarkan nomornya."
)
OTHERS = (
    "Ada suntingan pada cabang ini yang dikirim akun lain, bukan Anda, jadi tidak dicatat; "
    "minta pengirimnya menyerahkan, atau buang suntingan itu dengan /pulihkan."
)
KABID = "langkah 2 (menginstruksikan) oleh Kabid (Budi Contoh, Tono Contoh, Wati Contoh)"


TARGETS = (
    "tidak dapat dikembalikan ke langkah 5 selagi menunggu langkah 2 (menginstruksikan) oleh Kabid; "
    "sasaran yang mungkin: 1. &#91;kembali-sasaran&#93;"
)
NOT_HIS = (
    "Sari Contoh tidak dapat membatalkan; pembatalan adalah wewenang Kabid atau Sekretaris. &#91;batal-giliran&#93;"
)
REASON = (
    "pengembalian ini tanpa alasan; tulis alasannya di bawah judul pesan (&#96;--alasan&#96;). &#91;kembali-alasan&#93;"
)
NOT_YOURS = "Langkah terakhir pada usulan ini bukan langkah Anda, jadi tidak ada yang dapat Anda tarik."
COMMENTS = [
    ("rina", "/lanjut", f"Rina Contoh, sekarang ditunggu {KABID}; tidak ada yang dicatat."),
    ("sari", "/terima", f"Sari Contoh, sekarang ditunggu {KABID}; tidak ada yang dicatat."),
    ("sari", "/kembalikan 1 Keliru.", f"Sari Contoh, sekarang ditunggu {KABID}; tidak ada yang dicatat."),
    ("orang", "/lanjut", STRANGER),
    ("bot", "/lanjut", BOT),
    ("budi", "/lanjt", "Perintah “/lanjt” tidak dikenal; mungkin maksud Anda /lanjut &#60;catatan&#62;."),
    ("budi", "/tarik Keliru.", NOT_YOURS),
    ("sari", "/batalkan Tidak jadi.", NOT_HIS),
    ("budi", "/kembalikan 5 Keliru.", TARGETS),
    ("budi", "/kembalikan 1", REASON),
]


@pytest.fixture(scope="module")
def hub(offices, tmp_path_factory):
    """An office in which step 1 was made and Kabid is awaited; whoever makes an act there makes it last."""
    with github_office.opened(offices("bangka"), tmp_path_factory.mktemp("github")) as opened:
        opened.begin()
        assert opened.says("rina", "/lanjut").startswith("Tercatat: langkah 1")
        yield opened


@pytest.fixture
def unmoved(hub):
    """The office, in which nothing may move: no branch, no ledger."""
    before = hub.refs()
    yield hub
    assert hub.refs() == before


@pytest.mark.parametrize(("who", "body", "sentence"), COMMENTS)
def test_a_comment_is_refused_with_a_sentence(unmoved, who, body, sentence):
    assert unmoved.says(who, body) == NOT + sentence


def test_talk_is_left_alone(unmoved):
    before = len(unmoved.thread())
    ended = unmoved.record(unmoved.comment("budi", "Mohon /lanjut besok."))
    assert (ended.code, ended.out) == (0, "Bukan perintah; tidak ada yang dicatat.\n")
    assert len(unmoved.thread()) == before + 1


def test_an_edited_comment_is_no_command(unmoved):
    said = unmoved.comment("budi", "Baik.")
    changed = unmoved.ask("orang", "PATCH", f"issues/comments/{said['id']}", {"body": "/lanjut"})
    for event in (changed, said | {"body": "/terima"}):
        unmoved.record(event)
        assert unmoved.thread()[-1] == NOT + EDITED


def test_a_name_that_another_took_over_is_nobody(unmoved):
    unmoved.rename("budi-kantor", "budi-lama")
    unmoved.rename("orang-luar", "budi-kantor")
    assert unmoved.says("orang", "/lanjut") == NOT + STRANGER
    assert unmoved.says("budi", "/kembalikan 1") == NOT + REASON  # whom the number still belongs to
    unmoved.rename("budi-kantor", "orang-luar")
    unmoved.rename("budi-lama", "budi-kantor")


def test_a_review_of_an_earlier_head_does_not_count(unmoved):
    assert unmoved.reviews("budi", "APPROVE", commit_id=unmoved.genesis) == NOT + STALE


def test_a_simulation_moves_nothing_and_says_nothing(unmoved):
    before = len(unmoved.thread())
    ended = unmoved.record(unmoved.comment("budi", "/lanjut"), "--simulasi")
    assert ended.out == "Simulasi: langkah 2 (menginstruksikan) oleh Budi Contoh.\n"
    assert len(unmoved.thread()) == before + 1


def test_another_key_than_the_recorders_records_nothing(unmoved):
    said = unmoved.comment("budi", "/lanjut")
    key = str(unmoved.keys / cast.STRANGER)
    ended = unmoved.run("catat", "--peristiwa", unmoved.event(said), "--kunci", key)
    assert ended.code == 0
    assert "&#91;bukti-pencatat&#93;" in unmoved.thread()[-1]


def test_nobody_merges_before_the_last_step_was_given(unmoved):
    with pytest.raises(AssertionError, match=r"405, .*Required status check .*gerbang.* is expected"):
        unmoved.ask("sari", "PUT", f"pulls/{unmoved.number}/merge", {"merge_method": "merge"})


def test_a_token_is_in_no_message(hub):
    ended = hub.run("gerbang", "--usulan", "1", who="rahasia")
    assert ended.code == 2
    path = "/repos/kantor-contoh/ppid/pulls/1"
    assert ended.err == f"GitHub menjawab 401 atas GET {path}: Bad credentials; periksa hak token dan ulangi.\n"


def test_edits_of_another_account_do_not_become_the_holders(hub):
    """Whatever name and address stand on the commit: what counts is who pushed it."""
    first = hub.number
    hub.branch, folder = "orang-patch-1", "docs/informasi/2026/lain"
    hub.ask("rina", "POST", "git/refs", {"ref": f"refs/heads/{hub.branch}", "sha": hub.tip(MAIN)})
    name, email = cast.who("rina")
    hub.edit("orang", cast.EARLY, folder, author={"name": name, "email": email})
    hub.number = hub.ask("rina", "POST", "pulls", {"title": "Lain", "head": hub.branch, "base": "main"})["number"]
    before = hub.refs()
    assert hub.says("rina", "/lanjut") == NOT + OTHERS
    assert hub.refs() == before
    hub.number, hub.branch = first, github_office.BRANCH


def test_a_pull_request_that_touches_workflows_is_red_and_shown_at_the_file(hub):
    first = hub.number
    hub.branch = "rina-patch-9"
    hub.ask("rina", "POST", "git/refs", {"ref": f"refs/heads/{hub.branch}", "sha": hub.tip(MAIN)})
    hub.edit("rina", {"x.yml": "on: push\n"}, ".github/workflows")
    hub.edit("rina", cast.EARLY, "docs/informasi/2026/alur")
    hub.number = hub.ask("rina", "POST", "pulls", {"title": "Alur", "head": hub.branch, "base": "main"})["number"]
    ended = hub.run("gerbang", "--usulan", str(hub.number))
    assert ended.code == 1
    assert "::error file=.github/workflows/x.yml,line=1,title=di-luar-butir::" in ended.out
    before = hub.tip(ITEM_REFS + "2026/alur")
    assert "&#91;di-luar-butir&#93;" in hub.says("rina", "/lanjut")
    assert hub.tip(ITEM_REFS + "2026/alur") is before is None
    hub.number, hub.branch = first, github_office.BRANCH


def test_what_is_said_before_the_branch_moved_does_not_count_and_the_legal_twin_does(hub):
    late = hub.comment("tono", "/lanjut")
    assert hub.says("budi", "/terima").startswith("Tercatat: Budi Contoh mulai mengerjakan langkah 2.")
    before = hub.refs()
    hub.record(late)
    assert hub.thread()[-1] == NOT + STALE
    assert hub.refs() == before
    assert hub.says("tono", "/Lanjut").startswith("Tercatat: langkah 2 (menginstruksikan) oleh Tono Contoh.")


def test_an_edit_out_of_turn_is_taken_off_again(hub):
    """Kabid's step 4 is content of nobody: an edit then would stop the item for ever."""
    hub.edit("sari", cast.COMPLETE)
    assert hub.says("sari", "/lanjut").startswith("Tercatat: langkah 3")
    assert hub.says("rina", "/pulihkan") == NOT + (
        "Cabang ini sama dengan yang tercatat, jadi tidak ada yang perlu dipulihkan."
    )
    recorded = hub.tip(f"refs/heads/{hub.branch}")
    hub.edit("sari", {"index.md": cast.AWAL})
    assert hub.says("budi", "/lanjut") == NOT + OTHERS
    assert "kerja-di-luar-langkah-isi" in hub.run("gerbang", "--usulan", str(hub.number)).err
    assert hub.says("sari", "/pulihkan").startswith(f"{NOT}Sari Contoh, sekarang ditunggu langkah 4")
    assert hub.tip(f"refs/heads/{hub.branch}") != recorded
    assert hub.says("rina", "/pulihkan") == (
        "Cabang dikembalikan ke keadaan yang terakhir tercatat; suntingan yang belum diserahkan dibuang."
    )
    assert hub.tip(f"refs/heads/{hub.branch}") == recorded
    assert hub.says("budi", "/lanjut").startswith("Tercatat: langkah 4")


def test_a_main_that_moved_past_the_gate_is_an_alarm(hub):
    made = subprocess.run(
        ["git", "-c", "user.name=a", "-c", "user.email=a@b",
         "commit-tree", f"{MAIN}^{{tree}}", "-p", MAIN, "-m", "Langsung"],
        cwd=hub.bare, capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    subprocess.run(["git", "update-ref", MAIN, made], cwd=hub.bare, check=True)
    ended = hub.record(hub.comment("rina", "/lanjut"))
    assert ended.code == 2
    assert ended.err.startswith("ALARM: main bergerak tanpa melalui gerbang, jadi tidak diterbitkan.")
    assert hub.acts()[-1] == f"Langkah 4: melaporkan {ITEM}"
