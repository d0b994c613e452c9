"""A real browser on a site that is served as a web server serves it: compressed, with types, on the loopback."""

import gzip
import mimetypes
import shutil
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

from sopan.server.serving import HEADERS

CHROMIUM = shutil.which("chromium")
HINT = "Chromium is not installed; on Debian: apt install chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
LEVEL = 1  # nginx's own default
COMPRESSED = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")


class Handler(SimpleHTTPRequestHandler):
    """Sends the folder's files, text compressed; counts what goes over the wire and stays silent."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self._send(404, "text/html; charset=utf-8", (Path(self.directory) / "404.html").read_bytes())
            return
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        self._send(200, f"{kind}; charset=utf-8" if kind.startswith("text/") else kind, path.read_bytes())

    def _send(self, status, kind, content):
        packed = kind.startswith(COMPRESSED) and "gzip" in self.headers.get("Accept-Encoding", "")
        content = gzip.compress(content, LEVEL, mtime=0) if packed else content
        self.server.sent.append((self.path.partition("?")[0], len(content)))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        for name, value in HEADERS.items():
            self.send_header(name, value)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(content)


class Served:
    """A folder on the loopback: its address, and what was sent since `forget`, as pairs of path and bytes."""

    def __init__(self, server):
        self._server = server
        self.address = f"http://127.0.0.1:{server.server_port}/"

    @property
    def sent(self):
        return list(self._server.sent)

    def forget(self):
        self._server.sent.clear()


@contextmanager
def served(folder, port=0):
    """Serve `folder` until the end of the block."""
    server = ThreadingHTTPServer(("127.0.0.1", port), partial(Handler, directory=str(folder)))
    server.sent = []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(server)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def chromium():
    """Debian's Chromium without a window, with a new profile."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def results(page, address, query, **narrowed):
    """The titles and addresses that the search page shows for a query, in order."""
    page.goto(f"{address}cari/")
    page.locator("#cari").wait_for()
    return asked(page, query, **narrowed)


def asked(page, query, **narrowed):
    """The same on a search page that is open: type, press Enter, read what is announced and listed."""
    page.fill("#cari-kata", query)
    for name, label in narrowed.items():
        page.select_option(f"#cari select[name={name}]", label=label)
    page.press("#cari-kata", "Enter")
    page.locator("#cari-temuan[aria-busy=false]").wait_for(state="attached")
    return page.eval_on_selector_all("#cari-temuan h2 a", "all => all.map(one => [one.textContent, one.pathname])")
