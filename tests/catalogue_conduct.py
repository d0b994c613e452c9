"""The open catalogue's attacks by what a commit is: O order, roles, freeze; W time; M messages; F files."""

from __future__ import annotations

from attached import pdf
from moves import (
    BUTIR,
    MAIN,
    Attack,
    bearing,
    crowd,
    files,
    fresh_signature_kept,
    merged,
    outside_files,
    own_key,
    raw,
    step,
    work,
)

STEP_LINE = "SOP-Langkah: 1"
PAIR = "+0700\ncommitter"

ATTACKS: tuple[Attack, ...] = (
    *(
        Attack("O4", f"step {value!r}", raw(f"{STEP_LINE}\n", f"SOP-Langkah: {value}\n"), (rule,))
        for value, rule in (
            ("0", "trailer-nilai"),
            ("-1", "trailer-nilai"),
            ("dua", "trailer-nilai"),
            ("", "trailer-bentuk"),
        )
    ),
    Attack(
        "O5", "a role of one's own saying", raw(STEP_LINE, f"SOP-Peran: kabid\n{STEP_LINE}"), ("trailer-tak-dikenal",)
    ),
    Attack("O12", "a step moved without signing it anew", fresh_signature_kept, ("tanda-tangan-rusak",)),
    Attack(
        "O14",
        "policy and workflow on an item's branch",
        outside_files(".github/workflows/gerbang.yml", "mkdocs.yml", "schemas/a.json", "sop.yml"),
        ("di-luar-butir",) * 4,
    ),
    Attack("O15", "one's own key, brought along", own_key, ("di-luar-butir", "tanda-tangan-asing")),
    Attack("O21", "swapped parents", merged(parents=(BUTIR, MAIN)), ("main-induk",), MAIN),
    *(
        Attack("W6", f"offset {offset}", raw(PAIR, f"{offset}\ncommitter"), ("komit-identitas",))
        for offset in ("+9999", "-9959", "+1401", "-1300", "+0707", "+0760")
    ),
    *(
        Attack("W7", f"instant {text}", step(raw=("> 17", f"> {text}17")), ("komit-identitas",))
        for text in ("9999999", "+")
    ),
    *(
        Attack("M6", f"number {value!r}", raw(STEP_LINE, f"SOP-Langkah: {value}"), ("trailer-nilai",))
        for value in ("\u0661", "\u00b9", "\u2460", "\U0001d7cf")
    ),
    *(
        Attack("M7", f"number {value!r}", raw(f"{STEP_LINE}\n", f"SOP-Langkah: {value}\n"), (rule,))
        for value, rule in (
            ("+1", "trailer-nilai"),
            ("1_0", "trailer-nilai"),
            ("1.0", "trailer-nilai"),
            ("0x1", "trailer-nilai"),
            (" 1", "trailer-bentuk"),
            ("1 ", "trailer-bentuk"),
            ("1\u00a0", "trailer-bentuk"),
        )
    ),
    *(
        Attack("M13", f"sign {ord(sign):04X}", step(note=f"Catatan {sign} ini."), ("pesan-karakter",))
        for sign in "\x1b\x07\u202e\u2066\u200b\ufeff\u0085"
    ),
    Attack("M13", "letters that are put together", step(note="cafe\u0301"), ("pesan-karakter",)),
    Attack("M14", "five megabytes", step(note="catatan " * 650_000), ("pesan-panjang",)),
    Attack("F2", ".gitmodules", work(".gitmodules", "[submodule]\n"), ("berkas-nama", "lampiran-jenis")),
    *(
        Attack("F5", f"{name} beside a.csv", files(files={"a.csv": "a,b\n1,2\n", name: "a,b\n1,2\n"}), ("berkas-nama",))
        for name in ("A.csv", "a.CSV")
    ),
    *(Attack("F6", f"name {name!a}", work(name), ("berkas-nama",)) for name in ("caf\u00e9.csv", "cafe\u0301.csv")),
    *(Attack("F7", f"name {name}", work(name), ("berkas-nama",)) for name in ("-rf.csv", "--upload-pack=x.csv")),
    *(
        Attack("F8", f"name {name!a}", work(name), ("berkas-nama",))
        for name in ("a\tb.csv", 'a"b.csv', "a\nb.csv", "a\\b.csv")
    ),
    *(
        Attack("F9", f"name {name!a}", work(name), ("berkas-nama",))
        for name in ("lap\u202egpj.csv", "con.csv", "aux.csv", "nul.csv", "com1.csv", "lpt9.csv")
    ),
    *(
        Attack("F9", f"name {name!a}", work(name), ("berkas-nama", "lampiran-jenis"))
        for name in ("a.csv.", "a.csv ", "a.csv::$data")
    ),
    Attack("F10", "sixty folders", work("/".join("a" * 60) + "/a.csv"), ("berkas-subfolder",)),
    Attack("F12", "twenty thousand files", crowd(20_000), ("berkas-banyak",)),
    *(
        Attack("F13", f"name {name}", work(name), ("berkas-nama", "lampiran-jenis"))
        for name in (".gitattributes", ".mailmap", ".gitignore", ".htaccess")
    ),
    Attack("F14", "a page named pdf", bearing("a.pdf", b"<html><script>1</script></html>"), ("lampiran-isi-lain",)),
    Attack("F14", "a page and a pdf in one", bearing("a.pdf", b"<html></html>" + pdf()), ("lampiran-isi-lain",)),
    *(
        Attack(
            "F15", f"a file of kind {name}", bearing(name, b"<svg onload='1'/>"), ("lampiran-jenis", "lampiran-jenis")
        )
        for name in ("a.svg", "a.html", "a.js", "a.php")
    ),
    Attack(
        "F16",
        "an attachment that is not there",
        bearing("a.csv", b"a,b\n1,2\n", listed="b.csv"),
        ("lampiran-tidak-ada", "lampiran-tak-disebut"),
    ),
    *(
        Attack(
            "F17",
            f"attachment {path}",
            bearing("a.csv", b"a,b\n1,2\n", listed=path),
            ("lampiran-keluar-folder", "lampiran-tak-disebut"),
        )
        for path in ("../../petugas.yml", "/etc/passwd", "..%2fpetugas.yml", "..\\petugas.yml")
    ),
    Attack(
        "F18",
        "a pointer to a large file",
        bearing("a.csv", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 12\n"),
        ("lampiran-penunjuk",),
    ),
)
