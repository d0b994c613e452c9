"""The verifier in this process says what `ssh-keygen` says, on signatures made while the tests run."""

import base64
import struct
import subprocess
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sopan import signature, sshsig, verifier
from sopan.commits import Commit, Identity
from sopan.officers import Key, Officer, Register, Window
from sopan.rules import signing
from sopan.sshsig import string
from sopan.verifier import Verdict

PAYLOAD = b"tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\nauthor A <a@kantor.example> 0 +0000\n\nLangkah 1\n"
KINDS = {
    "ed25519": ("-t", "ed25519"),
    "rsa-2048": ("-t", "rsa", "-b", "2048"),
    "rsa-3072": ("-t", "rsa", "-b", "3072"),
    "nistp256": ("-t", "ecdsa", "-b", "256"),
    "nistp384": ("-t", "ecdsa", "-b", "384"),
    "nistp521": ("-t", "ecdsa", "-b", "521"),
}
ORDER = 2**252 + 27742317777372353535851937790883648493  # RFC 8032, section 5.1
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.fixture(scope="session")
def keys(tmp_path_factory):
    """Private key files by kind, made once."""
    folder = tmp_path_factory.mktemp("kunci")
    for name, words in {**KINDS, "rsa-1024": ("-t", "rsa", "-b", "1024"), "asing": ("-t", "ed25519")}.items():
        subprocess.run(["ssh-keygen", "-q", "-N", "", "-C", "uji", "-f", str(folder / name), *words], check=True)
    return folder


@pytest.fixture
def keygen(tmp_path):
    """`ssh-keygen -Y verify` over an allowed-signers line with these options."""

    def says(line, payload, armored, *more, namespace="git", options='namespaces="git"'):
        signers, file = tmp_path / "penanda", tmp_path / "tanda"
        signers.write_text(f"rina {options} {line}\n", "ascii")
        file.write_bytes(armored)
        words = ["ssh-keygen", "-Y", "verify", "-n", namespace, "-I", "rina", "-f", str(signers), "-s", str(file)]
        words += more
        return subprocess.run(words, input=payload, capture_output=True, check=False).returncode == 0

    return says


def made(keys, name, payload=PAYLOAD, namespace="git", digest="sha512"):
    words = ["ssh-keygen", "-Y", "sign", "-q", "-n", namespace, "-O", f"hashalg={digest}", "-f", str(keys / name)]
    return subprocess.run(words, input=payload, capture_output=True, check=True).stdout


def armor(blob, width=70):
    text = base64.b64encode(blob).decode()
    lines = [text[start : start + width] for start in range(0, len(text), width)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""]).encode()


def wrapped(armored, width):
    """The same bytes in an armor with lines of another length."""
    return armor(base64.b64decode(b"".join(armored.splitlines()[1:-1])), width)


def rebuilt(armored, *, version=1, behind=b"", inside=b"", **other):
    """The same signature, written by ourselves, with other fields."""
    read = sshsig.parse(armored)
    fields = {
        "key": read.key,
        "namespace": read.namespace,
        "reserved": b"",
        "hash": read.hash.encode(),
        "algorithm": read.algorithm,
        "value": read.value,
    } | other
    inner = string(fields["algorithm"]) + string(fields["value"]) + inside
    outer = [fields["key"], fields["namespace"], fields["reserved"], fields["hash"], inner]
    return armor(b"SSHSIG" + struct.pack(">I", version) + b"".join(map(string, outer)) + behind)


def flipped(data, position=-1):
    return data[:position] + bytes([data[position] ^ 1]) + data[position:][1:]


GOOD = {
    "as made": lambda armored: armored,
    "rewritten": rebuilt,
    "without the last newline": lambda armored: armored.removesuffix(b"\n"),
}
DAMAGE = {
    "value flipped": lambda armored: rebuilt(armored, value=flipped(sshsig.parse(armored).value)),
    "value of zeros": lambda armored: rebuilt(armored, value=bytes(len(sshsig.parse(armored).value))),
    "value cut": lambda armored: rebuilt(armored, value=sshsig.parse(armored).value[:-1]),
    "value padded": lambda armored: rebuilt(armored, value=b"\0" + sshsig.parse(armored).value),
    "value empty": lambda armored: rebuilt(armored, value=b""),
    "namespace file": lambda armored: rebuilt(armored, namespace=b"file"),
    "other hash named": lambda armored: rebuilt(armored, hash=b"sha256"),
    "md5": lambda armored: rebuilt(armored, hash=b"md5"),
    "SHA-1 of RSA": lambda armored: rebuilt(armored, algorithm=b"ssh-rsa"),
    "other algorithm": lambda armored: rebuilt(armored, algorithm=b"sk-ssh-ed25519@openssh.com"),
    "version 2": lambda armored: rebuilt(armored, version=2),
    "bytes behind": lambda armored: rebuilt(armored, behind=b"x"),
    "bytes behind the value": lambda armored: rebuilt(armored, inside=string(b"")),
    "not armored": lambda armored: armored.split(b"\n", 1)[1],
    "CRLF": lambda armored: armored.replace(b"\n", b"\r\n"),
    "not base64": lambda armored: armored.replace(b"U1NIU0lH", b"=1NIU0lH"),
    "empty": lambda _: b"",
}


