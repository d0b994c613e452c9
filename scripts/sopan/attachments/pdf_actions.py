"""What a dictionary of a PDF must not do: run, open, fetch, play, or carry another file; and comments of colleagues."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet

from pikepdf import Array, Dictionary, Name, Object

from sopan.attachments import addresses
from sopan.attachments.examined import Fault, fault

_FORBIDDEN_KEYS = frozenset(
    {
        *("/AA", "/JS", "/JavaScript", "/Launch", "/EmbeddedFile", "/EmbeddedFiles", "/EF", "/AF", "/Collection"),
        *("/XFA", "/RichMedia", "/RichMediaContent", "/RichMediaSettings", "/3DD", "/Movie", "/Renditions", "/Encrypt"),
    }
)
_HARMLESS_ACTIONS = frozenset({"/GoTo", "/URI", "/Named"})
_HARMLESS_BY_ITSELF = _HARMLESS_ACTIONS - {"/URI"}  # who opens a file has not asked for another server
_HARMLESS_COMMANDS = frozenset({"/NextPage", "/PrevPage", "/FirstPage", "/LastPage"})
_ACTION_KEYS = frozenset({"/OpenAction", "/A", "/PA", "/Next"})
_ACTIONS = frozenset(
    {
        *("/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/ResetForm", "/GoToR", "/GoToE", "/GoTo3DView"),
        *("/Rendition", "/Movie", "/Sound", "/Hide", "/SetOCGState", "/RichMediaExecute", "/Trans"),
    }
)
_MEDIA = frozenset({"/FileAttachment", "/Movie", "/Sound", "/Screen", "/3D", "/RichMedia"})
_COMMENTS = frozenset(
    {"/Text", "/Popup", "/Highlight", "/Underline", "/StrikeOut", "/Squiggly", "/Caret", "/Ink", "/Redact"}
)


def faults(value: Dictionary) -> Iterator[Fault]:
    """What is wrong with one dictionary, those that lie in it left out."""
    keys = value.keys()
    for key in keys & _FORBIDDEN_KEYS:
        yield _active(key)
    for key in keys & _ACTION_KEYS:
        yield from _action(value.get(key), _HARMLESS_BY_ITSELF if key == "/OpenAction" else _HARMLESS_ACTIONS)
    if "/S" in keys and (kind := str(value.get(Name.S))) in _ACTIONS:
        yield _active(kind)
    if "/Subtype" in keys:
        yield from _subtype(str(value.get(Name.Subtype)))
    if "/URI" in keys:
        yield from _address(value.get(Name.URI))


def _action(value: Object | None, harmless: AbstractSet[str]) -> Iterator[Fault]:
    """An action that may follow a click or the opening: to a page, or to an address that is checked apart."""
    if isinstance(value, Array):  # a place to open at, or a sequence of actions
        for entry in value:
            yield from _action(entry if isinstance(entry, Dictionary) and Name.S in entry else None, harmless)
    elif isinstance(value, Dictionary) and Name.S in value:
        kind = str(value.get(Name.S))
        if kind not in harmless or (kind == "/Named" and str(value.get(Name.N)) not in _HARMLESS_COMMANDS):
            yield _active(kind)


def _subtype(name: str) -> Iterator[Fault]:
    if name in _MEDIA:
        yield _active(name)
    elif name in _COMMENTS:
        yield fault("lampiran-komentar", tempat=name.strip("/"))


def _address(value: object) -> Iterator[Fault]:
    """An address that a click leads to; in the catalogue the same key holds what is put before all of them."""
    address = str(value.get(Name.Base, "")) if isinstance(value, Dictionary) else str(value)
    if addresses.scheme(address) not in addresses.WEB:
        yield fault("lampiran-tautan", alamat=addresses.shown(address))


def _active(what: str) -> Fault:
    return fault("lampiran-aktif", unsur=what.strip("/"))
