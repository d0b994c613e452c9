"""A GitHub with a memory, on loopback: pull requests, threads, reviews, statuses, merge rules over a real repository.

Every request and every answer is checked against GitHub's own OpenAPI description (`data/github/`); what does not fit
is kept in `/_/pelanggaran`, and a test fails on it. Who speaks is known by token. Each change is a second by its clock.
Run as `python github_fake.py SETUP.json`; the first line it prints is its address.
"""

from __future__ import annotations

import base64
import copy
import gzip
import json
import re
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Lock
from urllib.parse import parse_qs, unquote, urlsplit

import jsonschema

DATA = Path(__file__).parent / "data" / "github"
SIGNATURE = (
    "-----BEGIN PGP SIGNATURE-----\n \n wsFcBAABCAAQBQJmCONTOHCRC1aQ7uu5UhlAAAdHIQAF\n"
    " =TOH1\n -----END PGP SIGNATURE-----\n "
)
NOBODY = "0" * 40
BOT = "github-actions[bot]"
PAGE = 100


@dataclass(frozen=True)
class Ask:
    """Who asks, with what."""

    login: str
    data: dict
    query: dict


class Wrong(Exception):  # noqa: N818 - an answer, not a fault
    """An answer that refuses."""

    def __init__(self, status, message):
        super().__init__(message)
        self.status, self.message = status, message


class Contract:
    """GitHub's description: which operations there are, and what may be asked and answered."""

    def __init__(self):
        whole = json.loads(gzip.decompress((DATA / "openapi.json.gz").read_bytes()))
        self.components = _nullable(whole["components"])
        self.paths = [
            (
                re.compile(re.sub(r"\\{path\\}", ".+", re.sub(r"\\{(?!path)[a-z_]+\\}", "[^/]+", re.escape(path)))),
                path,
                ops,
            )
            for path, ops in sorted(whole["paths"].items(), key=lambda one: one[0].count("{"))
        ]

    def operation(self, method, path):
        for pattern, name, operations in self.paths:
            if method.lower() in operations and pattern.fullmatch(path):
                return name, operations[method.lower()]
        return None

    def faults(self, schema, value):
        whole = {**_nullable(schema), "components": self.components}
        return [
            f"{error.json_path}: {error.message[:160]}"
            for error in jsonschema.Draft202012Validator(whole).iter_errors(value)
        ][:3]


def _nullable(value):
    """OpenAPI 3.0's `nullable` in the words of JSON Schema."""
    if isinstance(value, list):
        return [_nullable(one) for one in value]
    if not isinstance(value, dict):
        return value
    made = {key: _nullable(one) for key, one in value.items() if key != "nullable"}
    return {"anyOf": [made, {"type": "null"}]} if value.get("nullable") is True else made


