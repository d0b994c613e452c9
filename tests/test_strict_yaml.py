import pytest
from hypothesis import given
from hypothesis import strategies as st
from sopan import strict_yaml

FILE = "kantor.yml"

REFUSED = [
    pytest.param(
        b"a: 1\na: 2\n",
        b"a: 1\nb: 2\n",
        ["kantor.yml baris 2: Kunci 'a' sudah ditulis di baris 1; tulis setiap kunci sekali saja. [yaml-kunci-ganda]"],
        id="duplicate key",
    ),
    pytest.param(
        b"a:\n  x: 1\n  x: 2\n",
        b"a:\n  x: 1\nb:\n  x: 2\n",
        ["kantor.yml baris 3: Kunci 'x' sudah ditulis di baris 2; tulis setiap kunci sekali saja. [yaml-kunci-ganda]"],
        id="duplicate key inside",
    ),
    pytest.param(
        b"? [a, b]\n: c\n",
        b'"[a, b]": c\n',
        [
            "kantor.yml baris 1: Kunci ditulis sebagai daftar atau kelompok; tulis kunci sebagai satu kata."
            " [yaml-kunci-bukan-teks]"
        ],
        id="key that is a list",
    ),
    pytest.param(
        b"a: 1\n<<: {b: 2}\n",
        b"a: 1\nc: {b: 2}\n",
        ["kantor.yml baris 2: Kunci gabung '<<' tidak diterima; tulis setiap isian secara lengkap. [yaml-kunci-gabung]"],
        id="merge key",
    ),
    pytest.param(
        b"a: &x 1\n",
        b'a: "&x 1"\n',
        [
            "kantor.yml baris 1: Jangkar '&x' tidak diterima; tulis nilainya langsung, atau apit dengan tanda kutip."
            " [yaml-jangkar]"
        ],
        id="anchor",
    ),
    pytest.param(
        b"a: *x\n",
        b'a: "*x"\n',
        [
            "kantor.yml baris 1: Rujukan '*x' tidak diterima; tulis nilainya langsung, atau apit dengan tanda kutip."
            " [yaml-rujukan]"
        ],
        id="alias",
    ),
    pytest.param(
        b"a: !!binary aGk=\n",
        b'a: "!!binary aGk="\n',
        [
            "kantor.yml baris 1: Tag 'tag:yaml.org,2002:binary' tidak diterima; tulis nilainya saja, atau apit dengan tanda"
            " kutip. [yaml-tag]"
        ],
        id="tag on a scalar",
    ),
    pytest.param(
        b"a: !!set {b, c}\n",
        b"a: {b: , c: }\n",
        [
            "kantor.yml baris 1: Tag 'tag:yaml.org,2002:set' tidak diterima; tulis nilainya saja, atau apit dengan tanda"
            " kutip. [yaml-tag]"
        ],
        id="tag on a mapping",
    ),
    pytest.param(
        b"a: 1\n---\nb: 2\n",
        b"---\na: 1\nb: 2\n",
        [
            "kantor.yml baris 2: Ada penanda dokumen kedua ('---' atau '...'); tulis satu dokumen saja tanpa penanda itu."
            " [yaml-satu-dokumen]"
        ],
        id="second document",
    ),
    pytest.param(
        b"a: 1\n...\n",
        b"a: '...'\n",
        [
            "kantor.yml baris 2: Ada penanda dokumen kedua ('---' atau '...'); tulis satu dokumen saja tanpa penanda itu."
            " [yaml-satu-dokumen]"
        ],
        id="document end",
    ),
    pytest.param(
        b"%YAML 1.1\n---\na: 1\n",
        b"# YAML 1.1\n---\na: 1\n",
        ["kantor.yml baris 1: Ada arahan YAML yang diawali '%'; hapus baris arahan itu. [yaml-arahan]"],
        id="directive",
    ),
    pytest.param(
        b"a: " + b"[" * 12 + b"]" * 12,
        b"a: " + b"[" * 11 + b"]" * 11,
        ["kantor.yml baris 1: Data bertingkat lebih dari 12 tingkat; susun lebih datar. [yaml-terlalu-dalam]"],
        id="too deep",
    ),
    pytest.param(
        b"[" * 60_000,
        b"{}",
        ["kantor.yml baris 1: Data bertingkat lebih dari 12 tingkat; susun lebih datar. [yaml-terlalu-dalam]"],
        id="depth bomb",
    ),
    pytest.param(
        b"a: " + b"x" * 65_534,
        b"a: " + b"x" * 65_533,
        ["kantor.yml: Data sebesar 65537 bita melebihi batas 65536 bita; ringkas isinya. [yaml-terlalu-besar]"],
        id="too large",
    ),
    pytest.param(
        b"a: 1\nb: \xff\n",
        "a: 1\nb: ÿ\n".encode(),
        ["kantor.yml baris 2: Teks tidak tersimpan sebagai UTF-8; simpan ulang berkas sebagai UTF-8. [teks-bukan-utf8]"],
        id="no UTF-8",
    ),
    pytest.param(
        b"\xef\xbb\xbfa: 1\n",
        b"a: 1\n",
        ["kantor.yml baris 1: Berkas diawali tanda BOM; simpan sebagai UTF-8 tanpa BOM. [teks-bom]"],
        id="byte order mark",
    ),
    pytest.param(
        b"a: 1\nb: 2\r\n",
        b"a: 1\nb: 2\n",
        [
            "kantor.yml baris 2: Baris diakhiri gaya Windows (CR LF); simpan ulang berkas dengan akhir baris LF."
            " [teks-akhir-baris]"
        ],
        id="CR LF",
    ),
    *(
        pytest.param(
            f"a: 1\nb: x{sign}y\n".encode(),
            b"a: 1\nb: x y\n",
            [
                f"kantor.yml baris 2: Ada pemisah baris tersembunyi {name}; hapus lalu ganti dengan baris baru biasa."
                " [teks-pemisah-baris]"
            ],
            id=name,
        )
        for sign, name in [("\u0085", "U+0085"), ("\u2028", "U+2028"), ("\u2029", "U+2029")]
    ),
    *(
        pytest.param(
            f"a: x{sign}y\n".encode(),
            "a: x\ty é\n".encode(),
            [
                f"kantor.yml baris 1: Ada karakter tersembunyi {name}; hapus lalu ketik ulang bagian itu."
                " [teks-karakter-kendali]"
            ],
            id=name,
        )
        for sign, name in [("\0", "U+0000"), ("\x1b", "U+001B"), ("\u200b", "U+200B"), ("\u00ad", "U+00AD"), ("\uffff", "U+FFFF")]
    ),
    pytest.param(
        "a: lap\u202egpj.md\n".encode(),
        b"a: lapgpj.md\n",
        [
            "kantor.yml baris 1: Ada karakter U+202E yang membalik arah tulisan; hapus karakter itu."
            " [teks-karakter-arah]"
        ],
        id="bidi override",
    ),
    pytest.param(
        b'a: "\\u202e"\n',
        b'a: "\\u0041"\n',
        [
            "kantor.yml baris 1: Ada karakter U+202E yang membalik arah tulisan; hapus karakter itu."
            " [teks-karakter-arah]"
        ],
        id="bidi override as an escape",
    ),
    pytest.param(
        "a: cafe\u0301\n".encode(),
        "a: café\n".encode(),
        [
            "kantor.yml baris 1: Ada huruf beraksen yang tersusun dari dua karakter; ketik ulang agar menjadi satu (NFC)."
            " [teks-bukan-nfc]"
        ],
        id="not NFC",
    ),
    pytest.param(
        b"a: 1\nb: c: d\n",
        b"a: 1\nb: 'c: d'\n",
        [
            "kantor.yml baris 2: Ada titik dua di kolom 5 yang tidak pada tempatnya; apit nilai bertitik dua dengan tanda"
            " kutip. [yaml-titik-dua]"
        ],
        id="colon in a value",
    ),
    pytest.param(
        b"a: 'x\nb: y\n",
        b"a: 'x'\nb: y\n",
        [
            "kantor.yml baris 1: Tanda kutip di kolom 4 tidak ditulis dengan benar; periksa penutup dan isinya."
            " [yaml-kutip-terbuka]"
        ],
        id="open quote",
    ),
    pytest.param(
        b"a: {b: c\nd: e\n",
        b"a: {b: c}\nd: e\n",
        [
            "kantor.yml baris 1: Tanda kurung di kolom 4 tidak ditutup dengan benar; periksa koma dan penutupnya."
            " [yaml-kurung-terbuka]"
        ],
        id="open brace",
    ),
    pytest.param(
        b"a:\n\tb: c\n",
        b"a:\n  b: c\n",
        ["kantor.yml baris 2: Ada tabulasi di kolom 1; pakai spasi untuk lekukan. [yaml-tab]"],
        id="tab as indent",
    ),
    pytest.param(
        b"a: @b\n",
        b"a: '@b'\n",
        [
            "kantor.yml baris 1: Tanda '@' di kolom 4 tidak boleh mengawali nilai; apit nilainya dengan tanda kutip."
            " [yaml-tanda-khusus]"
        ],
        id="reserved sign",
    ),
    pytest.param(
        b"a: 1\nbcd\n",
        b"a: 1\nbcd:\n",
        [
            "kantor.yml baris 3: Baris ini atau baris sebelumnya tidak berbentuk 'kunci: nilai'; beri titik dua dan satu"
            " spasi. [yaml-tanpa-titik-dua]"
        ],
        id="line without colon",
    ),
    pytest.param(
        b"a: ]\n",
        b"a: []\n",
        [
            "kantor.yml baris 1: Penulisan di kolom 4 tidak dapat dibaca; periksa lekukan, titik dua, dan tanda kutip di"
            " sekitarnya. [yaml-sintaks]"
        ],
        id="stray bracket",
    ),
    pytest.param(
        b"- a\n",
        b"a:\n- b\n",
        [
            "kantor.yml baris 1: Data tidak tersusun sebagai pasangan kunci dan nilai; tulis misalnya"
            " 'judul: Judul informasi'. [yaml-bukan-pasangan]"
        ],
        id="a list",
    ),
    pytest.param(
        b"# kosong\n",
        b"# kosong\n{}\n",
        [
            "kantor.yml baris 1: Data tidak tersusun sebagai pasangan kunci dan nilai; tulis misalnya"
            " 'judul: Judul informasi'. [yaml-bukan-pasangan]"
        ],
        id="nothing",
    ),
]


