"""How often ordinary official texts are refused, or need a confirmation, for personal data that is not there.

PYTHONPATH=scripts:tests python benchmarks/personal_data.py
"""

from __future__ import annotations

import time
from collections import Counter

import clean_corpus
from sopan import personal_data
from sopan.personal_data import Allowed


def main() -> None:
    """Print the size of the corpus, what was said of it, and each refusal."""
    texts = [*clean_corpus.made(), *clean_corpus.own()]
    characters = sum(len(text) for _, text in texts)
    begun = time.process_time()
    hits = [(name, hit) for name, text in texts for hit in personal_data.hits(text, allowed=Allowed())]
    spent = time.process_time() - begun
    numbers = sum(len(clean_corpus.NUMBER.findall(text)) for _, text in texts)
    print(f"{len(texts)} texts, {characters} characters, {numbers} numbers, {spent:.2f} s")
    for degree in personal_data.Degree:
        kinds = Counter(hit.kind.value for _, hit in hits if hit.degree is degree)
        concerned = {name for name, hit in hits if hit.degree is degree}
        print(f"{degree.value}: {len(concerned)} texts, {dict(kinds)}")
    for name, hit in hits:
        if hit.degree is personal_data.Degree.REFUSED:
            print(f"  {name} line {hit.line}: {hit.kind.value} {hit.masked}")


if __name__ == "__main__":
    main()
