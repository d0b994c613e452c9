"""Every item of the work tree judged at once, at the cost of what changed since it was last found good.

What was found good is kept by the id of the item's tree, which git computes from every byte, under the policy's files
and the program that judged. Only what git says to be as committed is taken over; the gate does not look here.
"""

from __future__ import annotations

from sopan import copies, item_path, kept_lines
from sopan.desk import worktree
from sopan.finding import Finding
from sopan.history import History
from sopan.item_path import ITEMS_FOLDER

FILE = kept_lines.FOLDER / "baik"
_TREE = 3  # mode, kind and id stand before the name


def findings(history: History) -> list[Finding]:
    """What is wrong with any item as it lies in the work tree; what lies in attachments is not asked here."""
    main = copies.main_of(history, copies.place_of(history))
    file, basis = history.git_folder / FILE, kept_lines.basis(history, main).encode()
    kept = kept_lines.load(file) or []
    touched = {name for path in worktree.changed(history) if (name := item_path.identity(path))}
    head = history.resolve("HEAD")
    tree = _tree(history, head)
    if kept[:2] == [basis, tree] and not touched:
        return []
    good = set(kept[2:]) if kept[:1] == [basis] else set[bytes]()
    committed = _items(history, head)
    doubtful = {name for name, line in committed.items() if line not in good} | touched
    if not doubtful:
        return []
    from sopan.desk import doubts  # noqa: PLC0415 - most of the start is what judges, and mostly nothing is in doubt

    published, wrong = doubts.judged(history, sorted(doubtful), _items(history, main).keys())
    clean = (name for name in committed.keys() & doubtful - touched if not wrong[name])
    new = {committed[name] for name in clean if name in published}
    lines = (new | good) & set(committed.values())
    kept_lines.save(file, [basis, tree if len(lines) == len(committed) else b"", *sorted(lines)])
    return [finding for each in wrong.values() for finding in each]


def _tree(history: History, commit: str | None) -> bytes:
    """The id of all items in a commit."""
    entry = history.find(history.tree_of(commit), ITEMS_FOLDER) if commit else None
    return entry.oid.encode() if entry else b"-"


def _items(history: History, commit: str | None) -> dict[str, bytes]:
    """The items of a commit, each with the line by which it is kept."""
    if commit is None:
        return {}
    listed = history.run("ls-tree", "-r", "-d", "-z", "--full-tree", commit, f"{ITEMS_FOLDER}/").split("\0")
    trees = (line.replace("\t", " ", 1).split(" ", _TREE) for line in listed if line)
    named = ((item_path.identity(f"{path}/{item_path.INDEX}"), oid) for _, _, oid, path in trees)
    return {name: f"{oid} {name}".encode() for name, oid in named if name}