class Hub:
    """What this GitHub holds; the branches lie in a bare repository, where others push to as well."""

    def __init__(self, setup):
        payloads = json.loads((DATA / "payloads.json").read_text("utf-8"))
        self.examples = {
            "pull": payloads["pull_request"]["pull_request"],
            "comment": payloads["issue_comment"]["comment"],
            "review": payloads["pull_request_review"]["review"],
            "user": payloads["issue_comment"]["comment"]["user"],
        }
        self.repository, self.folder = setup["repository"], Path(setup["folder"])
        self.users = {token: {"login": login, "id": int(number)} for token, (login, number) in setup["users"].items()}
        self.owners, self.clock = set(setup["owners"]), datetime.now(tz=UTC).replace(microsecond=0)
        self.clock -= timedelta(seconds=setup.get("ago", 0))
        self.pulls, self.comments, self.reviews, self.statuses, self.activity = {}, {}, {}, {}, []
        self.rulesets, self.labels, self.environments, self.pages = {}, {}, {}, None
        self.settings, self.teams, self.owner_errors = {}, setup.get("teams", {}), setup.get("owner_errors", [])
        self.private, self.paid = setup.get("private", True), setup.get("paid", True)
        self.number, self.known, self.violations = 0, {}, []
        self.contract = Contract()
        self.observe(BOT)
        self.activity.clear()

    # -- the repository --------------------------------------------------------------------------------------------

    def git(self, *words, stdin=None):
        ended = subprocess.run(
            ["git", *words], cwd=self.folder, input=stdin, capture_output=True, check=False, timeout=60
        )
        if ended.returncode:
            raise Wrong(422, ended.stderr.decode()[:200])
        return ended.stdout.decode().strip()

    def refs(self):
        lines = self.git("for-each-ref", "--format=%(objectname) %(refname)", "refs/heads/").splitlines()
        return {name: oid for oid, name in (line.split(" ") for line in lines)}

    def observe(self, login):
        """What others pushed since the last look is theirs."""
        now = self.refs()
        for ref in sorted(now.keys() | self.known.keys()):
            before, after = self.known.get(ref, NOBODY), now.get(ref, NOBODY)
            if before != after:
                kind = "branch_creation" if before == NOBODY else "branch_deletion" if after == NOBODY else "push"
                self.activity.append(
                    {"ref": ref, "before": before, "after": after, "login": login, "at": self.clock, "kind": kind}
                )
        self.known = now

    def tick(self):
        self.clock += timedelta(seconds=1)
        return self.clock

    def commit(self, tree, parents, author, message):
        at = f"{int(self.clock.timestamp())} +0000"
        lines = [
            f"tree {tree}",
            *(f"parent {one}" for one in parents),
            f"author {author} {at}",
            f"committer GitHub <noreply@github.com> {at}",
        ]
        raw = "\n".join(lines) + f"\ngpgsig {SIGNATURE}\n\n{message}"
        return self.git("hash-object", "-t", "commit", "-w", "--stdin", stdin=raw.encode())

    # -- how things look -------------------------------------------------------------------------------------------

    def user(self, login):
        known = next((one for one in self.users.values() if one["login"] == login), {"id": 41898282})
        kind = "Bot" if login.endswith("[bot]") else "User"
        return {**self.examples["user"], "login": login, "id": known["id"], "type": kind}

    def stamp(self, at):
        return at.strftime("%Y-%m-%dT%H:%M:%SZ")

    def pull(self, one):
        shown = copy.deepcopy(self.examples["pull"])
        head = self.refs().get(f"refs/heads/{one['branch']}", one["head"])
        if one["state"] == "open":
            one["head"] = head
        shown |= {
            "number": one["number"],
            "title": one["title"],
            "body": one["body"],
            "state": one["state"],
            "draft": False,
            "user": self.user(one["login"]),
            "merged": one["merged"],
            "merge_commit_sha": one["merge"],
            "auto_merge": None,
            "created_at": self.stamp(one["at"]),
            "updated_at": self.stamp(one["at"]),
        }
        shown["head"] |= {
            "ref": one["branch"],
            "sha": one["head"],
            "label": f"{self.repository.split('/')[0]}:{one['branch']}",
        }
        shown["base"] |= {
            "ref": one["base"],
            "sha": self.refs()["refs/heads/main"],
            "label": f"{self.repository.split('/')[0]}:{one['base']}",
        }
        if one.get("fork"):
            shown["head"]["repo"] = {**shown["head"]["repo"], "id": 7}
        return shown

    def comment(self, one):
        place = f"https://api.github.com/repos/{self.repository}/issues/{one['pull']}"
        return {
            **self.examples["comment"],
            "id": one["id"],
            "body": one["body"],
            "user": self.user(one["login"]),
            "issue_url": place,
            "created_at": self.stamp(one["at"]),
            "updated_at": self.stamp(one["changed"]),
            "performed_via_github_app": None,
        }

    def review(self, one):
        return {
            **self.examples["review"],
            "id": one["id"],
            "body": one["body"],
            "user": self.user(one["login"]),
            "state": one["state"],
            "commit_id": one["head"],
            "submitted_at": self.stamp(one["at"]),
        }

    def found(self, number):
        if int(number) not in self.pulls:
            raise Wrong(404, "Not Found")
        return self.pulls[int(number)]

    # -- what may be merged ----------------------------------------------------------------------------------------

    def obstacles(self, one):
        """The ruleset: the check is green, a code owner other than the author approved, nobody's last word is no."""
        if self.statuses.get(one["head"], {}).get("gerbang", {}).get("state") != "success":
            yield 'Required status check "gerbang" is expected.'
        last = {}
        for review in self.reviews.values():
            if review["pull"] == one["number"] and review["state"] in {"APPROVED", "CHANGES_REQUESTED"}:
                last[review["login"]] = review["state"]
        if "CHANGES_REQUESTED" in last.values():
            yield "Changes must be addressed."
        if not any(
            state == "APPROVED" and login in self.owners and login != one["login"] for login, state in last.items()
        ):
            yield "Waiting on code owner review."


