# Sourced by demo and test: makes .venv from a lock file with hashes, once per content of that lock.
# The caller sets `lock` to the file's name.
root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
stamp="$root/.venv/lock.sha256"

fail() { printf '%s\n' "$1" >&2; exit 2; }

python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
  if command -v "$candidate" >/dev/null 2>&1 &&
    "$candidate" -c 'import sys; raise SystemExit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
[ -n "$python" ] || fail 'Python 3.11 or newer is needed and was not found.'
command -v git >/dev/null 2>&1 || fail 'git is needed and was not found.'
command -v ssh-keygen >/dev/null 2>&1 || fail 'ssh-keygen (OpenSSH) is needed and was not found.'

wanted=$("$python" -c 'import hashlib, sys; print(hashlib.sha256(b"".join(open(f, "rb").read() for f in sys.argv[1:])).hexdigest())' "$root/$lock" "$root/pyproject.toml")
if [ "$(cat "$stamp" 2>/dev/null)" != "$wanted" ]; then
  printf 'Preparing .venv from %s (once) …\n' "$lock" >&2
  "$python" -m venv "$root/.venv" || fail 'Python could not make a virtual environment (on Debian: apt install python3-venv).'
  "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$root/$lock" ||
    fail "The packages of $lock could not be installed."
  "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e "$root" ||
    fail 'Sopan itself could not be installed into .venv.'
  printf '%s\n' "$wanted" >"$stamp"
fi
