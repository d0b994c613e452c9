"""The example for nginx, run by a real nginx over a published site; the one for Caddy holds the same promises."""

import gzip
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

import web
from desks import ITEM
from site_office import make_policy
from sopan.server import serving

CADDY = shutil.which("caddy")


@pytest.fixture(scope="module")
def published(states):
    return states(7)


@pytest.fixture(scope="module")
def site(published, tmp_path_factory):
    """A live site as a link, which a test may swap."""
    link = tmp_path_factory.mktemp("www") / "situs"
    link.symlink_to(published.site.resolve())
    return link


@pytest.fixture(scope="module")
def said(published):
    """What the command prints for this office."""
    printed = published.serve("saji", "--untuk", "nginx")
    assert printed.code == 0
    return printed.out


@pytest.fixture(scope="module")
def address(said, published, site, tmp_path_factory):
    """A running nginx with the printed server block, at another port and over the link."""
    with web.nginx(said.replace(str(published.site), str(site)), tmp_path_factory.mktemp("nginx")) as where:
        yield where


def get(address, path="", *, method="GET", **headers):
    request = Request(address + path, method=method, headers=headers)  # noqa: S310 - loopback
    try:
        with urlopen(request, timeout=5) as answer:  # noqa: S310
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        return error.code, error.headers, error.read()


def test_pages_carry_every_header_and_are_asked_for_each_time(address, site):
    status, headers, body = get(address, f"informasi/{ITEM}/")
    assert (status, body) == (200, (site / "informasi" / ITEM / "index.html").read_bytes())
    for name, value in serving.HEADERS.items():
        assert headers[name] == value
    assert headers["Cache-Control"] == "no-cache"
    assert headers["ETag"]
    assert headers["Server"] == "nginx"


def test_text_travels_compressed(address, site):
    _, headers, body = get(address, "", **{"Accept-Encoding": "gzip"})
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == (site / "index.html").read_bytes()


def test_attachments_are_downloads_with_the_same_headers(address):
    status, headers, body = get(address, f"informasi/{ITEM}/tabel.csv")
    assert (status, headers["Content-Disposition"]) == (200, "attachment")
    assert headers["Content-Type"].startswith("text/csv")
    assert body.startswith(b"kegiatan,")
    for name, value in serving.HEADERS.items():
        assert headers[name] == value
    assert get(address, f"informasi/{ITEM}/")[1]["Content-Disposition"] is None


def test_the_themes_files_are_kept_for_ever(address, site):
    file = next(site.resolve().glob("assets/stylesheets/main.*.min.css")).relative_to(site.resolve()).as_posix()
    assert get(address, file)[1]["Cache-Control"] == "public, max-age=31536000, immutable"
    assert get(address, "assets/sopan.css")[1]["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("path", ["tidak/ada/", ".git/config", "informasi/.tersembunyi"])
def test_what_is_not_there_is_answered_in_indonesian(address, path):
    status, headers, body = get(address, path)
    assert status == 404
    assert b"Halaman tidak ditemukan" in body
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_but_reading(address, method):
    assert get(address, "", method=method)[0] == 405
    assert get(address, "", method="HEAD")[0] == 200


def test_a_swapped_release_is_seen_at_once(address, site, tmp_path):
    other = tmp_path / "lain"
    shutil.copytree(site.resolve(), other)
    (other / "index.html").write_text("<!doctype html><title>Baru</title>", "utf-8")
    before = site.resolve()
    _swap(site, other)
    assert b"Baru" in get(address)[2]
    _swap(site, before)
    assert b"Baru" not in get(address)[2]


def _swap(link, target):
    draft = link.with_name("baru")
    draft.symlink_to(target)
    draft.replace(link)


def test_the_example_for_caddy_makes_the_same_promises():
    office = make_policy().office
    text = serving.caddy(replace(office, site="https://informasi.contoh.go.id/"), Path("/srv/situs"))
    assert text.splitlines()[1] == "https://informasi.contoh.go.id {"
    for name, value in serving.HEADERS.items():
        assert f'{name} "{value}"' in text
    assert "header @attachment Content-Disposition attachment" in text
    assert text.count("{") == text.count("}")


@pytest.mark.optional
@pytest.mark.skipif(CADDY is None, reason="caddy is not installed (Debian: apt install caddy)")
def test_caddy_reads_its_example(tmp_path):
    office = replace(make_policy().office, site="http://127.0.0.1:8080/")
    file = tmp_path / "Caddyfile"
    file.write_text(serving.caddy(office, tmp_path), "utf-8")
    words = [CADDY, "validate", "--adapter", "caddyfile", "--config", str(file)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, env={"HOME": str(tmp_path)})
    assert done.returncode == 0, done.stderr