def repo(path):
    """An operation below the repository."""
    return re.compile(r"/repos/[^/]+/[^/]+" + path)


ROUTES = []


def route(method, path):
    def keep(function):
        ROUTES.append((method, repo(path), function))
        return function

    return keep


@route("GET", r"/pulls/(\d+)")
def _(hub, _ask, number):
    return 200, hub.pull(hub.found(number))


@route("GET", "/pulls")
def _(hub, ask):
    simple = [hub.pull(one) for one in hub.pulls.values() if one["state"] == ask.query.get("state", "open")]
    return 200, [
        {
            key: value
            for key, value in one.items()
            if key
            not in {
                "merged",
                "mergeable",
                "rebaseable",
                "mergeable_state",
                "merged_by",
                "comments",
                "review_comments",
                "maintainer_can_modify",
                "commits",
                "additions",
                "deletions",
                "changed_files",
            }
        }
        for one in simple
    ]


@route("POST", "/pulls")
def _(hub, ask):
    hub.number += 1
    head = hub.refs().get(f"refs/heads/{ask.data['head']}")
    if head is None:
        raise Wrong(422, "Validation Failed")
    hub.pulls[hub.number] = {
        "number": hub.number,
        "branch": ask.data["head"],
        "base": ask.data["base"],
        "title": ask.data["title"],
        "body": ask.data.get("body"),
        "login": ask.login,
        "state": "open",
        "merged": False,
        "merge": None,
        "head": head,
        "at": hub.tick(),
    }
    return 201, hub.pull(hub.pulls[hub.number])


@route("PATCH", r"/pulls/(\d+)")
def _(hub, ask, number):
    one = hub.found(number)
    one |= {key: value for key, value in ask.data.items() if key in {"state", "base", "title", "body"}}
    hub.tick()
    return 200, hub.pull(one)


@route("PUT", r"/pulls/(\d+)/merge")
def _(hub, ask, number):
    one = hub.found(number)
    hub.pull(one)
    if one["state"] != "open":
        raise Wrong(405, "Pull Request is not mergeable")
    if ask.data.get("sha", one["head"]) != one["head"]:
        raise Wrong(409, "Head branch was modified. Review and try the merge again.")
    if ask.data.get("merge_method", "merge") != "merge":
        raise Wrong(405, "Merge commits only.")
    if wrong := list(hub.obstacles(one)):
        raise Wrong(405, " ".join(wrong))
    old = hub.refs()["refs/heads/main"]
    tree = hub.git("merge-tree", "--write-tree", old, one["head"]).splitlines()[0]
    hub.tick()
    author = f"{ask.login} <{hub.user(ask.login)['id']}+{ask.login}@users.noreply.github.com>"
    title = ask.data.get("commit_title") or f"Merge pull request #{number} from {one['branch']}"
    made = hub.commit(tree, [old, one["head"]], author, f"{title}\n\n{ask.data.get('commit_message', one['title'])}")
    hub.git("update-ref", "refs/heads/main", made, old)
    hub.observe(ask.login)
    one |= {"state": "closed", "merged": True, "merge": made}
    return 200, {"sha": made, "merged": True, "message": "Pull Request successfully merged"}


@route("GET", r"/issues/comments/(\d+)")
def _(hub, _ask, number):
    if int(number) not in hub.comments:
        raise Wrong(404, "Not Found")
    return 200, hub.comment(hub.comments[int(number)])


@route("PATCH", r"/issues/comments/(\d+)")
def _(hub, ask, number):
    one = hub.comments[int(number)]
    one |= {"body": ask.data["body"], "changed": hub.tick()}
    return 200, hub.comment(one)