@pytest.mark.parametrize("digest", ["sha256", "sha512"])
@pytest.mark.parametrize("change", GOOD)
@pytest.mark.parametrize("kind", KINDS)
def test_good_signatures_are_good_to_both(keys, keygen, kind, change, digest):
    line, armored = signature.public_line(keys / kind), GOOD[change](made(keys, kind, digest=digest))
    assert keygen(line, PAYLOAD, armored)
    assert verifier.verify(line, PAYLOAD, armored) is Verdict.GOOD
    assert verifier.verified("rina", line, PAYLOAD, armored)


@pytest.mark.parametrize("change", DAMAGE)
@pytest.mark.parametrize("kind", KINDS)
def test_damaged_signatures_are_bad_to_both(keys, keygen, kind, change):
    line, armored = signature.public_line(keys / kind), DAMAGE[change](made(keys, kind))
    assert not keygen(line, PAYLOAD, armored)
    assert verifier.verify(line, PAYLOAD, armored) is Verdict.BAD
    assert not verifier.verified("rina", line, PAYLOAD, armored)


@pytest.mark.parametrize("kind", KINDS)
def test_another_payload_namespace_or_key_is_bad_to_both(keys, keygen, kind):
    line, stranger = signature.public_line(keys / kind), signature.public_line(keys / "asing")
    armored, foreign = made(keys, kind), made(keys, kind, namespace="file")
    cases = [(line, flipped(PAYLOAD, 5), armored), (line, PAYLOAD, foreign), (stranger, PAYLOAD, armored)]
    assert [keygen(*case) for case in cases] == [False] * 3
    assert [verifier.verify(*case) for case in cases] == [Verdict.BAD] * 3
    assert keygen(line, PAYLOAD, foreign, namespace="file", options="")
    assert verifier.verify(line, PAYLOAD, foreign, namespace="file") is Verdict.GOOD


def test_what_ssh_keygen_forgives_is_no_signature_at_either_of_our_doors(keys, keygen):
    """A third person could otherwise make a second commit, with another id, out of one that was signed."""
    line, armored = signature.public_line(keys / "ed25519"), made(keys, "ed25519")
    value = sshsig.parse(armored).value
    greater = value[:32] + (int.from_bytes(value[32:], "little") + ORDER).to_bytes(32, "little")
    forgiven = [
        rebuilt(armored, value=greater),
        rebuilt(armored, reserved=b"x"),
        armored + b"lagi\n",
        *(wrapped(armored, width) for width in (64, 76, 1000)),
    ]
    assert [keygen(line, PAYLOAD, one) for one in forgiven] == [True] * 6
    assert [verifier.verify(line, PAYLOAD, one) for one in forgiven] == [Verdict.BAD] * 6
    assert [signature.key_of(one) for one in forgiven] == [None] * 6
    assert wrapped(armored, 70) == armored
    assert signature.key_of(rebuilt(armored, value=value)) == line


@pytest.mark.parametrize("kind", ["nistp256", "nistp384", "nistp521"])
def test_numbers_of_ecdsa_are_read_as_openssh_reads_them(keys, keygen, kind):
    line, armored = signature.public_line(keys / kind), made(keys, kind)
    r, s = sshsig.strings(sshsig.parse(armored).value)
    longer = rebuilt(armored, value=string(b"\0\0" + r) + string(s))
    wrong = [
        rebuilt(armored, value=string(b"\xff" + r) + string(s)),
        rebuilt(armored, value=string(b"") + string(s)),
        rebuilt(armored, value=string(r) + string(s) + string(b"")),
        rebuilt(armored, value=string(s) + string(r)),
    ]
    assert keygen(line, PAYLOAD, longer)
    assert verifier.verify(line, PAYLOAD, longer) is Verdict.GOOD
    assert [keygen(line, PAYLOAD, one) for one in wrong] == [False] * 4
    assert [verifier.verify(line, PAYLOAD, one) for one in wrong] == [Verdict.BAD] * 4


def test_what_it_cannot_judge_is_left_to_ssh_keygen(keys, keygen):
    line, armored = signature.public_line(keys / "rsa-1024"), made(keys, "rsa-1024")
    assert verifier.verify(line, PAYLOAD, armored) is Verdict.UNKNOWN
    assert keygen(line, PAYLOAD, armored)
    assert verifier.verified("rina", line, PAYLOAD, armored)
    assert not verifier.verified("rina", line, flipped(PAYLOAD), armored)
    token = string(b"sk-ssh-ed25519@openssh.com") + string(bytes(32)) + string(b"ssh:")
    hardware = rebuilt(made(keys, "ed25519"), key=token)
    assert verifier.verify(sshsig.parse(hardware).line, PAYLOAD, hardware) is Verdict.UNKNOWN
    assert not verifier.verified("rina", sshsig.parse(hardware).line, PAYLOAD, hardware)


# -- windows and revocation are policy's: with the verifier they say what ssh-keygen says of such a file -------------


