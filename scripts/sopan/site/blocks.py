"""The files of a release of which many are known together, while nobody asks for one: as lines of its list.

A block is a stretch of a manifest, whose order keeps the files of a group together (`release_files.group`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from types import MappingProxyType

import orjson

from sopan.site import release_files
from sopan.site.release_files import Known, Marks

_LISTED = re.compile("(.*?)  (.*)\n")  # a line of a manifest: digest and path
_PATH = 66  # where in it the path begins


def listed(lines: bytes) -> list[tuple[str, str]]:
    """The digests and paths on some lines of a manifest."""
    return _LISTED.findall(lines.decode())


@dataclass(frozen=True)
class Block:
    """The files of a group, each as it was published: their lines in the manifest, and their `Marks` as JSON."""

    lines: bytes
    marks: bytes

    @cached_property
    def known(self) -> Mapping[str, Known]:
        """Each by itself."""
        marks: Marks = orjson.loads(self.marks)
        return {path: Known(digest, release_files.content_of(marks[path])) for digest, path in listed(self.lines)}

    @cached_property
    def listed(self) -> Mapping[str, bytes]:
        """The line of each."""
        return {line[_PATH:].decode(): line + b"\n" for line in self.lines.split(b"\n")[:-1]}

    @property
    def folders(self) -> Mapping[str, Sequence[str]]:
        """The paths in each folder."""
        folders = defaultdict[str, list[str]](list)
        for path in self.listed:
            folders[path.rpartition("/")[0]].append(path)
        return folders

    def has(self, path: str) -> bool:
        """Whether there is a file at this path."""
        return f"  {path}\n".encode() in self.lines


@dataclass(frozen=True)
class Files(Mapping[str, Known]):
    """Files by path: some one by one, those of some groups in blocks, which are opened for whoever asks for a file.

    Where a block is told for a single path, the file is that one of the block.
    """

    single: Mapping[str, Known | Block]
    blocks: Mapping[str, Block]

    def __getitem__(self, path: str) -> Known:
        """The file at a path."""
        one = self.single[path] if path in self.single else self.blocks[release_files.group(path)]
        return one.known[path] if isinstance(one, Block) else one

    def __contains__(self, path: object) -> bool:
        """Whether there is one; no block is opened for that."""
        if path in self.single:
            return True
        block = self.blocks.get(release_files.group(str(path)))
        return block is not None and block.has(str(path))

    def __iter__(self) -> Iterator[str]:
        """All paths."""
        return chain(self.single, *(block.known for block in self.blocks.values()))

    def __len__(self) -> int:
        """How many there are."""
        return len(self.single) + sum(block.lines.count(b"\n") for block in self.blocks.values())

    def beside(self, others: Mapping[str, Known], blocks: Mapping[str, Block] = MappingProxyType({})) -> Files:
        """The same and others, which are in none of the blocks."""
        return Files({**self.single, **others}, {**self.blocks, **blocks})

    def manifest(self) -> bytes:
        """What `sha256sum` prints for these files, in the order of `release_files.walk`."""
        lines = [(path, _line(path, one)) for path, one in self.single.items()]
        blocks = [(begin, block.lines) for begin, block in self.blocks.items()]
        return b"".join(text for _, text in sorted(lines + blocks, key=_as_walked))


def _line(path: str, one: Known | Block) -> bytes:
    return one.listed[path] if isinstance(one, Block) else release_files.line(path, one)


def _as_walked(one: tuple[str, bytes]) -> str:
    return release_files.as_walked(one[0])
