"""Other readers of a history, as programs for `python -c` in the repository: each prints what it found.

Those of `WALKS` look at every message of `main` and no more. Those of `SAME` read what Sopan reads, the trailers of all
commits of `main` and of the ledger; those of `SAMPLED` do that for so many commits of each as their argument says.
"""

from __future__ import annotations

WALKS = {
    "GitPython `iter_commits`": "import git; print(sum('S' in c.message for c in git.Repo('.').iter_commits()))",
    "PyDriller": "import pydriller; print(sum('S' in c.msg for c in pydriller.Repository('.').traverse_commits()))",
    "pygit2": "import pygit2; r = pygit2.Repository('.'); print(sum('S' in c.message for c in r.walk(r.head.target)))",
}
_BEGIN = (
    "import re, sys; refs = ('refs/heads/main', 'refs/sopan/agenda');"
    "trailers = re.compile(r'^(?:SOP|Agenda)-[A-Za-z]+: .*$', re.M).findall;"
)
SAME = {
    "GitPython, messages searched for trailers": _BEGIN
    + "import git; r = git.Repo('.');"
    + "print(sum(len(trailers(c.message)) for ref in refs for c in r.iter_commits(ref)))",
    "PyDriller, messages searched for trailers": _BEGIN
    + "import pydriller; walks = [pydriller.Repository('.', only_in_branch=ref).traverse_commits() for ref in refs];"
    + "print(sum(len(trailers(c.msg)) for walk in walks for c in walk))",
    "pygit2 `message_trailers`": _BEGIN
    + "import pygit2; r = pygit2.Repository('.');"
    + "print(sum(len(c.message_trailers) for ref in refs for c in r.walk(r.references[ref].target)))",
}
SAMPLED = {
    "GitPython `trailers_dict`, a process for each commit": _BEGIN
    + "import git; r = git.Repo('.');"
    + "print(sum(len(c.trailers_dict) for ref in refs for c in r.iter_commits(ref, max_count=int(sys.argv[1]))))",
}
