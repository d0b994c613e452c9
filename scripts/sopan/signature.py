"""SSH signatures over raw commit objects: who signed, and whether `ssh-keygen` agrees, at an instant.

`ssh-keygen -Y verify` decides, against an allowed-signers file generated from policy; the key inside the signature only
says which officer to ask it about. Never git's own verdict: it names the first principal and skips garbage silently.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from sopan import sshsig
from sopan.errors import SopanError

NAMESPACE = "git"
Verify: TypeAlias = Callable[[str, str, bytes, bytes], bool]
"""What answers `verified`: principal, key line, payload, armored signature."""
_CURE = "pasang OpenSSH versi 8.9 atau lebih baru."
_UNKNOWN_OPTION = re.compile(rb"(?:unknown|invalid|illegal) option")  # what getopt says of -Y where it is not known
_VERIFY_SECONDS = 10
_SIGN_SECONDS = 300  # a person may have to type a passphrase


def key_of(signature: bytes) -> str | None:
    """The public key line (`type base64`) inside an armored signature; None when it is no SSH signature for git."""
    read = sshsig.parse(signature)
    return read.line if read is not None and read.namespace == NAMESPACE.encode() else None


def verified(principal: str, line: str, payload: bytes, signature: bytes) -> bool:
    """Whether `ssh-keygen` accepts this signature over `payload` by this one key for this one principal."""
    with tempfile.TemporaryDirectory(prefix="sopan-") as folder:
        signers, armored = Path(folder, "signers"), Path(folder, "signature")
        signers.write_text(f'{principal} namespaces="{NAMESPACE}" {line}\n', encoding="ascii")
        armored.write_bytes(signature)
        words = ["-Y", "verify", "-n", NAMESPACE, "-I", principal, "-f", str(signers), "-s", str(armored)]
        return _ssh_keygen(words, payload).returncode == 0


def sign(payload: bytes, key_file: Path) -> bytes:
    """The armored signature over `payload` by the private key (or the agent's, named by its public half)."""
    result = _ssh_keygen(["-Y", "sign", "-q", "-n", NAMESPACE, "-f", str(key_file)], payload, seconds=_SIGN_SECONDS)
    if result.returncode != 0 or not result.stdout:
        raise SopanError(f"Kunci {key_file} tidak dapat menandatangani; periksa letak berkas dan kata sandinya.")
    return result.stdout


def generate(key_file: Path, comment: str) -> str:
    """Make a new ed25519 key pair without passphrase at `key_file`; gives the public line (`type base64`)."""
    result = _ssh_keygen(["-q", "-t", "ed25519", "-N", "", "-C", comment, "-f", str(key_file)], b"")
    if result.returncode != 0:
        raise SopanError(f"Kunci baru tidak dapat dibuat di {key_file}; periksa apakah berkas itu sudah ada.")
    return public_line(key_file)


def public_line(key_file: Path) -> str:
    """The public key (`type base64`) that belongs to a private key file, read from the `.pub` beside it."""
    public = key_file if key_file.suffix == ".pub" else key_file.with_name(key_file.name + ".pub")
    try:
        kind, data = public.read_text(encoding="utf-8").split()[:2]
    except (OSError, ValueError) as error:
        raise SopanError(f"Kunci publik {public} tidak terbaca; buat kunci dengan `sopan petugas kunci`.") from error
    return f"{kind} {data}"


def public_half(key_file: Path) -> str:
    """The public key (`type base64`) that belongs to a private key, computed from it."""
    result = _ssh_keygen(["-y", "-P", "", "-f", str(key_file)], b"")
    if result.returncode != 0:
        raise SopanError(f"Kunci {key_file} tidak terbaca, atau memakai kata sandi; periksa berkas itu.")
    kind, data = result.stdout.decode().split()[:2]
    return f"{kind} {data}"


def _ssh_keygen(
    words: list[str], stdin: bytes, *, seconds: int = _VERIFY_SECONDS
) -> subprocess.CompletedProcess[bytes]:
    try:
        ended = subprocess.run(  # noqa: S603 - fixed program, words never pass a shell
            ["ssh-keygen", *words],  # noqa: S607 - found on the PATH that the hook fixes
            input=stdin,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except FileNotFoundError as error:
        raise SopanError(f"Perintah ssh-keygen tidak ditemukan; {_CURE}") from error
    except subprocess.TimeoutExpired as error:
        raise SopanError("ssh-keygen tidak menjawab pada waktunya; ulangi perintah ini.") from error
    if _UNKNOWN_OPTION.search(ended.stderr):
        raise SopanError(f"Versi ssh-keygen terlalu lama; {_CURE}")
    return ended
