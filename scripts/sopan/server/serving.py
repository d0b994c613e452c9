"""Examples for the web servers that people use: the site's files, its headers, compression, caching, downloads.

Every page carries its own policy for scripts; what only a header can say is said here. The live site is a link that is
swapped, so nothing about its files may be remembered from one request to the next.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from string import Template
from types import MappingProxyType
from urllib.parse import urlsplit

from sopan import item
from sopan.errors import SopanError
from sopan.office import Office

HEADERS: Mapping[str, str] = MappingProxyType(
    {
        "Content-Security-Policy": "frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Strict-Transport-Security": "max-age=31536000",
    }
)
_ALWAYS_NEW = "no-cache"  # kept by the browser, and asked for each time: a publication is seen at once
_FOR_EVER = "public, max-age=31536000, immutable"  # the theme's files bear a digest in their names
_COMPRESSED = ("text/css", "text/csv", "text/plain", "application/javascript", "application/json", "application/xml")
_MORE_COMPRESSED = ("application/atom+xml", "application/rss+xml", "application/ld+json", "image/svg+xml")

_NGINX = Template(
    """\
# Ditulis oleh `sopan server saji`. Letakkan di /etc/nginx/conf.d/, lalu tambahkan sertifikat.
server {
    listen $port;
    server_name $host;
    root $site;
    index index.html;
    charset utf-8;
    server_tokens off;
    autoindex off;
    open_file_cache off;
    etag on;
    error_page 404 /404.html;
    client_max_body_size 1k;
    types {
        text/html html;
        text/css css;
        text/csv csv;
        application/javascript js;
        application/json json;
        application/ld+json jsonld;
        application/xml xml;
        application/wasm wasm;
        application/pdf pdf;
        image/svg+xml svg;
        image/png png;
        image/jpeg jpg jpeg;
        font/woff2 woff2;
    }
    default_type application/octet-stream;
    gzip on;
    gzip_vary on;
    gzip_min_length 512;
    gzip_types $compressed;
$headers
    add_header Cache-Control "$always_new" always;

    if ($$request_method !~ ^(GET|HEAD)$$) {
        return 405;
    }
    location ~ /\\. {
        return 404;
    }
    location ~ "^/assets/(javascripts|stylesheets)/.*\\.[0-9a-f]{8}\\.min\\." {
$headers_inside
        add_header Cache-Control "$for_ever" always;
    }
    # Lampiran diunduh, tidak dibuka di dalam situs.
    location ~ ^/informasi/[0-9]+/[^/]+/.*\\.($downloads)$$ {
$headers_inside
        add_header Cache-Control "$always_new" always;
        add_header Content-Disposition attachment always;
    }
    location / {
        try_files $$uri $$uri/ =404;
    }
}
"""
)
_CADDY = Template(
    """\
# Ditulis oleh `sopan server saji`. Caddy mengambil sertifikat sendiri bila alamatnya dapat dicapai dari luar.
$address {
	root * $site
	encode gzip
	@method not method GET HEAD
	respond @method 405
	@hidden path_regexp /\\.
	respond @hidden 404
	header {
$headers
		Cache-Control "$always_new"
		-Server
	}
	@fingerprinted path_regexp ^/assets/(javascripts|stylesheets)/.*\\.[0-9a-f]{8}\\.min\\.
	header @fingerprinted Cache-Control "$for_ever"
	# Lampiran diunduh, tidak dibuka di dalam situs.
	@attachment path_regexp ^/informasi/[0-9]+/[^/]+/.*\\.($downloads)$$
	header @attachment Content-Disposition attachment
	file_server
	handle_errors {
		rewrite * /404.html
		file_server
	}
}
"""
)


def nginx(office: Office, site: Path) -> str:
    """A server block for nginx."""
    parts = urlsplit(_address(office))
    headers = [f'add_header {name} "{value}" always;' for name, value in HEADERS.items()]
    return _NGINX.substitute(
        _common(site),
        port=parts.port or 80,
        host=parts.hostname,
        compressed=" ".join((*_COMPRESSED, *_MORE_COMPRESSED)),
        headers="\n".join(f"    {line}" for line in headers),
        headers_inside="\n".join(f"        {line}" for line in headers),
    )


def caddy(office: Office, site: Path) -> str:
    """A site for Caddy."""
    headers = "\n".join(f'\t\t{name} "{value}"' for name, value in HEADERS.items())
    return _CADDY.substitute(_common(site), address=_address(office).rstrip("/"), headers=headers)


FOR: Mapping[str, Callable[[Office, Path], str]] = MappingProxyType({"nginx": nginx, "caddy": caddy})


def _common(site: Path) -> Mapping[str, str]:
    extensions = sorted(item.EXTENSIONS)
    return {
        "site": str(site),
        "always_new": _ALWAYS_NEW,
        "for_ever": _FOR_EVER,
        "downloads": "|".join(extensions),
    }


def _address(office: Office) -> str:
    if not office.site:
        raise SopanError("alamat_situs di kantor.yml masih kosong; isi dahulu, lalu ulangi.")
    return office.site