@pytest.mark.parametrize(("bad", "good", "sentences"), REFUSED)
def test_what_is_refused_and_its_legal_twin(bad, good, sentences):
    assert [finding.sentence() for finding in strict_yaml.load(bad, FILE)[1]] == sentences

    document, findings = strict_yaml.load(good, FILE)
    assert findings == []
    assert isinstance(document.data, dict)


def test_every_fault_is_named_at_once():
    content = "a: &x 1\nb: *x\na: !t 2\n<<: c\nd: x\u2028y\n? {e: f}\n: g\n".encode()

    document, findings = strict_yaml.load(content, FILE)

    assert [(finding.line, finding.rule) for finding in findings] == [
        (5, "teks-pemisah-baris"),
        (1, "yaml-jangkar"),
        (2, "yaml-rujukan"),
        (3, "yaml-kunci-ganda"),
        (3, "yaml-tag"),
        (4, "yaml-kunci-gabung"),
        (6, "yaml-kunci-bukan-teks"),
    ]
    assert document.data == {"a": "1", "b": "", "d": "x\N{REPLACEMENT CHARACTER}y"}


def test_every_scalar_is_a_string():
    content = b"no: yes\n1: 0123\ntrue: null\nd: 2026-02-30\ne: 12:30\nf: 19.01\ng:\nh: .nan\ni: ~\nj: [on, 1e3]\n"

    document, findings = strict_yaml.load(content, FILE)

    assert findings == []
    assert document.data == {
        "no": "yes", "1": "0123", "true": "null", "d": "2026-02-30", "e": "12:30", "f": "19.01", "g": "", "h": ".nan",
        "i": "~", "j": ["on", "1e3"],
    }  # fmt: skip


