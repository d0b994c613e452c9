"""Screening: an item's files and a commit's words as findings. Examples are put together while the tests run."""

from pathlib import Path

import pytest

from cast import AWAL
from policy_files import list_files, read
from sopan import item, policy
from sopan.rules import privacy, screening
from test_personal_data import MOBILE, NEVER_ISSUED, NIK, NIP

TOP = Path(__file__).parents[1]
FOLDER = "docs/informasi/2026/rencana-kerja"
INDEX = f"{FOLDER}/index.md"
REFUSED = (
    "ada NIK atau nomor KK 1901********0001{}; hapus seluruhnya, "
    "karena nomor kependudukan tidak boleh masuk repositori walau sementara."
)

CONFIRM = (
    "ada NIP 1965**********1001 yang belum dikonfirmasi; bila memang milik pejabat dalam naskah dinas, tulis "
    "“data pribadi dikonfirmasi” pada catatan langkah ini, bila tidak, kembalikan untuk dihapus. [pribadi-nip]"
)

EXEMPT = (
    "Informasi yang dikecualikan tidak boleh dimasukkan ke repositori ini; ikuti uji konsekuensi PPID "
    "(UU 14/2008 Ps. 17; PERKI 1/2021 Ps. 49). [butir-dikecualikan]"
)


@pytest.fixture(scope="module")
def office():
    loaded, findings = policy.load(read(TOP), list_files(TOP))
    assert findings == []
    return loaded.office


@pytest.fixture
def said(office):
    """What is said of a file, as people read it."""

    def said(text, file=INDEX):
        data = text if isinstance(text, bytes) else text.encode()
        return [finding.sentence() for finding in screening.of_file(office, file, data, None)]

    return said


def test_a_finding_names_its_line_and_masks_its_number(said):
    assert said(AWAL + f"\nPemohon {NIK}.\n") == [f"{INDEX} baris 12: {REFUSED.format('')} [pribadi-nik]"]
    assert said(AWAL + f"\nPemohon {NEVER_ISSUED}.\n") == []


VIEWS = {  # how a number hides in index.md: what stands for it there, and the line
    "comment": ("<!-- {} -->", 12),
    "entity": ("{}".replace("{}", "19&#48;1") + "{rest}", 12),
    "link-in-between": ("{a}[{b}](https://kantor.go.id/){c}", 12),
    "link-address": ("[nomor](https://kantor.go.id/{})", 12),
    "link-address-escaped": ("[nomor](https://kantor.go.id/%31{tail})", 12),
    "picture": ("![{}](gambar.png)", 12),
    "html-in-between": ("{a}<b>{b}</b>{c}", 12),
    "reference": ("[x][y]\n\n[y]: https://kantor.go.id/{}", 14),
    "table": ("| nama | nomor |\n|---|---|\n| x | {} |", 14),
    "code": ("    {}", 12),
    "footnote": ("{}[^1]", 12),
}


def _hidden(form, digits):
    parts = {"a": digits[:5], "b": digits[5:9], "c": digits[9:], "rest": digits[4:], "tail": digits[1:]}
    return form.format(digits, **parts)


@pytest.mark.parametrize(("form", "line"), VIEWS.values(), ids=VIEWS)
def test_no_markdown_hides_a_number(said, form, line):
    expected = [f"{INDEX} baris {line}: {REFUSED.format('')} [pribadi-nik]"]
    assert said(f"{AWAL}\n{_hidden(form, NIK)}\n") == expected
    assert said(f"{AWAL}\n{_hidden(form, NEVER_ISSUED)}\n") == []


VALUES = {
    "plain": "judul: Rencana {}",
    "quoted": 'judul: "Rencana {}"',
    "escaped": 'judul: "Rencana \\x31{tail}"',
    "folded": "judul: >-\n  Rencana {a}\n  {b}{c}",
    "unknown-field": "catatan: {}",
    "key": "{}: ya",
    "yaml-comment": "judul: Rencana # {}",
}


@pytest.mark.parametrize("form", VALUES.values(), ids=VALUES)
def test_no_front_matter_hides_a_number(said, form):
    def rules(digits):
        return [line.rpartition("[")[2] for line in said(AWAL.replace("judul: Rencana Kerja", _hidden(form, digits)))]

    assert rules(NIK) == ["pribadi-nik]"]
    assert rules(NEVER_ISSUED) == []


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "latin-1"])
def test_no_encoding_hides_a_number(said, encoding):
    assert [line.rpartition("[")[2] for line in said(f"Pemohon {NIK}".encode(encoding))] == ["pribadi-nik]"]