@route("GET", r"/issues/(\d+)/comments")
def _(hub, _ask, number):
    return 200, [hub.comment(one) for one in hub.comments.values() if one["pull"] == int(number)]


@route("POST", r"/issues/(\d+)/comments")
def _(hub, ask, number):
    hub.found(number)
    at, identity = hub.tick(), 2_000_000_000 + len(hub.comments) + 1
    hub.comments[identity] = {
        "id": identity,
        "pull": int(number),
        "login": ask.login,
        "body": ask.data["body"],
        "at": at,
        "changed": at,
    }
    return 201, hub.comment(hub.comments[identity])


@route("GET", r"/pulls/(\d+)/reviews/(\d+)")
def _(hub, _ask, _number, review):
    if int(review) not in hub.reviews:
        raise Wrong(404, "Not Found")
    return 200, hub.review(hub.reviews[int(review)])


@route("GET", r"/pulls/(\d+)/reviews")
def _(hub, _ask, number):
    return 200, [hub.review(one) for one in hub.reviews.values() if one["pull"] == int(number)]


@route("POST", r"/pulls/(\d+)/reviews")
def _(hub, ask, number):
    one = hub.found(number)
    hub.pull(one)
    if ask.login == one["login"] and ask.data.get("event") != "COMMENT":
        raise Wrong(422, "Can not approve your own pull request")
    states = {"APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED", "COMMENT": "COMMENTED"}
    identity = 8000 + len(hub.reviews)
    hub.reviews[identity] = {
        "id": identity,
        "pull": int(number),
        "login": ask.login,
        "body": ask.data.get("body", ""),
        "at": hub.tick(),
        "state": states[ask.data["event"]],
        "head": ask.data.get("commit_id", one["head"]),
    }
    return 200, hub.review(hub.reviews[identity])


@route("POST", r"/statuses/([0-9a-f]{40})")
def _(hub, ask, sha):
    hub.statuses.setdefault(sha, {})[ask.data["context"]] = ask.data
    at = hub.stamp(hub.tick())
    place = f"https://api.github.com/repos/{hub.repository}/statuses/{sha}"
    return 201, {
        "url": place,
        "avatar_url": None,
        "id": 1,
        "node_id": "x",
        "state": ask.data["state"],
        "target_url": None,
        "description": ask.data.get("description"),
        "context": ask.data["context"],
        "created_at": at,
        "updated_at": at,
        "creator": hub.user(ask.login),
    }


@route("GET", "/activity")
def _(hub, ask):
    rows = [one for one in reversed(hub.activity) if ask.query.get("ref") in {None, one["ref"]}]
    return 200, [
        {
            "id": number,
            "node_id": "x",
            "before": one["before"],
            "after": one["after"],
            "ref": one["ref"],
            "timestamp": hub.stamp(one["at"]),
            "activity_type": one["kind"],
            "actor": hub.user(one["login"]),
        }
        for number, one in enumerate(rows, 1)
    ]


@route("POST", "/git/refs")
def _(hub, ask):
    hub.git("update-ref", ask.data["ref"], ask.data["sha"], NOBODY)
    hub.tick()
    hub.observe(ask.login)
    return 201, {
        "ref": ask.data["ref"],
        "node_id": "x",
        "url": "https://api.github.com/x",
        "object": {"type": "commit", "sha": ask.data["sha"], "url": "https://api.github.com/x"},
    }


@route("PUT", r"/contents/(.+)")
def _(hub, ask, path):
    """The web editor: one commit, signed by GitHub, in the name and with the address that the account shows."""
    ref = f"refs/heads/{ask.data['branch']}"
    head = hub.refs()[ref]
    blob = hub.git("hash-object", "-w", "--stdin", stdin=base64.b64decode(ask.data["content"]))
    environment = ["env", f"GIT_INDEX_FILE={hub.folder}/indeks-palsu"]
    for words in (["read-tree", head], ["update-index", "--add", "--cacheinfo", f"100644,{blob},{path}"]):
        subprocess.run([*environment, "git", *words], cwd=hub.folder, check=True, timeout=60)
    tree = (
        subprocess.run([*environment, "git", "write-tree"], cwd=hub.folder, check=True, timeout=60, capture_output=True)
        .stdout.decode()
        .strip()
    )
    hub.tick()
    shown = ask.data.get("author", {"name": ask.login, "email": f"{ask.login}@users.noreply.github.com"})
    made = hub.commit(tree, [head], f"{shown['name']} <{shown['email']}>", ask.data["message"])
    hub.git("update-ref", ref, made, head)
    hub.observe(ask.login)
    return 201, {"content": None, "commit": {"sha": made}}


