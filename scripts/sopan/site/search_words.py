"""Words as the search compares them: by their Indonesian root, with short and long forms of names joined.

What a page holds is reduced by Sastrawi when the site is built. What a visitor types is reduced in the browser: it
takes affixes off until it meets a root of Sastrawi's dictionary (`peel`, told the same way in `docs/assets/akar.js`),
of which it loads the few pieces that it needs, and knows the words of the site's texts for which that would end
elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from Sastrawi.Dictionary.ArrayDictionary import ArrayDictionary
from Sastrawi.Stemmer.Stemmer import Stemmer
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

MOST_BEGINNINGS = 3
SHORTEST_ROOT = 3

_FILE = Path(__file__).with_name("kata.yml")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Lexicon:
    """`kata.yml`: long forms by short form, words that say nothing, affixes with what they may have replaced."""

    short_forms: Mapping[str, str]
    common: frozenset[str]
    particles: Sequence[str]
    endings: Sequence[str]
    beginnings: Mapping[str, Sequence[str]]


@cache
def lexicon() -> Lexicon:
    """The words that come with Sopan."""
    data = yaml.load(_FILE.read_bytes(), Loader=yaml.CSafeLoader)
    return Lexicon(data["singkatan"], frozenset(data["umum"]), data["partikel"], data["akhiran"], data["awalan"])


def words(text: str) -> list[str]:
    """The words of a text as they are compared: small letters and digits, without marks above them."""
    small = text.lower()
    return _WORD.findall(small if small.isascii() else _without_marks(small))


def _without_marks(text: str) -> str:
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def roots(found: Iterable[str]) -> list[str]:
    """The roots of words, in their order, without those that say nothing."""
    common = lexicon().common
    return [root(word) for word in found if word not in common]


@cache
def root(word: str) -> str:
    """A word's root by Sastrawi; numbers and what its dictionary does not explain stay as they are."""
    return str(_stemmer().stem(word)) if word.isascii() and word.isalpha() else word


def other_forms(found: Sequence[str]) -> Iterator[str]:
    """The short forms of names that stand in these words in full, and the words of those that stand there in short."""
    line, there = f" {' '.join(found)} ", set(found)
    for short, full in _short_forms():
        if there.issuperset(full) and f" {' '.join(full)} " in line:
            yield short
        if short in there:
            yield from full


@cache
def _short_forms() -> Sequence[tuple[str, Sequence[str]]]:
    """The short forms of names, each with the words of the long one."""
    return [(short, full.split()) for short, full in lexicon().short_forms.items()]


@cache
def dictionary() -> frozenset[str]:
    """The roots of Sastrawi's dictionary that are of letters alone."""
    return frozenset(word for word in _all_roots() if word.isascii() and word.isalpha())


@cache
def peel(word: str) -> str:
    """The root that Sastrawi would most likely find in a word; the word itself where there is none."""
    for layer in _layers(word):
        known = [form for form in layer if form in dictionary()]
        if known:
            return max(known, key=lambda form: _likeness(form, word))
    return word


@cache
def unexplained(word: str) -> str:
    """The root of a word where peeling finds another; empty where it does not, or the word says nothing."""
    found = "" if word in lexicon().common else root(word)
    return "" if found == peel(word) else found


def _layers(word: str) -> Iterator[list[str]]:
    """What may be the root, the likeliest first: particles come off before endings, endings before beginnings.

    Of a word in -i the i stays at first: *nilai* and *mulai* are roots.
    """
    bare = _without(word, lexicon().particles)
    yield from ([form] for form in (word, *bare))
    for stem in (*bare, word):
        cut = _without(stem, lexicon().endings)
        for start in (stem, *cut) if stem.endswith("i") else (*cut, stem):
            layer = [start]
            for _ in range(MOST_BEGINNINGS + 1):
                yield layer
                layer = list(dict.fromkeys(shorter for form in layer for shorter in _without_beginning(form)))


def _likeness(form: str, word: str) -> tuple[bool, int, bool]:
    """A root whose k is hidden (*kurus* in *mengurus*) is rarer than one that begins with a vowel (*urus*)."""
    return form in word or form[0] != "k", len(form), form in word


def _without(word: str, endings: Iterable[str]) -> list[str]:
    rests = (word.removesuffix(ending) for ending in endings if word.endswith(ending))
    return [rest for rest in rests if len(rest) >= SHORTEST_ROOT]


def _without_beginning(word: str) -> Iterator[str]:
    for beginning, replaced in lexicon().beginnings.items():
        rest = word.removeprefix(beginning)
        if rest != word and not (beginning.endswith("n") and rest[:1] in ("g", "y")):  # ng and ny are one sound
            yield from (letter + rest for letter in replaced if len(letter + rest) >= SHORTEST_ROOT)


@cache
def _all_roots() -> Mapping[str, str]:
    """Sastrawi's roots by themselves, as its dictionary has them."""
    return {word: word for word in StemmerFactory().get_words() if word.strip()}


@cache
def _stemmer():  # type: ignore[no-untyped-def]  # noqa: ANN202  Sastrawi ships no types
    known = ArrayDictionary()
    known.words = _all_roots()  # in place of a call for each of 29,932
    return Stemmer(known)  # what it says is cached here
