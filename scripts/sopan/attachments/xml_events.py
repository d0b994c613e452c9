"""XML read as a stream of events: no document type, no entities, bounded depth; names without their namespaces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.parsers import expat

from sopan.attachments import limits
from sopan.attachments.examined import Stopped, Unreadable, beyond

_CHUNK = 1 << 16
_ASIDE = "comment"


class Start(NamedTuple):
    """An element begins; its name is local, those of its attributes are as the parser gives them ("space local")."""

    name: str
    attributes: Mapping[str, str]

    def get(self, name: str) -> str:
        """The value of the attribute with this local name; "" where there is none."""
        return self.attributes.get(name) or next(self.all(name), "")

    def all(self, *names: str) -> Iterator[str]:
        """Every value under these local names: two name spaces may hold the same name."""
        return (value for key, value in self.attributes.items() if _local(key) in names)

    def on(self, *names: str) -> bool:
        """Whether one of these attributes is switched on."""
        return any(value in _TRUE for value in self.all(*names))


class End(NamedTuple):
    """An element ends."""

    name: str


class Characters(NamedTuple):
    """Character data, in the pieces in which the parser gives it."""

    text: str


Event = Start | End | Characters

_TRUE = frozenset({"1", "true", "on"})


def events(data: bytes) -> Iterator[Event]:
    """The events of a document; a document type ends it (there entities are declared, and files are fetched).

    What stands in comments and processing instructions comes last, as the attribute of an element of its own: between
    the events it would part what belongs together.
    """
    read = _Reading()
    for position in range(0, len(data), _CHUNK):
        yield from read.feed(data[position : position + _CHUNK], last=position + _CHUNK >= len(data))
    yield from read.aside()


class _Reading:
    """A parser with the events that it has not handed out yet."""

    def __init__(self) -> None:
        self._events: list[Event] = []
        self._depth = 0
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = lambda text: self._events.append(Characters(text))
        self._parser.StartDoctypeDeclHandler = _refuse
        self._aside: list[str] = []
        self._parser.CommentHandler = self._aside.append
        self._parser.ProcessingInstructionHandler = lambda _, text: self._aside.append(text)

    def feed(self, chunk: bytes, *, last: bool) -> list[Event]:
        try:
            self._parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise Unreadable from error
        ready, self._events = self._events, []
        return ready

    def aside(self) -> Iterator[Event]:
        """What stood between the events and is none."""
        for text in self._aside:
            yield from (Start(_ASIDE, {"text": text}), End(_ASIDE))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > limits.XML_DEPTH:
            raise beyond("tingkat XML", limits.XML_DEPTH)
        self._events.append(Start(_local(name), attributes))

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._events.append(End(_local(name)))


def _refuse(*_: object) -> None:
    raise Stopped("lampiran-doctype")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]
