"""The open catalogue's attacks by what an item holds: Y front matter, C content, L attachments."""

from __future__ import annotations

import attached
from attached import docx, link, outside, pdf, xlsx
from moves import Attack, author, bearing, front, hidden, instead, outside_files, written
from test_attachments_pdf import ACTIVE
from test_personal_data import NIK

ATTACKS: tuple[Attack, ...] = (
    Attack("Y1", "a class written twice", front("klasifikasi: serta_merta"), ("yaml-kunci-ganda",)),
    Attack(
        "Y2",
        "anchors and aliases",
        front("a: &a [x, x]\nb: *a"),
        ("yaml-jangkar", "yaml-rujukan", "skema-tak-dikenal", "skema-tak-dikenal"),
    ),
    *(
        Attack("Y3", f"tag {tag}", instead("Sekretariat", f"{tag} Sekretariat"), ("yaml-tag",))
        for tag in ("!!python/object/apply:os.system", "!!binary", "!!set", "!x", "!!str")
    ),
    Attack("Y4", "two thousand brackets", instead("Sekretariat", "[" * 2000), ("yaml-terlalu-dalam",)),
    Attack("Y5", "30 February", front("tanggal_pembuatan: 2026-02-30"), ("skema-tanggal-mustahil",)),
    Attack("Y6", "no for yes", instead("bukan_dikecualikan: ya", "bukan_dikecualikan: no"), ("skema-tetap",)),
    Attack("Y7", "two documents", front("...\n--- \na: b"), ("yaml-satu-dokumen",) * 2),
    Attack("Y8", "keys that are no words", front("1: a\ntrue: b"), ("skema-tak-dikenal", "skema-tak-dikenal")),
    Attack("Y9", "infinity", front("tanggal_pembuatan: .inf"), ("skema-tanggal-bentuk",)),
    *(
        Attack("Y10", f"sign {ord(sign):04X}", instead("Rencana Kerja", f"Rencana{sign}Kerja"), (f"teks-{rule}",))
        for sign, rule in zip(
            "\u0085\u2028\ufeff\u200b\u202e\x07",
            ("pemisah-baris",) * 2 + ("karakter-kendali",) * 2 + ("karakter-arah", "karakter-kendali"),
            strict=True,
        )
    ),
    Attack("Y11", "a field that there is not", front("templat: x"), ("skema-tak-dikenal",)),
    Attack("Y11", "a field that is missing", instead("unit_asal: Sekretariat\n", ""), ("skema-wajib-petunjuk",)),
    Attack("Y11", "a class in capitals", instead("berkala", "Berkala"), ("skema-pilihan",)),
    Attack("Y12", "a date of no calendar", front("tanggal_pembuatan: '2026-99-99'"), ("skema-tanggal-mustahil",)),
    Attack("Y13", "a line's end in a value", front('tanggal_pembuatan: "2026-03-02\\n"'), ("skema-tanggal-bentuk",)),
    *(
        Attack("Y14", f"mkdocs' own field {field}", front(field), ("skema-tak-dikenal",))
        for field in ("title: 5", "hide: 5", "template: ../../etc/passwd", "icon: ../../x")
    ),
    *(
        Attack("C1", text, written(text), ("isi-html",))
        for text in (
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<iframe src=x></iframe>",
            "<form></form>",
            "<style>a{}</style>",
            "<base href=x>",
            "<meta http-equiv=refresh>",
            "<svg onload=x>",
            "<!-- catatan -->",
            "<?php 1 ?>",
            "<![CDATA[x]]>",
        )
    ),
    *(
        Attack("C1", text, written(text), ("isi-html", "isi-html"))
        for text in ("<object></object>", "teks <b onclick=x>tebal</b>")
    ),
    *(
        Attack("C2", text, written(text), ("isi-tautan",))
        for text in (
            "[x](JaVaScRiPt:alert(1))",
            "[x](&#106;avascript:alert(1))",
            "[x](java&#9;script:alert(1))",
            "[x](data:text/html;base64,eA==)",
            "[x](vbscript:x)",
            "[x](file:///etc/passwd)",
            "<javascript:alert(1)>",
            "[x][1]\n\n[1]: javascript:alert(1)",
        )
    ),
    Attack("C4", "another file put in", written('--8<-- "mkdocs.yml"'), ("isi-sisipan",)),
    Attack("C4", "an address put in", written("--8<-- https://jahat.example/x"), ("isi-sisipan",)),
    Attack("C6", "a number in a comment", written(f"<!-- {NIK} -->"), ("pribadi-nik", "isi-html")),
    *(
        Attack("C8", text, written(text), ("isi-tautan",))
        for text in ("[x](//jahat.example/)", "[x](\\\\\\\\jahat.example)")
    ),
    Attack("C8", "a picture from elsewhere", written("![x](//jahat.example/a.png)"), ("isi-gambar",)),
    Attack(
        "C9",
        "the theme's own files",
        outside_files("docs/assets/javascripts/bundle.js", "docs/search/main.js"),
        ("di-luar-butir",) * 2,
    ),
    *(
        Attack("C10", f"a number as {text!a}", written(f"Pemohon {text}."), ("pribadi-nik",))
        for text in (
            NIK,
            " ".join(NIK[at : at + 4] for at in range(0, 16, 4)),
            ".".join(NIK[at : at + 4] for at in range(0, 16, 4)),
            "-".join(NIK[at : at + 4] for at in range(0, 16, 4)),
            f"{NIK[:8]}**{NIK[8:]}**",
        )
    ),
    Attack(
        "C10",
        "a number with soft hyphens",
        written("Pemohon " + "\u00ad".join(NIK)),
        ("pribadi-nik", "teks-karakter-kendali"),
    ),
    *(
        Attack(
            "C11",
            f"digits of {kind}",
            written("NIK " + "".join(chr(zero + int(digit)) for digit in NIK)),
            ("pribadi-nik",),
        )
        for kind, zero in (("full width", 0xFF10), ("Arabic", 0x660), ("Devanagari", 0x966), ("mathematics", 0x1D7CE))
    ),
    Attack("C12", "a mobile number", written("Hubungi 0812-3456-7890."), ("pribadi-ponsel",)),
    Attack("C12", "a private address", written("Surel budi.santoso@gmail.com."), ("pribadi-surel",)),
    Attack("C12", "a bank account", written("Rekening BRI 1234-01-567890-50-1."), ("pribadi-rekening",)),
    Attack(
        "C15", "the exempt class", instead("klasifikasi: berkala", "klasifikasi: dikecualikan"), ("butir-dikecualikan",)
    ),
    Attack("C15", "a mark of secrecy", written("RAHASIA"), ("isi-rahasia",)),
    Attack(
        "L1",
        "a bomb",
        bearing("a.xlsx", attached.with_member(xlsx(), "xl/worksheets/sheet2.xml", b"<a>" + b" " * 60_000_000)),
        ("lampiran-mengembang",),
    ),
    Attack("L2", "a hidden sheet", bearing("a.xlsx", xlsx(hidden)), ("lampiran-tersembunyi",)),
    Attack(
        "L3", "macros", bearing("a.xlsx", attached.with_member(xlsx(), "xl/vbaProject.bin", b"x")), ("lampiran-aktif",)
    ),
    Attack(
        "L3",
        "an external link",
        bearing("a.docx", docx(links=[outside("attachedTemplate", "https://jahat.example/x.dotm")])),
        ("lampiran-isi-luar",),
    ),
    Attack(
        "L4",
        "a member outside",
        bearing("a.xlsx", attached.with_member(xlsx(), "../../x", b"x")),
        ("lampiran-susunan",),
    ),
    Attack(
        "L5",
        "a billion laughs",
        bearing(
            "a.docx", attached.with_member(docx(), "customXml/item1.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
        ),
        ("lampiran-doctype",),
    ),
    *(
        Attack(
            "L7" if place else "L6",
            f"active content {place}",
            bearing("a.pdf", pdf(change)),
            ("lampiran-aktif",) * len(unsur),
        )
        for place, (change, unsur) in enumerate(list(ACTIVE.values())[:4])
    ),
    Attack("L7", "a link that runs", bearing("a.pdf", pdf(link("javascript:x"))), ("lampiran-tautan",)),
    Attack("L8", "the maker's name", bearing("a.xlsx", xlsx(author)), ("lampiran-metadata",)),
    Attack("L9", "a file that was cut off", bearing("a.pdf", pdf()[:-40]), ("lampiran-rusak",)),
    Attack("L9", "a packed file that was cut off", bearing("a.docx", docx()[:-40]), ("lampiran-rusak",)),
)
