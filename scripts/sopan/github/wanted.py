"""How an office's repository on GitHub must be set: said once, applied by `siapkan` and compared by `periksa`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from sopan.github.checking import CONTEXT
from sopan.github.merging import METHOD
from sopan.github.rest import Json

ENVIRONMENT = "pencatat"
DEPLOYERS: Mapping[str, object] = MappingProxyType(
    {"deployment_branch_policy": {"protected_branches": False, "custom_branch_policies": True}}
)
PAGES: Mapping[str, object] = MappingProxyType({"build_type": "workflow"})
SETTINGS: Mapping[str, object] = MappingProxyType(
    {
        "allow_merge_commit": True,
        "allow_squash_merge": False,
        "allow_rebase_merge": False,
        "allow_auto_merge": False,
        "delete_branch_on_merge": False,
    }
)
LABELS: Mapping[str, str] = MappingProxyType({"kekeliruan": "Kekeliruan pada informasi yang sudah terbit"})
_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "allow_merge_commit": "penggabungan (merge commit)",
        "allow_squash_merge": "penggabungan squash",
        "allow_rebase_merge": "penggabungan rebase",
        "allow_auto_merge": "penggabungan otomatis",
        "delete_branch_on_merge": "penghapusan cabang sesudah digabungkan",
    }
)


@dataclass(frozen=True)
class Ruleset:
    """One ruleset, by its name: whom it binds, and its rules as GitHub takes them."""

    name: str
    target: str
    refs: tuple[str, ...]
    rules: tuple[Mapping[str, object], ...]

    def data(self) -> Mapping[str, object]:
        """What is sent: in force, and nobody may pass it by."""
        return {
            "name": self.name,
            "target": self.target,
            "enforcement": "active",
            "bypass_actors": [],
            "conditions": {"ref_name": {"include": list(self.refs), "exclude": []}},
            "rules": list(self.rules),
        }


def rulesets(application: int | None) -> tuple[Ruleset, ...]:
    """The rulesets; the check counts from the `application` alone, where the office has one (its GitHub App)."""
    check: dict[str, object] = {"context": CONTEXT}
    if application is not None:
        check["integration_id"] = application
    forever = ({"type": "deletion"}, {"type": "non_fast_forward"})
    main = (
        *forever,
        {"type": "pull_request", "parameters": _PULL_REQUEST},
        {
            "type": "required_status_checks",
            "parameters": {"required_status_checks": [check], "strict_required_status_checks_policy": False},
        },
    )
    return (
        Ruleset("Sopan: main", "branch", ("~DEFAULT_BRANCH",), main),
        Ruleset("Sopan: butir", "branch", ("refs/heads/butir/**/*",), forever),
        Ruleset("Sopan: tag", "tag", ("~ALL",), ({"type": "creation"}, {"type": "update"}, {"type": "deletion"})),
    )


_PULL_REQUEST: Mapping[str, object] = MappingProxyType(
    {
        "required_approving_review_count": 1,
        "require_code_owner_review": True,
        "allowed_merge_methods": [METHOD],
        # The gate does what these would do, and they would fight the recording of steps.
        "dismiss_stale_reviews_on_push": False,
        "require_last_push_approval": False,
        "required_review_thread_resolution": False,
    }
)


def unlike_ruleset(wanted: Ruleset, actual: Json) -> Iterator[str]:
    """Where a ruleset differs from what is wanted, in sentences."""
    if actual is None:
        yield f"Ruleset “{wanted.name}” belum ada."
        return
    data = wanted.data()
    if actual.get("enforcement") != data["enforcement"]:
        yield f"Ruleset “{wanted.name}” tidak berlaku; aktifkan."
    if actual.get("bypass_actors"):
        yield f"Ruleset “{wanted.name}” dapat dilewati seseorang; kosongkan daftar pengecualiannya."
    if (actual.get("conditions") or {}).get("ref_name") != data["conditions"]["ref_name"]:  # type: ignore[index] # our own data
        yield f"Ruleset “{wanted.name}” tidak mengikat cabang atau tag yang seharusnya."
    held = {rule["type"]: rule.get("parameters") or {} for rule in actual.get("rules") or []}
    for rule in wanted.rules:
        if not _holds(held, rule):
            yield f"Ruleset “{wanted.name}” tanpa aturan {rule['type']} yang seharusnya."


def unlike_settings(actual: Json) -> Iterator[str]:
    """Which settings of the repository differ."""
    for key, value in SETTINGS.items():
        if actual.get(key) != value:
            yield f"Setelan {_NAMES[key]} seharusnya {'menyala' if value else 'mati'}."


def _holds(held: Mapping[str, Mapping[str, object]], rule: Mapping[str, object]) -> bool:
    """Whether the rule is there with its parameters; GitHub may tell more of it than was sent."""
    actual = held.get(str(rule["type"]))
    parameters = rule.get("parameters", {})
    return actual is not None and all(
        _same(actual.get(key), value)
        for key, value in parameters.items()  # type: ignore[attr-defined] # our own data
    )


def _same(actual: object, value: object) -> bool:
    if isinstance(value, list) and value and isinstance(value[0], dict) and isinstance(actual, list):
        return len(actual) == len(value) and all(
            all(have.get(key) == wanted for key, wanted in want.items())
            for have, want in zip(actual, value, strict=True)
        )
    return actual == value