def test_a_name_is_screened_and_never_shown(said):
    masked = "nomor-****************.csv"
    assert said("a,b\n", f"{FOLDER}/nomor-{NIK}.csv") == [
        f"{FOLDER}/{masked}: {REFUSED.format(' pada nama berkas')} [pribadi-nik]"
    ]
    assert said("a,b\n", f"{FOLDER}/nomor-{NEVER_ISSUED}.csv") == []


def test_an_index_too_long_to_be_screened_is_refused(said):
    too_long = (
        f"{INDEX}: Naskah sebesar {len(AWAL) + item.MAXIMUM_BYTES} bita melebihi batas {item.MAXIMUM_BYTES} bita; "
        "pindahkan bagian panjang ke lampiran. [butir-naskah-besar]"
    )
    assert said(AWAL + "a" * item.MAXIMUM_BYTES) == [too_long]
    assert said(AWAL + "a" * (item.MAXIMUM_BYTES - len(AWAL))) == []


EXEMPT_FORMS = (
    "klasifikasi: dikecualikan",
    'klasifikasi: "\\x64ikecualikan"',
    "'klasifikasi': >-\n  Dikecualikan",
    "KLASIFIKASI : dikecualikan [",
)


@pytest.mark.parametrize("written", EXEMPT_FORMS)
def test_exempt_information_is_refused_before_any_step(said, written):
    assert said(AWAL.replace("klasifikasi: berkala", written)) == [f"{INDEX} baris 3: {EXEMPT}"]
    assert said(AWAL + "\nInformasi yang dikecualikan diatur dalam Pasal 17.\n") == []


SECRETS = {
    "RAHASIA": "Rahasia pribadi dilindungi.",
    "**SANGAT RAHASIA**": "Tingkatnya biasa, terbatas, rahasia, dan sangat rahasia.",
    "R A H A S I A": "- Rahasia",
    "Sifat: Rahasia": "Sifat: Biasa",
    "Sifat : Sangat Rahasia": "Sifat rahasia suatu naskah ditetapkan pejabat.",
}


@pytest.mark.parametrize(("secret", "open_text"), SECRETS.items(), ids=SECRETS)
def test_a_mark_of_secrecy_is_refused_and_the_word_is_not(said, secret, open_text):
    marked = (
        f"{INDEX} baris 12: ada tanda rahasia pada naskah ini; naskah berklasifikasi tidak boleh dimasukkan, "
        "ikuti uji konsekuensi PPID (UU 14/2008 Ps. 17). [isi-rahasia]"
    )
    assert said(f"{AWAL}\n{secret}\n") == [marked]
    assert said(f"{AWAL}\n{open_text}\n") == []


def test_a_long_list_of_people_is_told_in_twenty_sentences(said):
    people = "\n".join(f"- {NIK[:12]}{number:04}" for number in range(1, 400))
    assert len(said(f"{AWAL}\n{people}\n")) == privacy.SHOWN_FINDINGS


def test_a_place_in_words_stands_in_the_sentence(office):
    about = {"commit": None, "file": f"{FOLDER}/data.xlsx", "first_line": None, "office": office}
    (finding,) = privacy.of_text(MOBILE, where="lembar Data sel B7", **about)
    assert finding.sentence() == (
        f"{FOLDER}/data.xlsx: ada nomor ponsel 0812******** pada lembar Data sel B7; "
        "ganti dengan telepon kantor yang tercantum di kantor.yml. [pribadi-ponsel]"
    )


WORDS = {
    "data pribadi dikonfirmasi": True,
    "Sudah saya periksa. Data  Pribadi\ndikonfirmasi, sesuai naskah dinas.": True,
    "DATA PRIBADI DIKONFIRMASI": True,
    "data pribadi belum dikonfirmasi": False,
    "dikonfirmasi": False,
    "": False,
}


@pytest.mark.parametrize(("note", "confirms"), WORDS.items(), ids=range(len(WORDS)))
def test_an_officials_number_stands_when_the_note_confirms_it(office, note, confirms):
    unconfirmed = screening.to_confirm(office, {INDEX: (f"{AWAL}\nNIP {NIP}, NIP {NIP}\n".encode(), None)})
    assert [finding.sentence() for finding in unconfirmed] == [f"{INDEX} baris 12: {CONFIRM}"]
    assert privacy.confirmation(unconfirmed, note) == ([] if confirms else unconfirmed)
