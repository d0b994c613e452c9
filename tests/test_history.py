"""The one door to git: what it hands out is what git itself says, and it refuses where git cannot be trusted."""

import os
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desks import git
from sopan import beside, history, remotes, trees
from sopan.errors import GitUnavailable, Refused
from sopan.history import MAIN, NO_OBJECT, History
from sopan.trees import FILE_MODE, TREE_MODE, Entry


@pytest.fixture
def work(tmp_path):
    """A work tree with one commit of a few files."""
    top = tmp_path / "kerja"
    history.create(top)
    for name, text in {"a.txt": "satu\n", "sub/b.txt": "dua\n", "sub/lagi/Ü ý.txt": "tiga\n"}.items():
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_text(text, "utf-8")
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "--message", "Pertama")
    return top


@pytest.fixture
def whole(work):
    opened = History(work)
    yield opened
    opened.close()


def commit(work, message):
    git(work, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(work, "rev-parse", "HEAD")


def test_places_of_a_work_tree_and_of_a_bare_repository(work, whole, tmp_path):
    assert (whole.folder, whole.git_folder, whole.bare) == (work, work / ".git", False)
    history.create(tmp_path / "telanjang", bare=True)
    bare = History(tmp_path / "telanjang")
    assert (bare.folder, bare.git_folder, bare.bare) == (tmp_path / "telanjang", tmp_path / "telanjang", True)


def test_raw_objects_are_git_s_own_bytes(work, whole):
    head = whole.resolve("HEAD")
    raw = subprocess.run(["git", "-C", str(work), "cat-file", "commit", head], capture_output=True, check=True).stdout
    assert whole.commit(head) == raw
    assert whole.tree_of(head) == git(work, "rev-parse", "HEAD^{tree}")
    assert whole.read(head, "sub/b.txt") == b"dua\n"
    assert whole.read(head, "sub/lagi/Ü ý.txt") == b"tiga\n"
    assert whole.size(git(work, "rev-parse", "HEAD:a.txt")) == 5


def test_paths_that_are_not_there_or_no_files(whole):
    head = whole.resolve("HEAD")
    assert [whole.read(head, path) for path in ("tiada", "sub", "a.txt/b", "sub/tiada")] == [None] * 4
    assert whole.list_files(head, "sub") == ["b.txt"]
    assert whole.list_files(head, "a.txt") == whole.list_files(head, "tiada") == []


def test_an_object_of_another_kind_is_no_answer(work, whole):
    blob = git(work, "rev-parse", "HEAD:a.txt")
    with pytest.raises(GitUnavailable) as caught:
        whole.commit(blob)
    assert str(caught.value) == f"Objek {blob[:10]} bukan commit; repositori ini perlu diperiksa dengan `git fsck`."


def test_an_object_that_is_lost_is_said_to_be(whole):
    lost = "1" * 40
    for ask in (whole.commit, whole.blob, whole.tree, whole.size):
        with pytest.raises(GitUnavailable) as caught:
            ask(lost)
        assert str(caught.value) == "Objek 1111111111 hilang dari repositori; pulihkan dari cadangan."


def test_a_revision_is_a_commit_or_nothing(work, whole):
    head = git(work, "rev-parse", "HEAD")
    assert [whole.resolve(name) for name in ("HEAD", "main", MAIN, head)] == [head] * 4
    assert [whole.resolve(name) for name in ("tiada", "HEAD:a.txt", "--all", "", NO_OBJECT, "HEAD\nHEAD", "a b")] == [
        None
    ] * 7


def test_refs_below_a_prefix(work, whole):
    head = git(work, "rev-parse", "HEAD")
    git(work, "branch", "butir/2026/x")
    git(work, "branch", "butir-lain")
    assert whole.refs("refs/heads/butir/") == {"refs/heads/butir/2026/x": head}


def test_the_graph_and_its_lines(work, whole):
    first = git(work, "rev-parse", "HEAD")
    second, third = commit(work, "Kedua"), commit(work, "Ketiga")
    git(work, "checkout", "--quiet", "-b", "sisi", first)
    side = commit(work, "Sisi")
    git(work, "checkout", "--quiet", "main")
    git(work, "merge", "--quiet", "--no-ff", "--message", "Gabung", "sisi")
    merge = git(work, "rev-parse", "HEAD")
    assert whole.first_parents(merge) == [first, second, third, merge]
    assert whole.first_parents(merge, first) == [second, third, merge]
    assert whole.first_parents(side, third) == [side]
    graph = whole.graph(merge, without=(first,))
    assert graph == {merge: (third, side), side: (first,), third: (second,), second: (first,)}
    assert list(graph).index(third) < list(graph).index(second)
    assert whole.is_ancestor(first, merge)
    assert whole.is_ancestor(merge, merge)
    assert not whole.is_ancestor(side, third)


def test_replace_objects_change_nothing(work, whole):
    first = git(work, "rev-parse", "HEAD")
    other = commit(work, "Lain")
    before = whole.commit(first)
    git(work, "replace", first, other)
    fresh = History(work)
    assert fresh.commit(first) == before
    fresh.close()


def test_the_machine_s_configuration_changes_nothing(work, monkeypatch, tmp_path):
    config = tmp_path / "gitconfig"
    config.write_text("[core]\n\tbare = true\n[log]\n\tshowSignature = true\n", "utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(config))
    whole = History(work)
    assert whole.run("config", "--get", "--default", "kosong", "log.showSignature") == "kosong"
    whole.close()


# -- trees ----------------------------------------------------------------------------------------------------------


def names(changes):
    return [(one.path.decode(), one.old and one.old.mode, one.new and one.new.mode) for one in changes]


def test_changes_are_git_s_own_diff(work, whole):
    before = whole.tree_of(whole.resolve("HEAD"))
    git(work, "mv", "a.txt", "sub/c.txt")
    (work / "sub" / "b.txt").unlink()
    (work / "sub" / "b.txt").symlink_to("../a.txt")
    git(work, "rm", "--quiet", "-r", "sub/lagi")
    (work / "sub" / "lagi").write_text("berkas yang tadinya folder\n", "utf-8")
    git(work, "add", "--all")
    git(work, "commit", "--quiet", "--message", "Banyak")
    changes = names(whole.changes(before, whole.tree_of(whole.resolve("HEAD"))))
    assert sorted(changes) == [
        ("a.txt", FILE_MODE, None),
        ("sub/b.txt", FILE_MODE, "120000"),
        ("sub/c.txt", None, FILE_MODE),
        ("sub/lagi", None, FILE_MODE),
        ("sub/lagi/Ü ý.txt", FILE_MODE, None),
    ]
    assert names(whole.changes(before, before)) == []
    assert len(names(whole.changes(None, before))) == len(names(whole.changes(before, None))) == 3


PATHS = st.sampled_from(["a.txt", "b", "sub/b.txt", "sub/x/y", "sub-dua/z", "sub.txt", "sub/lagi/Ü ý.txt"])


@settings(max_examples=15, deadline=None)
@given(edits=st.lists(st.tuples(PATHS, st.sampled_from(["satu\n", "dua\n", None])), min_size=1, max_size=5))
def test_a_replaced_tree_is_what_git_writes(edited, edits):
    whole, tree = edited
    index = whole.git_folder / "indeks-uji"
    index.unlink(missing_ok=True)
    environment = {"GIT_INDEX_FILE": str(index)}
    whole.run("read-tree", tree, environment=environment)
    for path, text in edits:
        oid = whole.write("blob", text.encode()) if text else NO_OBJECT
        tree = whole.replace(tree, path, Entry(FILE_MODE, path.rpartition("/")[2].encode(), oid) if text else None)
        line = f"{'100644' if text else '0'} {oid}\t{path}\n"
        whole.run("update-index", "--index-info", stdin=line.encode(), environment=environment)
    assert tree == whole.run("write-tree", environment=environment)


@pytest.fixture(scope="module")
def edited(tmp_path_factory):
    """A bare repository and a tree in it."""
    folder = tmp_path_factory.mktemp("pohon")
    history.create(folder, bare=True)
    whole = History(folder)
    tree = whole.write("tree", b"")
    for path in ("a.txt", "sub/b.txt"):
        tree = whole.replace(
            tree, path, Entry(FILE_MODE, path.rpartition("/")[2].encode(), whole.write("blob", b"satu\n"))
        )
    yield whole, tree
    whole.close()


def raw(*entries):
    return b"".join(f"{mode} {name}\0".encode() + bytes.fromhex(oid) for mode, name, oid in entries)


@pytest.mark.parametrize(
    "entries",
    [
        [("100644", "b", "1"), ("100644", "a", "1")],
        [("100644", "a", "1"), ("100644", "a", "2")],
        [("100644", "a", "1"), ("40000", "a", "2")],
        [("40000", "a", "1"), ("100644", "a.txt", "2")],
    ],
    ids=["unsorted", "twice", "file and folder", "folder before its place"],
)
def test_a_tree_that_git_would_not_write_is_damaged(edited, entries):
    whole, _ = edited
    data = raw(*((mode, name, digit * 40) for mode, name, digit in entries))
    oid = whole.run("hash-object", "-t", "tree", "-w", "--stdin", "--literally", stdin=data)
    with pytest.raises(GitUnavailable) as caught:
        whole.tree(oid)
    assert str(caught.value) == f"Pohon {oid[:10]} rusak: namanya ganda atau tidak berurut; periksa dengan `git fsck`."


def test_a_tree_in_git_s_order_reads_and_writes_back():
    entries = (
        Entry(FILE_MODE, b"a.txt", "1" * 40),
        Entry(TREE_MODE, b"a", "2" * 40),
        Entry(FILE_MODE, b"a0", "3" * 40),
    )
    data = trees.serialise(reversed(entries))
    assert trees.parse(data) == entries


NO_ENTRY = b"100644 a"
GOOD = trees.serialise([Entry(FILE_MODE, b"a", "1" * 40), Entry(TREE_MODE, b"b", "2" * 40)])


@pytest.mark.parametrize("data", [GOOD[:-1], b"x" + GOOD, GOOD[:28] + b"x" + GOOD[28:], GOOD + NO_ENTRY, GOOD + b"\0"])
def test_bytes_that_are_no_entries_anywhere_make_it_no_tree(data):
    assert [entry.name for entry in trees.parse(GOOD)] == [b"a", b"b"]
    assert trees.parse(data) is None


def test_what_never_becomes_an_entry_is_looked_at_once():
    """Megabytes of it would be searched for hours, were each place tried to its end."""
    assert trees.parse(GOOD + NO_ENTRY * 1_000_000) is None


def test_removing_the_last_file_removes_its_folders(whole):
    tree = whole.tree_of(whole.resolve("HEAD"))
    without = whole.replace(whole.replace(tree, "sub/lagi/Ü ý.txt", None), "sub/b.txt", None)
    assert [entry.name for entry in whole.tree(without)] == [b"a.txt"]


# -- moving and sending ---------------------------------------------------------------------------------------------


def test_a_ref_moves_only_from_where_it_is_thought_to_be(work, whole):
    first = git(work, "rev-parse", "HEAD")
    second = commit(work, "Kedua")
    whole.move("refs/sopan/uji", first, NO_OBJECT)
    with pytest.raises(GitUnavailable):
        whole.move("refs/sopan/uji", second, NO_OBJECT)
    with pytest.raises(GitUnavailable):
        whole.move("refs/sopan/uji", second, second)
    assert whole.resolve("refs/sopan/uji") == first
    whole.move("refs/sopan/uji", second, first)
    assert whole.resolve("refs/sopan/uji") == second


def test_a_push_gives_what_the_server_said(work, whole, tmp_path):
    history.create(tmp_path / "server", bare=True)
    hook = tmp_path / "server" / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho satu >&2\necho dua >&2\n", "utf-8")
    hook.chmod(0o755)
    assert remotes.push(whole, str(tmp_path / "server"), whole.resolve("HEAD"), MAIN) == ["satu", "dua"]
    hook.write_text("#!/bin/sh\necho tidak >&2\nexit 1\n", "utf-8")
    with pytest.raises(Refused) as caught:
        remotes.push(whole, str(tmp_path / "server"), commit(work, "Kedua"), MAIN)
    assert caught.value.sentences == ("tidak",)


def test_a_push_that_arrives_nowhere_says_why(whole, tmp_path):
    with pytest.raises(Refused) as caught:
        remotes.push(whole, str(tmp_path / "tiada"), whole.resolve("HEAD"), MAIN)
    [said] = caught.value.sentences
    assert said.startswith("Belum pasti apakah kiriman sampai ke server: repositori kantor tidak ada di alamat server")


# -- cannot go on ---------------------------------------------------------------------------------------------------


def test_a_folder_that_is_no_repository(tmp_path):
    with pytest.raises(GitUnavailable) as caught:
        History(tmp_path)
    sentence = f"Folder {tmp_path} bukan repositori git; jalankan perintah ini di dalam repositori kantor."
    assert str(caught.value) == sentence


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ("--depth=1", "Riwayat repositori ini terpotong (shallow); jalankan `git fetch --unshallow` dahulu."),
        (
            "--filter=blob:none",
            "Repositori ini hanya salinan sebagian (partial clone); buat klon yang lengkap dahulu.",
        ),
    ],
)
def test_part_of_a_history_is_not_judged(work, tmp_path, option, sentence):
    commit(work, "Kedua")
    git(work, "config", "uploadpack.allowFilter", "true")
    part = history.clone(f"file://{work}", tmp_path / "klon", option)
    with pytest.raises(GitUnavailable) as caught:
        part.require_whole()
    assert str(caught.value) == sentence
    part.close()