# -- how the repository is set -----------------------------------------------------------------------------------------


def _repository(hub):
    zero = dict.fromkeys(("network_count", "subscribers_count"), 0)
    shown = {**hub.examples["pull"]["head"]["repo"], **zero, "has_discussions": False, **hub.settings}
    return shown | {"private": hub.private}


@route("GET", "")
def _(hub, _ask):
    return 200, _repository(hub)


@route("PATCH", "")
def _(hub, ask):
    hub.settings |= ask.data
    return 200, _repository(hub)


@route("GET", "/rulesets")
def _(hub, _ask):
    if not hub.paid:
        raise Wrong(403, "Upgrade to GitHub Pro or make this repository public to enable this feature.")
    brief = ("id", "name", "target", "source", "source_type", "enforcement")
    return 200, [{key: one[key] for key in brief} for one in hub.rulesets.values()]


@route("POST", "/rulesets")
def _(hub, ask):
    number = 100 + len(hub.rulesets)
    hub.rulesets[number] = {**ask.data, "id": number, "source": hub.repository, "source_type": "Repository"}
    return 201, hub.rulesets[number]


@route("GET", r"/rulesets/(\d+)")
def _(hub, _ask, number):
    return 200, hub.rulesets[int(number)]


@route("PUT", r"/rulesets/(\d+)")
def _(hub, ask, number):
    hub.rulesets[int(number)] |= ask.data
    return 200, hub.rulesets[int(number)]


@route("GET", "/labels")
def _(hub, _ask):
    return 200, list(hub.labels.values())


@route("POST", "/labels")
def _(hub, ask):
    name = ask.data["name"]
    place = "https://api.github.com/x"
    about = {"id": len(hub.labels) + 1, "node_id": "x", "url": place, "default": False, "color": "ededed"}
    hub.labels[name] = about | {"name": name, "description": ask.data.get("description")}
    return 201, hub.labels[name]


@route("GET", "/pages")
def _(hub, _ask):
    if hub.pages is None:
        raise Wrong(404, "Not Found")
    return 200, hub.pages


@route("POST", "/pages")
def _(hub, ask):
    place = "https://api.github.com/x"
    hub.pages = {"url": place, "status": None, "cname": None, "custom_404": False, "public": True, **ask.data}
    return 201, hub.pages


def _environment(hub, name):
    if name not in hub.environments:
        raise Wrong(404, "Not Found")
    at = hub.stamp(hub.clock)
    place = "https://api.github.com/x"
    about = {"id": 1, "node_id": "x", "name": name, "url": place, "html_url": place, "created_at": at, "updated_at": at}
    return about | {"deployment_branch_policy": hub.environments[name]["policy"]}


@route("GET", r"/environments/([^/]+)")
def _(hub, _ask, name):
    return 200, _environment(hub, name)


@route("PUT", r"/environments/([^/]+)")
def _(hub, ask, name):
    kept = hub.environments.setdefault(name, {"branches": []})
    kept["policy"] = ask.data.get("deployment_branch_policy")
    return 200, _environment(hub, name)


@route("GET", r"/environments/([^/]+)/deployment-branch-policies")
def _(hub, _ask, name):
    if name not in hub.environments:
        raise Wrong(404, "Not Found")
    named = [{"id": n, "node_id": "x", "name": one} for n, one in enumerate(hub.environments[name]["branches"], 1)]
    return 200, {"total_count": len(named), "branch_policies": named}


@route("POST", r"/environments/([^/]+)/deployment-branch-policies")
def _(hub, ask, name):
    hub.environments[name]["branches"].append(ask.data["name"])
    return 200, {"id": 1, "node_id": "x", "name": ask.data["name"]}


@route("GET", "/codeowners/errors")
def _(hub, _ask):
    return 200, {"errors": hub.owner_errors}