def register(line, window):
    officer = Officer("rina", "Rina Contoh", "rina@kantor.example", "", (Key(line, window),))
    return Register(version=1, officers=(officer,), appointments=(), exemptions=(), recorder_keys=())


def judged(people, armored, at):
    """Whether the gate's own rule, with the verifier, takes the signature as Rina's; and the rule that it breaks."""
    who = Identity("Rina Contoh", "rina@kantor.example", at)
    about = {"oid": "a" * 40, "tree": "b" * 40, "parents": (), "subject": "", "note": "", "trailers": {}}
    commit = Commit(**about, author=who, committer=who, signature=armored, payload=PAYLOAD)
    return SimpleNamespace(
        alone=signing.signer(people, commit, at, verifier.verified),
        together=signing.signer(people, commit, at),
    )


def stamp(at):
    return at.strftime("%Y%m%d%H%M%SZ")


@pytest.mark.parametrize(
    ("window", "accepted"),
    [
        ((None, None), True),
        ((NOON, None), True),
        ((NOON + SECOND, None), False),
        ((None, NOON + SECOND), True),
        ((None, NOON), False),
        ((NOON - SECOND, NOON + SECOND), True),
        ((NOON + SECOND, NOON + 2 * SECOND), False),
        ((NOON - 2 * SECOND, NOON - SECOND), False),
    ],
)
@pytest.mark.parametrize("kind", ["ed25519", "rsa-3072", "nistp256"])
def test_windows_are_as_valid_after_and_valid_before(keys, keygen, kind, window, accepted):
    """`valid-before` is a last instant and our `end` is the first without, in whole seconds."""
    start, end = window
    line, armored = signature.public_line(keys / kind), made(keys, kind)
    words = ['namespaces="git"']
    words += [f'valid-after="{stamp(start)}"'] if start else []
    words += [f'valid-before="{stamp(end - SECOND)}"'] if end else []
    assert keygen(line, PAYLOAD, armored, f"-Overify-time={stamp(NOON)}", options=",".join(words)) is accepted
    said = judged(register(line, Window(start, end)), armored, NOON)
    assert said.alone == said.together
    assert (said.alone[0], [finding.rule for finding in said.alone[1]]) == (
        ("rina", []) if accepted else (None, ["tanda-tangan-masa"])
    )


def test_a_revoked_key_is_nobodys(keys, keygen, tmp_path):
    line, other = (signature.public_line(keys / name) for name in ("ed25519", "nistp256"))
    armored, revoked = made(keys, "ed25519"), tmp_path / "dicabut"
    subprocess.run(["ssh-keygen", "-q", "-k", "-f", str(revoked), str(keys / "ed25519.pub")], check=True)
    assert not keygen(line, PAYLOAD, armored, "-r", str(revoked))
    assert keygen(other, PAYLOAD, made(keys, "nistp256"), "-r", str(revoked))
    said = judged(register(other, Window(None, None)), armored, NOON)
    assert said.alone == said.together
    assert [finding.rule for finding in said.alone[1]] == ["tanda-tangan-asing"]
    twin = judged(register(other, Window(None, None)), made(keys, "nistp256"), NOON)
    assert twin.alone == twin.together == ("rina", [])


def test_a_tampered_commit_breaks_the_same_rule_by_both(keys):
    line, armored = signature.public_line(keys / "ed25519"), DAMAGE["value flipped"](made(keys, "ed25519"))
    said = judged(register(line, Window(None, None)), armored, NOON)
    assert said.alone == said.together
    assert [finding.rule for finding in said.alone[1]] == ["tanda-tangan-rusak"]


# -- whatever the bytes -----------------------------------------------------------------------------------------------

KEY = f"ssh-ed25519 {base64.b64encode(string(b'ssh-ed25519') + string(bytes(range(32)))).decode()}"


@given(st.binary(max_size=400))
def test_any_bytes_get_a_verdict(blob):
    assert verifier.verify(KEY, PAYLOAD, blob) is Verdict.BAD
    assert verifier.verify(KEY, PAYLOAD, armor(blob)) is Verdict.BAD
    assert verifier.verify(KEY, PAYLOAD, armor(b"SSHSIG\0\0\0\1" + blob)) is Verdict.BAD


@settings(max_examples=300)
@given(
    kind=st.sampled_from([b"ssh-ed25519", b"ssh-rsa", *(b"ecdsa-sha2-nistp" + n for n in (b"256", b"384", b"521"))]),
    parts=st.lists(st.one_of(st.binary(max_size=140), st.sampled_from([b"nistp256", b"nistp521", b"\3"])), max_size=4),
    value=st.binary(max_size=140),
)
def test_any_key_gets_a_verdict_that_is_not_good(kind, parts, value):
    key = b"".join(map(string, (kind, *parts)))
    inner = string(b"rsa-sha2-512" if kind == b"ssh-rsa" else kind) + string(value)
    blob = b"SSHSIG\0\0\0\1" + b"".join(map(string, (key, b"git", b"", b"sha512", inner)))
    line = f"{kind.decode()} {base64.b64encode(key).decode()}"
    assert verifier.verify(line, PAYLOAD, armor(blob)) in {Verdict.BAD, Verdict.UNKNOWN}