def test_a_whole_history_may_be_judged(work, tmp_path):
    part = history.clone(f"file://{work}", tmp_path / "klon")
    part.require_whole()
    part.close()


@pytest.mark.parametrize(("version", "good"), [("2.33.8", False), ("2.34.0", True), ("3.0", True), ("aneh", False)])
def test_a_git_too_old_is_not_asked(work, tmp_path, monkeypatch, version, good):
    real = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    fake = tmp_path / "alat" / "git"
    fake.parent.mkdir()
    fake.write_text(
        f'#!/bin/sh\n[ "$1" = version ] && echo "git version {version}" && exit\nexec {real} "$@"\n', "utf-8"
    )
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", str(fake.parent), prepend=os.pathsep)
    whole = History(work)
    if good:
        whole.require_whole()
    else:
        with pytest.raises(GitUnavailable) as caught:
            whole.require_whole()
        assert str(caught.value) == "Versi git terlalu lama; pasang git versi 2.34 atau lebih baru."
    whole.close()


def test_a_command_that_fails_says_git_s_reason(whole):
    with pytest.raises(GitUnavailable) as caught:
        whole.run("rev-parse", "--verify", "tiada")
    cure = "ulangi, dan bila berulang beri tahu teknisi."
    assert str(caught.value) == f"git rev-parse gagal: Needed a single revision; {cure}"


def test_a_clone_of_nothing_says_so(tmp_path):
    with pytest.raises(GitUnavailable) as caught:
        history.clone(str(tmp_path / "tiada"), tmp_path / "klon")
    assert str(caught.value).startswith("git clone gagal: ")


def test_a_child_that_was_forked_and_its_parent_read_at_the_same_time(whole):
    oids = list(whole.graph("HEAD"))
    right = [whole.commit(oid) for oid in oids]

    def read():
        return [[whole.commit(oid) for oid in oids] == right for _ in range(200)]

    with beside.telling(lambda: [b"ya" if all(read()) else b"tidak"]) as said:
        own = all(read())
        assert (own, beside.answer(said)) == (True, b"ya")