def members(hub, team):
    """Who is in a team of the organisation."""
    if team not in hub.teams:
        raise Wrong(404, "Not Found")
    return 200, [hub.user(login) for login in hub.teams[team]]


class Handler(BaseHTTPRequestHandler):
    """One request: who asks, whether that fits the contract, the answer, and whether that fits too."""

    protocol_version = "HTTP/1.1"
    hub: Hub
    lock = Lock()

    def do(self):
        with self.lock:
            status, answer, links = self._answered()
        body = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        if links:
            self.send_header("Link", links)
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do  # noqa: N815 - http.server's names

    def log_message(self, *_):
        pass

    def _answered(self):
        address = urlsplit(self.path)
        path, query = unquote(address.path), {key: value[0] for key, value in parse_qs(address.query).items()}
        length = int(self.headers.get("Content-Length") or 0)
        data = json.loads(self.rfile.read(length)) if length else None
        if path == "/_/pelanggaran":
            return 200, self.hub.violations, None
        if path == "/_/nama":  # an account takes another name
            user = next(one for one in self.hub.users.values() if one["login"] == data["lama"])
            user["login"] = data["baru"]
            return 200, {}, None
        login = self.hub.users.get(self.headers.get("Authorization", "").split(" ")[-1], {}).get("login")
        if login is None:
            return 401, {"message": "Bad credentials", "documentation_url": "", "status": "401"}, None
        self.hub.observe(BOT)
        known = self.hub.contract.operation(self.command, path)
        if known is None:
            self.hub.violations.append(f"{self.command} {path}: not in GitHub's description")
            return 404, {"message": "Not Found"}, None
        self._check_request(known, path, data)
        status, answer = self._routed(path, login, data, query)
        if status not in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:  # which are possible everywhere
            self._check_answer(known, path, status, answer)
        return status, *self._paged(answer, query, path)

    def _routed(self, path, login, data, query):
        if self.command == "GET" and (match := re.fullmatch(r"/orgs/[^/]+/teams/([^/]+)/members", path)):
            try:
                return members(self.hub, match[1])
            except Wrong as wrong:
                return wrong.status, {"message": wrong.message}
        for method, pattern, function in ROUTES:
            if method == self.command and (match := pattern.fullmatch(path)):
                try:
                    return function(self.hub, Ask(login, data, query), *match.groups())
                except Wrong as wrong:
                    return wrong.status, {"message": wrong.message, "documentation_url": "https://docs.github.com/rest"}
        self.hub.violations.append(f"{self.command} {path}: not modelled")
        return 404, {"message": "Not Found", "documentation_url": "https://docs.github.com/rest"}

    def _check_request(self, known, path, data):
        wanted = known[1].get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        faults = self.hub.contract.faults(wanted, data) if wanted is not None and data is not None else []
        self.hub.violations += [f"{self.command} {path} asks {fault}" for fault in faults]

    def _check_answer(self, known, path, status, answer):
        said = known[1]["responses"].get(str(status))
        if said is None:
            self.hub.violations.append(f"{self.command} {path}: no answer {status} in GitHub's description")
            return
        if "$ref" in said:
            said = self.hub.contract.components["responses"][said["$ref"].rpartition("/")[2]]
        schema = said.get("content", {}).get("application/json", {}).get("schema")
        faults = self.hub.contract.faults(schema, answer) if schema is not None else []
        self.hub.violations += [f"{self.command} {path} answers {fault}" for fault in faults]

    def _paged(self, answer, query, path):
        if not isinstance(answer, list):
            return answer, None
        size, page = min(int(query.get("per_page", 30)), PAGE), int(query.get("page", 1))
        more = len(answer) > size * page
        host = self.headers["Host"]
        words = "&".join(f"{key}={value}" for key, value in (query | {"page": page + 1}).items())
        return answer[size * (page - 1) : size * page], f'<http://{host}{path}?{words}>; rel="next"' if more else None


def main():
    Handler.hub = Hub(json.loads(Path(sys.argv[1]).read_text("utf-8")))
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(f"http://127.0.0.1:{server.server_address[1]}", flush=True)  # noqa: T201 - who started it reads that
    server.serve_forever()


if __name__ == "__main__":
    main()