def test_every_path_has_its_line():
    content = b"# catatan\na: 1\nlangkah:\n  - urut: x\n    nama: y\n  -\n    urut: z\nb: |\n  satu\n  dua\nc: d\n"

    document, findings = strict_yaml.load(content, FILE, first_line=10)

    assert findings == []
    assert document.lines == {
        (): 11, ("a",): 11, ("langkah",): 12, ("langkah", 0): 13, ("langkah", 0, "urut"): 13,
        ("langkah", 0, "nama"): 14, ("langkah", 1): 16, ("langkah", 1, "urut"): 16, ("b",): 17, ("c",): 20,
    }  # fmt: skip
    assert document.line(("langkah", 1, "tiada")) == 16


def test_a_syntax_fault_counts_lines_of_the_whole_file():
    findings = strict_yaml.load(b"a: b: c\n", "index.md", first_line=2)[1]

    assert [(finding.rule, finding.line) for finding in findings] == [("yaml-titik-dua", 2)]


@given(st.binary(max_size=200) | st.text(alphabet="ab:[]{}-?!&*<>|'\"%@ \n\t\r#,.\0\u2028é", max_size=60).map(str.encode))
def test_no_input_is_answered_with_a_crash(content):
    document, findings = strict_yaml.load(content, FILE)

    assert (document is not None) or findings
    assert all(finding.file == FILE for finding in findings)
