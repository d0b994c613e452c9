"""The office's own GitHub App: what it says of itself, and that only its token is used afterwards."""

import base64
import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from sopan.errors import SopanError
from sopan.github import app
from sopan.github.surroundings import Surroundings

NUMBER = "4711"


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _pem(key):
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def _read(part):
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@pytest.fixture
def github(key):
    """A GitHub that knows one App by its public key, installed in one repository, and keeps what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do(self):
            length = int(self.headers.get("Content-Length") or 0)
            asked.append((self.command, self.path, json.loads(self.rfile.read(length) or b"null")))
            status, answer = self._answer()
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do  # noqa: N815 - http.server's names

        def log_message(self, *_):
            pass

        def _answer(self):
            head, told, signature = self.headers["Authorization"].removeprefix("Bearer ").split(".")
            try:
                key.public_key().verify(_read(signature), f"{head}.{told}".encode(), PKCS1v15(), SHA256())
            except InvalidSignature:
                return 401, {"message": "A JSON web token could not be decoded"}
            said, now = json.loads(_read(told)), datetime.now(tz=UTC).timestamp()
            assert json.loads(_read(head)) == {"alg": "RS256", "typ": "JWT"}
            assert said["iss"] == NUMBER
            assert said["iat"] < now < said["exp"] <= said["iat"] + 600
            if self.path == "/repos/kantor/ppid/installation":
                return 200, {"id": 12}
            if self.path == "/app/installations/12/access_tokens":
                return 201, {"token": "ghs_sejam"}
            return 404, {"message": "Not Found"}

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _around(address, pem, repository="kantor/ppid", number=NUMBER):
    return Surroundings(
        address, "https://github.com", repository, "token-alur", application=number, application_key=pem
    )


def test_an_app_gets_a_token_for_this_repository_alone(github, key):
    address, asked = github
    assert app.acting(_around(address, _pem(key))).token == "ghs_sejam"  # noqa: S105 - the fake's
    assert asked == [
        ("GET", "/repos/kantor/ppid/installation", None),
        ("POST", "/app/installations/12/access_tokens", {"repositories": ["ppid"]}),
    ]


def test_without_an_app_the_workflows_token_stays_and_nobody_is_asked(github):
    address, asked = github
    around = _around(address, "", number="")
    assert (app.acting(around), asked) == (around, [])


@pytest.mark.parametrize("pem", ["", "bukan kunci", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])
def test_what_is_no_key_is_told_without_being_shown(github, pem):
    address, asked = github
    with pytest.raises(SopanError, match="Kunci aplikasi GitHub tidak terbaca") as told:
        app.acting(_around(address, pem))
    assert (asked, "AAAA" in str(told.value)) == ([], False)


def test_a_key_of_another_kind_or_another_app_gives_no_token(github):
    address, _ = github
    with pytest.raises(SopanError, match="tidak terbaca"):
        app.acting(_around(address, _pem(ec.generate_private_key(ec.SECP256R1()))))
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with pytest.raises(SopanError, match="GitHub menjawab 401"):
        app.acting(_around(address, _pem(other)))


def test_an_app_that_is_not_installed_here_gives_no_token(github, key):
    address, _ = github
    with pytest.raises(SopanError, match="GitHub menjawab 404"):
        app.acting(_around(address, _pem(key), repository="kantor/lain"))


def test_neither_key_nor_token_is_in_what_is_printed(key):
    shown = repr(_around("https://api.github.com", _pem(key)))
    assert "PRIVATE" not in shown
    assert "token-alur" not in shown
