"""Every sentence that refuses something, by rule id: the one place where a rule becomes Indonesian words.

A sentence says what is wrong, quotes the person's own value, and says what would be right. The place
(file, line, commit) is added by `finding`. Values are shown through `quote`, which never lets personal data
or control characters through.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

SHOWN_CHARACTERS = 160
NOTE_CHARACTERS = 1000

RULES: dict[str, str] = {
    # The finished site
    "keluaran-skrip": "halaman jadi memuat skrip yang bukan milik tema; situs tidak diterbitkan, laporkan kepada pengelola.",
    "keluaran-unsur": "halaman jadi memuat unsur {unsur} yang tidak diizinkan; situs tidak diterbitkan, laporkan kepada pengelola.",
    "keluaran-atribut": "halaman jadi memuat atribut {atribut} yang menjalankan sesuatu; situs tidak diterbitkan, laporkan kepada pengelola.",
    "keluaran-alamat": "halaman jadi memuat alamat {alamat} yang tidak diizinkan; situs tidak diterbitkan, laporkan kepada pengelola.",
    "keluaran-berkas": "hasil bangun memuat berkas yang tidak dikenal; situs tidak diterbitkan, laporkan kepada pengelola.",
    # Server
    "server-kait-tiada": "kait {kait} tidak ada atau tidak dapat dijalankan, sehingga git menerima apa saja; siapkan ulang dengan `sopan server perbaiki`.",
    "server-kait-jam": "kait {kait} memakai jam tetap, yang hanya untuk pengujian; siapkan ulang dengan `sopan server perbaiki`.",
    "server-kait-lain": "kait {kait} berbeda dari yang ditulis Sopan; siapkan ulang dengan `sopan server perbaiki`.",
    "server-kenari": "server menerima komit percobaan yang tidak ditandatangani siapa pun, jadi gerbangnya tidak bekerja; hentikan kiriman, lalu periksa `core.hooksPath` dan hak menjalankan berkas kait.",
    "server-rilis-tiada": "rilis Sopan yang terpasang tidak lengkap; pasang dengan `sopan server rilis`.",
    "server-setelan": "setelan git {kunci} bernilai {nilai}, seharusnya {seharusnya}; siapkan ulang dengan `sopan server perbaiki`.",
    "server-kunci-tiada": "kunci agenda tidak ada; pulihkan dari cadangan, karena tanpa kunci itu tidak ada yang dapat dicatat.",
    "server-kunci-terbuka": "kunci agenda terbaca oleh akun lain; jalankan chmod 600 pada berkas itu.",
    "server-ref-asing": "rujukan {ref} tidak dikenal; periksa siapa yang membuatnya, lalu hapus.",
    "server-alarm": "{sebab}",
    "server-buang": "cabang {ref} tercatat dibuang tetapi masih ada; jalankan lagi `sopan server buang`.",
    "server-antrean": "antrean {berkas} belum tercatat di agenda; jalankan `sopan server jaga`.",
    "server-situs-usang": "situs {situs} belum sama dengan main; jalankan `sopan server jaga`.",
    "server-tayang-tertunda": "halaman {butir} belum terbukti tayang; periksa server web, lalu jalankan `sopan server jaga`.",
    # What the gate cannot judge
    "tak-ternilai": "{sebab}",
    # Audit
    "audit-awal": "catatan pertama agenda bukan catatan pangkal, jadi awalnya terpotong; ambil agenda yang lengkap dari server atau cadangan.",
    "audit-pangkal": "agenda ini berpangkal pada {pangkal}, bukan {seharusnya} seperti yang Anda sebut; pastikan klon ini dari kantor yang dimaksud.",
    "audit-pangkal-ganda": "catatan {nomor} menyatakan pangkal sekali lagi, padahal pangkal hanya ada di catatan 0; bandingkan dengan cadangan agenda.",
    "audit-rusak": "catatan {nomor} tidak terbaca sebagai catatan agenda; pulihkan dari cadangan agenda.",
    "audit-rantai": "catatan {nomor} mempunyai {jumlah} induk, padahal induknya hanya catatan sebelumnya; bandingkan dengan cadangan agenda.",
    "audit-bentuk": "catatan {nomor} tidak berbentuk seperti yang ditulis server; bandingkan dengan cadangan agenda.",
    "audit-tanda-tangan": "catatan {nomor} tidak bertanda tangan sah, jadi isinya diubah atau tidak ditulis server; bandingkan dengan cadangan agenda.",
    "audit-kunci": "catatan {nomor} ditandatangani kunci {kunci}, bukan kunci server {seharusnya}; bandingkan dengan cadangan agenda.",
    "audit-kunci-server": "agenda ini ditandatangani kunci {kunci}, bukan {seharusnya} seperti yang Anda sebut; pastikan klon ini dari kantor yang dimaksud.",
    "audit-waktu": "catatan {nomor} bertanggal {waktu}, mendahului catatan sebelumnya {sebelum}; bandingkan dengan cadangan agenda.",
    "audit-lama": "catatan {nomor} memindahkan {ref} dari {lama}, padahal catatan sebelumnya meninggalkannya di {seharusnya}; ada catatan yang hilang, ditukar, atau disisipkan.",
    "audit-mundur": "catatan {nomor} memindahkan {ref} ke {baru}, yang bukan kelanjutan {lama}; server menolak gerak seperti itu.",
    "audit-objek": "catatan {nomor} menyebut komit {komit} yang tidak ada di repositori ini; ambil semua cabang dari server, lalu ulangi.",
    "audit-terima-kurang": "catatan {nomor} tidak menyebut komit {komit}, padahal gerak ini yang pertama membawanya; waktu terimanya tidak terbukti.",
    "audit-terima-lebih": "catatan {nomor} menyebut komit {komit}, padahal gerak ini tidak membawanya; waktu terimanya palsu.",
    "audit-terima-urutan": "catatan {nomor} menyebut komit {komit} sebelum induknya; server menulis induk lebih dahulu.",
    "audit-kebijakan": "catatan {nomor} menyebut kebijakan versi {versi}, padahal yang berlaku saat itu versi {seharusnya}; bandingkan dengan cadangan agenda.",
    "audit-tayang": "catatan {nomor} menyatakan {butir} tayang dari {komit}, yang bukan penggabungan butir itu pada main; bukti tayangnya palsu.",
    "audit-tayang-alamat": "catatan {nomor} menyatakan {butir} tayang di {alamat}, padahal alamatnya {seharusnya}; bukti tayangnya palsu.",
    "audit-ref": "{ref} berada di {kini}, padahal menurut agenda di {seharusnya}; ambil ulang cabang dan agenda, dan bila tetap begitu, {ref} bergerak tanpa catatan.",
    "audit-ref-hilang": "{ref} tidak ada di sini, padahal menurut agenda di {seharusnya}; ambil ulang semua cabang dari server.",
    "audit-ref-asing": "{ref} tidak pernah dicatat agenda; cabang itu dibuat tanpa gerbang, jadi periksa siapa yang membuatnya.",
    "audit-dicabut": "langkah ini pada butir {butir} dibuat dengan kunci yang ternyata sudah dicabut ketika diterima; butir itu perlu ditempuh lagi.",
    # Commit objects
    "komit-kepala": "kepala komit ini tidak berbentuk baku; buat komit hanya dengan perintah sopan, tanpa kepala tambahan.",
    "komit-identitas": "nama, surel, atau tanggal pada komit ini tidak berbentuk baku; buat komit hanya dengan perintah sopan.",
    "pesan-panjang": "pesan komit berukuran {ukuran} bita, melebihi batas {batas}; ringkas catatannya.",
    "pesan-utf8": "pesan komit bukan teks UTF-8; tulis ulang catatannya sebagai teks biasa.",
    "pesan-karakter": "pesan komit memuat karakter kendali atau karakter tak tampak; tulis ulang catatannya sebagai teks biasa.",
    "trailer-letak": "baris SOP-… harus berkumpul di paragraf terakhir pesan, sesudah judul, dan tidak di tempat lain; buat ulang dengan perintah sopan.",
    "trailer-akhir": "pesan harus berakhir tepat pada baris SOP-… terakhir; hapus baris kosong sesudahnya.",
    "trailer-bentuk": "ada baris di paragraf SOP-… yang tidak berbentuk “SOP-Kunci: nilai”; setiap baris di paragraf itu harus berbentuk demikian.",
    "trailer-ganda": "{kunci} tertulis lebih dari sekali; tulis tepat satu kali.",
    "trailer-tak-dikenal": "{kunci} tidak dikenal; yang dikenal hanya {daftar}, dengan huruf besar-kecil persis demikian.",
    "trailer-nilai": "nilai {kunci} “{nilai}” tidak berbentuk baku; bentuk yang benar: SOP-Butir <tahun>/<nama>, langkah sebuah angka, SOP-Isi sha256:…, SOP-Rawat setuju atau gabung, SOP-Bukti github …, lainnya ya.",
    "trailer-susunan": "gabungan {kunci} bukan tindakan yang dikenal; buat ulang komit ini dengan perintah sopan.",
    "induk-jumlah": "komit ini mempunyai {jumlah} induk, seharusnya {seharusnya}; cabang butir berjalan lurus tanpa penggabungan.",
    # Signature and identity
    "tanda-tangan-tiada": "komit ini tidak ditandatangani; setiap komit harus ditandatangani dengan kunci petugas.",
    "tanda-tangan-asing": "komit ini ditandatangani dengan kunci yang tidak terdaftar di petugas.yml; gunakan kunci petugas yang terdaftar.",
    "tanda-tangan-masa": "kunci {petugas} tidak berlaku pada saat komit ini diterima; gunakan kunci yang masih berlaku menurut petugas.yml.",
    "tanda-tangan-dicabut": "kunci {petugas} sudah dicabut pada saat komit ini diterima; gunakan kunci baru yang terdaftar di petugas.yml.",
    "tanda-tangan-rusak": "tanda tangan tidak cocok dengan isi komit ini; komit telah diubah setelah ditandatangani, jadi buat ulang.",
    "identitas-lain": "nama atau surel pada komit ini bukan milik {petugas} yang menandatanganinya; gunakan nama dan surel menurut petugas.yml.",
    # Evidence of another forge
    "bukti-pencatat-tiada": "komit ini menyebut SOP-Bukti, padahal petugas.yml tidak menetapkan kunci pencatat; bertindaklah dengan perintah sopan, atau daftarkan pencatat dahulu.",
    "bukti-pencatat": "komit ini menyebut SOP-Bukti, tetapi tidak ditandatangani kunci pencatat di petugas.yml; bertindaklah di GitHub, supaya pencatat yang mencatatnya.",
    "bukti-pencatat-masa": "kunci pencatat tidak berlaku atau sudah dicabut pada saat komit ini diterima; pasang kunci pencatat yang berlaku, lalu ulangi tindakan ini.",
    "bukti-akun": "akun GitHub pada SOP-Bukti bukan akun petugas mana pun di petugas.yml; daftarkan nomor akunnya, lalu ulangi tindakan ini.",
    "bukti-ujung": "SOP-Bukti diberikan atas {tertulis}, padahal komit ini berdiri di atas {seharusnya}; ulangi tindakan ini atas keadaan terakhir.",
    "bukti-waktu": "SOP-Bukti bertanggal {tanggal}, sesudah komit ini diterima ({terima}); periksa jam mesin pencatat, lalu ulangi tindakan ini.",
    "bukti-kerja": "suntingan dari penyunting GitHub ini belum diserahkan oleh pemegang giliran di GitHub; serahkan langkahnya di sana dengan /lanjut.",
    # Time
    "waktu-penulis": "waktu penulis berbeda dari waktu pencatat; buat ulang komit ini sehingga keduanya sama.",
    "waktu-terima": "komit bertanggal {tanggal}, lebih dari {menit} menit dari saat diterima ({terima}); periksa jam komputer, lalu buat ulang tindakan ini.",
    "waktu-mundur": "komit bertanggal {tanggal}, lebih dahulu dari komit sebelumnya ({sebelum}); periksa jam komputer, lalu buat ulang tindakan ini.",
    "waktu-kerja": "komit kerja bertanggal {tanggal}, di luar masa antara langkah sebelumnya ({awal}) dan saat diterima ({akhir}); buat ulang komit ini.",
    "waktu-depan": "komit bertanggal {tanggal}, sesudah saat ini; tanpa agenda penerimaan, waktunya tidak dapat dilaporkan.",
    # The chain
    "butir-lain": "komit ini menyebut butir {tertulis}, padahal cabang ini milik butir {seharusnya}; buat ulang untuk butir yang benar.",
    "isi-tak-cocok": "SOP-Isi {tertulis}… tidak sama dengan isi folder butir {seharusnya}…; buat ulang langkah ini atas isi yang terakhir.",
    "isi-berubah": "isi butir berubah pada langkah {langkah} ({tindakan}) yang tidak boleh mengubah isi; kembalikan dahulu ke langkah isi.",
    "kerja-di-luar-langkah-isi": "isi tidak boleh disunting sekarang; yang ditunggu {ditunggu}.",
    "mulai-bukan-giliran": "langkah {langkah} belum dapat dimulai; yang ditunggu {ditunggu}.",
    "mulai-ulang": "langkah {langkah} sudah Anda mulai; waktu mulai hanya dicatat sekali, jadi lanjutkan saja.",
    "langkah-tak-ada": "langkah {langkah} tidak ada; langkah yang dikerjakan petugas adalah {daftar}.",
    "langkah-ulang": "langkah {langkah} sudah dibuat; yang ditunggu {ditunggu}.",
    "langkah-urutan": "langkah {langkah} mendahului urutan; yang ditunggu {ditunggu}.",
    "langkah-terakhir": "langkah {langkah} adalah penggabungan ke main dan dibuat hanya dengan itu; gunakan `sopan lanjut`.",
    "bukan-giliran": "{petugas} tidak memegang peran yang sedang ditunggu; sekarang ditunggu {ditunggu}.",
    "peran-rangkap": "{petugas} sudah bertindak sebagai {lama} pada putaran ini; tindakan sebagai {baru} harus dilakukan orang lain.",
    "kembali-alasan": "pengembalian ini tanpa alasan; tulis alasannya di bawah judul pesan (`--alasan`).",
    "kembali-sasaran": "tidak dapat dikembalikan ke langkah {sasaran} selagi menunggu {ditunggu}; sasaran yang mungkin: {daftar}.",
    "batal-alasan": "pembatalan ini tanpa alasan; tulis alasannya di bawah judul pesan (`--alasan`).",
    "batal-kosong": "tidak ada pengajuan yang berjalan untuk dibatalkan; mulai dahulu dengan `sopan serahkan`.",
    "batal-giliran": "{petugas} tidak dapat membatalkan; pembatalan adalah wewenang {peran}.",
    "putaran-selesai": "putaran ini sudah ditutup dengan penerbitan; mulai pengajuan baru dari main terbaru.",
    "selaras-kosong": "tidak ada pengajuan yang berjalan untuk diselaraskan; mulai dahulu dengan `sopan serahkan`.",
    "selaras-isi": "penyelarasan harus memuat persis isi main terbaru; buat ulang dengan `sopan selaraskan`.",
    "selaras-main": "induk kedua penyelarasan bukan ujung main; ambil main terbaru, lalu ulangi `sopan selaraskan`.",
    # Trees
    "di-luar-butir": "berkas ini di luar folder {folder}; satu cabang butir hanya boleh mengubah folder butirnya.",
    "berkas-jenis": "bukan berkas biasa (mode {mode}); tautan, submodul, dan berkas yang dapat dijalankan tidak diterima.",
    "berkas-nama": "nama berkas ini tidak diterima; gunakan huruf kecil a-z, angka, tanda hubung, titik, dan garis bawah, paling panjang {batas} bita, dan bukan nama perangkat Windows seperti con.",
    "berkas-subfolder": "folder butir tidak boleh memuat subfolder; letakkan berkas langsung di samping index.md.",
    "berkas-banyak": "folder butir memuat {jumlah} berkas, melebihi batas {batas}; kurangi lampirannya.",
    "berkas-besar": "berkas berukuran {ukuran} bita, melebihi batas {batas}; perkecil atau pecah berkas ini.",
    "index-tiada": "folder butir tidak memuat index.md; setiap butir mempunyai satu index.md.",
    # Refs and merges
    "ref-terlarang": "rujukan {ref} tidak boleh dikirim; yang boleh hanya main, butir/<tahun>/<nama>, dan rawat/<nama>.",
    "ref-hapus": "cabang {ref} tidak boleh dihapus; riwayat harus tetap utuh.",
    "ref-paksa": "kiriman ke {ref} menghapus riwayat yang sudah diterima; ambil yang terbaru, lalu lanjutkan dari sana tanpa paksa.",
    "ref-butir": "cabang {ref} bukan nama butir yang sah; gunakan butir/<tahun>/<nama-butir>.",
    "cabang-kosong": "cabang ini tidak memuat langkah apa pun; mulai dengan `sopan serahkan`.",
    "cabang-pangkal": "cabang ini tidak berpangkal pada main; mulai ulang cabang dari main terbaru.",
    "cabang-dibuang": "komit ini sudah dibuang dari server dan tidak diterima lagi; mulai cabang yang bersih dari main terbaru.",
    "main-bukan-gabungan": "main hanya bergerak dengan penggabungan dua induk yang utuh rantainya; kirimkan langkah terakhir dengan `sopan lanjut`, bukan komit langsung, squash, atau rebase.",
    "main-induk": "induk pertama penggabungan bukan ujung main; ambil main terbaru, lalu ulangi `sopan lanjut`.",
    "main-cabang": "induk kedua penggabungan tidak membawa satu komit pun yang baru; tidak ada yang dapat diterbitkan.",
    "main-pohon": "berkas ini pada penggabungan berbeda dari yang disetujui; penggabungan hanya mengganti folder butir {folder} dengan isi cabangnya.",
    "main-butir-berubah": "folder butir di main sudah berubah sejak cabang ini dimulai; jalankan `sopan selaraskan`, lalu tempuh langkahnya kembali.",
    # Maintenance
    "rawat-susunan": "komit ini bukan komit pemeliharaan; cabang rawat memuat komit biasa dan ditutup satu persetujuan (SOP-Rawat: setuju).",
    "rawat-butir": "pemeliharaan tidak boleh menyentuh butir informasi; ubah butir melalui cabang butirnya sendiri.",
    "rawat-wewenang": "{petugas} tidak berwenang memelihara; yang berwenang adalah pemegang peran {peran}.",
    "rawat-setuju-tiada": "pemeliharaan ini belum disetujui petugas kedua; minta petugas lain menyetujuinya dengan `sopan rawat setujui`.",
    "rawat-setuju-sendiri": "{petugas} tidak dapat menyetujui perubahan yang dibuatnya sendiri; minta petugas lain.",
    "rawat-hak-sendiri": "{petugas} tidak dapat menyetujui perubahan atas jabatan, kunci, atau data dirinya sendiri di petugas.yml; minta petugas lain.",
    "rawat-setuju-kosong": "komit persetujuan tidak boleh mengubah berkas; buat komit kosong.",
    "rawat-setuju-sudah": "sesudah persetujuan tidak boleh ada komit lain; mulai cabang rawat yang baru.",
    "rawat-isi": "SOP-Isi {tertulis}… tidak sama dengan berkas yang berubah {seharusnya}…; buat ulang persetujuan atas keadaan terakhir.",
    "rawat-penggabung": "{petugas} bukan pembuat dan bukan penyetuju perubahan ini; salah satu dari keduanya yang menggabungkan.",
    "rawat-versi": "kebijakan berubah, tetapi versi {baru} tidak lebih tinggi dari versi sebelumnya, {lama}; naikkan versinya.",
    "rawat-cabut": "pencabutan kunci sejak {sejak} hilang atau dimundurkan; kunci yang dicabut tetap dicabut, jadi kembalikan baris itu pada `dicabut`.",
    "rawat-usang": "berkas di luar butir pada main sudah berubah sejak cabang ini dimulai; buat cabang rawat baru dari main terbaru.",
    "rawat-sah": "kebijakan sesudah perubahan ini tidak sah. {sebab}",
    "rawat-pohon": "penggabungan ini berbeda dari cabangnya atau menyentuh butir; penggabungan hanya membawa perubahan cabang di luar {folder}.",
    # Plain text
    "teks-bom": "Berkas diawali tanda BOM; simpan sebagai UTF-8 tanpa BOM.",
    "teks-bukan-utf8": "Teks tidak tersimpan sebagai UTF-8; simpan ulang berkas sebagai UTF-8.",
    "teks-akhir-baris": "Baris diakhiri gaya Windows (CR LF); simpan ulang berkas dengan akhir baris LF.",
    "teks-pemisah-baris": "Ada pemisah baris tersembunyi {karakter}; hapus lalu ganti dengan baris baru biasa.",
    "teks-karakter-arah": "Ada karakter {karakter} yang membalik arah tulisan; hapus karakter itu.",
    "teks-karakter-kendali": "Ada karakter tersembunyi {karakter}; hapus lalu ketik ulang bagian itu.",
    "teks-bukan-nfc": "Ada huruf beraksen yang tersusun dari dua karakter; ketik ulang agar menjadi satu (NFC).",
    # Data files (strict YAML and schemas)
    "yaml-terlalu-besar": "Data sebesar {ukuran} bita melebihi batas {batas} bita; ringkas isinya.",
    "yaml-terlalu-dalam": "Data bertingkat lebih dari {batas} tingkat; susun lebih datar.",
    "yaml-satu-dokumen": "Ada penanda dokumen kedua ('---' atau '...'); tulis satu dokumen saja tanpa penanda itu.",
    "yaml-arahan": "Ada arahan YAML yang diawali '%'; hapus baris arahan itu.",
    "yaml-bukan-pasangan": "Data tidak tersusun sebagai pasangan kunci dan nilai; tulis misalnya 'judul: Judul informasi'.",
    "yaml-kunci-ganda": "Kunci '{kunci}' sudah ditulis di baris {pertama}; tulis setiap kunci sekali saja.",
    "yaml-kunci-bukan-teks": "Kunci ditulis sebagai daftar atau kelompok; tulis kunci sebagai satu kata.",
    "yaml-kunci-gabung": "Kunci gabung '<<' tidak diterima; tulis setiap isian secara lengkap.",
    "yaml-jangkar": "Jangkar '&{nama}' tidak diterima; tulis nilainya langsung, atau apit dengan tanda kutip.",
    "yaml-rujukan": "Rujukan '*{nama}' tidak diterima; tulis nilainya langsung, atau apit dengan tanda kutip.",
    "yaml-tag": "Tag '{tag}' tidak diterima; tulis nilainya saja, atau apit dengan tanda kutip.",
    "yaml-titik-dua": "Ada titik dua di kolom {kolom} yang tidak pada tempatnya; apit nilai bertitik dua dengan tanda kutip.",
    "yaml-tanpa-titik-dua": "Baris ini atau baris sebelumnya tidak berbentuk 'kunci: nilai'; beri titik dua dan satu spasi.",
    "yaml-kutip-terbuka": "Tanda kutip di kolom {kolom} tidak ditulis dengan benar; periksa penutup dan isinya.",
    "yaml-kurung-terbuka": "Tanda kurung di kolom {kolom} tidak ditutup dengan benar; periksa koma dan penutupnya.",
    "yaml-tab": "Ada tabulasi di kolom {kolom}; pakai spasi untuk lekukan.",
    "yaml-tanda-khusus": "Tanda '{tanda}' di kolom {kolom} tidak boleh mengawali nilai; apit nilainya dengan tanda kutip.",
    "yaml-sintaks": "Penulisan di kolom {kolom} tidak dapat dibaca; periksa lekukan, titik dua, dan tanda kutip di sekitarnya.",
    "skema-wajib": "Isian {isian} belum ada; tambahkan.",
    "skema-wajib-petunjuk": "Isian {isian} belum ada; tambahkan: {petunjuk}.",
    "skema-tak-dikenal": "Isian '{kunci}' tidak dikenal; hapus, atau periksa ejaannya.",
    "skema-tak-dikenal-mirip": "Isian '{kunci}' tidak dikenal; mungkin maksudnya '{mirip}'.",
    "skema-kosong": "Isian {isian} masih kosong; isi nilainya.",
    "skema-kosong-pilihan": "Isian {isian} masih kosong; pilih salah satu: {pilihan}.",
    "skema-pilihan": "Nilai '{nilai}' pada {isian} tidak tersedia; pilih salah satu: {pilihan}.",
    "skema-tetap": "Nilai '{nilai}' pada {isian} tidak diterima; tulis '{pilihan}'.",
    "skema-pola": "Nilai '{nilai}' pada {isian} tidak berbentuk benar; ikuti pola {pola}.",
    "skema-pola-petunjuk": "Nilai '{nilai}' pada {isian} tidak berbentuk benar; yang benar: {petunjuk}.",
    "skema-tanggal-mustahil": "Tanggal '{nilai}' pada {isian} tidak ada di kalender; tulis tanggal yang benar-benar ada.",
    "skema-tanggal-bentuk": "Nilai '{nilai}' pada {isian} bukan tanggal; tulis tahun-bulan-hari, misalnya 2026-11-23.",
    "skema-waktu-bentuk": "Nilai '{nilai}' pada {isian} bukan waktu; tulis misalnya 2026-11-23T08:05:00+07:00.",
    "skema-terlalu-pendek": "Isian {isian} baru {panjang} karakter; tulis paling sedikit {batas} karakter.",
    "skema-terlalu-panjang": "Isian {isian} sepanjang {panjang} karakter; ringkas hingga paling banyak {batas} karakter.",
    "skema-bukan-teks": "Isian {isian} tersusun sebagai daftar atau kelompok; tulis satu nilai saja.",
    "skema-bukan-daftar": "Isian {isian} harus berupa daftar; tulis setiap butirnya di baris baru yang diawali '- '.",
    "skema-bukan-kelompok": "Isian {isian} harus berupa kelompok isian; tulis 'kunci: nilai' di baris bawahnya dengan lekukan.",
    "skema-butir-kurang": "Isian {isian} memuat {jumlah} butir; tulis paling sedikit {batas} butir.",
    "skema-butir-lebih": "Isian {isian} memuat {jumlah} butir; tulis paling banyak {batas} butir.",
    "skema-butir-ganda": "Isian {isian} memuat '{nilai}' lebih dari sekali; tulis sekali saja.",
    "skema-butir-kembar": "Isian {isian} butir ke-{ke} sama dengan butir sebelumnya; sisakan satu.",
    "skema-lain": "Isian {isian} tidak memenuhi aturannya; periksa penulisannya.",
    "skema-lain-petunjuk": "Isian {isian} tidak memenuhi aturannya; yang benar: {petunjuk}.",
    # Items
    "butir-alamat": "'{alamat}' bukan tempat sebuah butir; simpan sebagai docs/informasi/<tahun>/<nama-butir>/index.md.",
    "butir-naskah-besar": "Naskah sebesar {ukuran} bita melebihi batas {batas} bita; pindahkan bagian panjang ke lampiran.",
    "butir-tanpa-kepala": "Naskah tidak diawali baris '---'; mulai dengan kepala naskah di antara dua baris '---'.",
    "butir-kepala-terbuka": "Kepala naskah tidak ditutup; tulis baris '---' sesudah isian terakhirnya.",
    "butir-dikecualikan": "Informasi yang dikecualikan tidak boleh dimasukkan ke repositori ini; ikuti uji konsekuensi PPID "
    "(UU 14/2008 Ps. 17; PERKI 1/2021 Ps. 49).",
    "butir-daftar-dikecualikan": "Butir ini ada pada daftar informasi yang dikecualikan kantor ini ({dasar}); keluarkan dari repositori, dan tanyakan kepada PPID.",
    "butir-tanpa-isi": "Butir ini belum berisi apa pun; tulis isi naskah di bawah kepalanya, atau sebutkan lampiran.",
    "butir-tinjauan-mundur": "Tanggal tinjauan {tinjau} mendahului tanggal pembuatan {buat}; periksa kedua tanggal itu.",
    "butir-periode-mundur": "Periode berakhir {selesai} sebelum mulai {mulai}; tukar atau perbaiki kedua tanggal itu.",
    "butir-berlaku-mundur": "Pengumuman berlaku sampai {sampai}, sebelum kejadiannya pada {kejadian}; betulkan salah satu tanggal itu.",
    "butir-ganti-diri": "Butir {butir} tidak dapat menggantikan dirinya sendiri; tulis alamat butir yang lain.",
    "butir-subfolder": "Berkas '{berkas}' berada di dalam subfolder; letakkan langsung di samping index.md.",
    "butir-terlalu-besar": "Lampiran seluruhnya sebesar {ukuran} bita melebihi batas {batas} bita; perkecil atau kurangi lampirannya.",
    "lampiran-ganda": "Lampiran '{berkas}' disebut lebih dari sekali; sebutkan sekali saja.",
    "lampiran-keluar-folder": "Lampiran '{berkas}' menunjuk ke luar folder butir; tulis nama berkasnya saja.",
    "lampiran-butir-sendiri": "'{berkas}' adalah naskah butir itu sendiri; hapus dari daftar lampiran.",
    "lampiran-nama": "Nama lampiran '{berkas}' tidak baku; pakai huruf kecil, angka, titik, atau tanda hubung, "
    "misalnya '{usul}'.",
    "lampiran-jenis": "Jenis lampiran '{berkas}' tidak diterima; pakai salah satu: {jenis}.",
    "lampiran-tidak-ada": "Lampiran '{berkas}' disebut tetapi berkasnya tidak ada; tambahkan berkas itu atau hapus sebutannya.",
    "lampiran-kosong": "Lampiran '{berkas}' tidak berisi apa pun; ganti dengan berkas yang berisi.",
    "lampiran-tak-disebut": "Berkas '{berkas}' ada tetapi tidak disebut; tambahkan ke daftar lampiran, atau hapus berkasnya.",
    "lampiran-terlalu-besar": "Lampiran sebesar {ukuran} bita melebihi batas {batas} bita; perkecil berkasnya.",
    "lampiran-terlalu-banyak": "Ada {jumlah} lampiran, melebihi batas {batas}; gabungkan atau kurangi lampirannya.",
    # What is inside attachments
    "lampiran-format-lama": "Berkas ini berformat {jenis}, yang tidak diterima; buka di aplikasinya, lalu pilih Simpan sebagai .{tujuan}.",
    "lampiran-isi-lain": "Isi berkas ini bukan {jenis} seperti nama berkasnya; buka di aplikasinya, lalu simpan ulang sebagai .{jenis}.",
    "lampiran-penunjuk": "Ini hanya penunjuk Git LFS, bukan berkasnya; kirim berkas aslinya.",
    "lampiran-tersandi": "Berkas ini terkunci sandi atau tersandi; simpan ulang tanpa sandi, sebab siapa pun berhak membacanya.",
    "lampiran-rusak": "Berkas {jenis} ini tidak utuh atau tidak dapat dibaca; buka di aplikasinya, simpan ulang, lalu serahkan hasilnya.",
    "lampiran-ekor": "Ada data lain di belakang isi berkas ini; buka di aplikasinya, simpan ulang, lalu serahkan hasilnya.",
    "lampiran-batas": "Berkas ini memuat lebih dari {batas} {hal}; pecah menjadi beberapa berkas.",
    "lampiran-mengembang": "Isi berkas ini mengembang melebihi {batas} atau {nisbah} kali ukurannya; simpan ulang tanpa baris dan gambar yang tidak perlu, atau pecah.",
    "lampiran-susunan": "Susunan arsip berkas ini tidak seperti keluaran aplikasi perkantoran; buka di aplikasinya, lalu simpan ulang.",
    "lampiran-doctype": "Berkas ini memuat deklarasi DOCTYPE, yang tidak pernah ditulis aplikasi perkantoran; simpan ulang dari aplikasinya.",
    "lampiran-anggota": "Berkas ini membawa bagian '{anggota}' yang tidak dikenal; simpan ulang dari aplikasinya tanpa sisipan berkas lain.",
    "lampiran-aktif": "Berkas ini memuat '{unsur}' yang dapat menjalankan sesuatu atau membawa berkas lain (makro, skrip, objek sisipan); simpan ulang tanpa itu, misalnya dengan mencetaknya ke PDF.",
    "lampiran-isi-luar": "Berkas ini mengambil isi dari luar ('{alamat}' pada {tempat}); salin isinya ke dalam berkas, lalu putuskan tautannya.",
    "lampiran-tautan": "Tautan '{alamat}' di dalam berkas ini tidak diterima; ganti dengan alamat https:// atau mailto:, atau hapus.",
    "lampiran-rumus": "Isi {tempat} diawali tanda '{tanda}' sehingga dihitung sebagai rumus oleh pembacanya; tulis hasilnya saja, atau awali dengan tanda petik tunggal (').",
    "lampiran-rumus-luar": "Rumus atau bidang pada {tempat} memanggil program, berkas, atau alamat lain; ganti dengan hasilnya.",
    "lampiran-tersembunyi": "Berkas ini menyembunyikan {bagian}; tampilkan (Unhide) dan periksa isinya, atau hapus.",
    "lampiran-komentar": "Berkas ini memuat komentar atau coretan ({tempat}); hapus semua komentar (Tinjau > Hapus), lalu simpan ulang.",
    "lampiran-perubahan": "Berkas ini memuat perubahan terlacak pada {tempat}; terima atau tolak semua perubahan (Tinjau > Terima semua), lalu simpan ulang.",
    "lampiran-metadata": "Berkas ini menyimpan keterangan pembuatnya ({bidang}); hapus dengan `sopan periksa --bersihkan` sebelum berkas ditandatangani dan diserahkan.",
    "lampiran-csv-utf8": "Berkas CSV ini bukan UTF-8; di Excel pilih Simpan sebagai “CSV UTF-8”.",
    "lampiran-csv-karakter": "Berkas CSV ini memuat karakter kendali; simpan ulang dari aplikasi lembar kerja sebagai CSV UTF-8.",
    "lampiran-csv-baris": "Tanda kutip di berkas CSV ini tidak berpasangan, atau ada sel yang terlalu panjang; simpan ulang dari aplikasi lembar kerja.",
    "lampiran-csv-tajuk": "Baris pertama berkas CSV ini bukan tajuk; tulis nama setiap kolom di baris pertama.",
    "lampiran-csv-kolom": "Baris {baris} berkas CSV ini berisi {jumlah} kolom, seharusnya {seharusnya} seperti tajuknya; lengkapi atau buang sel yang lebih.",
    "lampiran-tak-ternilai": "Berkas ini tidak selesai dinilai dalam batas waktu dan memori; simpan ulang dengan lebih sederhana, atau pecah menjadi beberapa berkas.",
    "lampiran-pindaian": "Berkas ini memuat halaman hasil pindaian yang tidak terbaca mesin; baca setiap halamannya, lalu tulis “{kata}” pada catatan langkah ini.",
    # The body of an item
    "isi-html": "Ada HTML '{potongan}' di dalam isi; tulis dengan Markdown, atau apit dengan tanda kutip balik.",
    "isi-sisipan": "Tanda sisipan '--8<--' tidak diterima; tulis isinya langsung.",
    "isi-bersarang": "Isi bersarang sampai {batas} tingkat di sini, dan yang lebih dalam tidak akan tampil; ratakan daftar atau kutipannya.",
    "isi-judul-ganda": "Isi memuat judul tingkat satu; mulai dengan '##' karena judul halaman diambil dari isian judul.",
    "isi-tautan": "Tautan '{alamat}' tidak diterima; pakai alamat https://, mailto:, atau nama berkas di folder butir ini.",
    "isi-tautan-mati": "Berkas '{berkas}' ditautkan tetapi bukan lampiran butir ini; tambahkan sebagai lampiran atau hapus tautannya.",
    "isi-gambar": "Gambar '{alamat}' tidak diterima; simpan gambar png atau jpg di folder butir ini, lalu sebut nama berkasnya.",
    "isi-gambar-tanpa-teks": "Gambar '{alamat}' tanpa teks alternatif; tulis gambaran singkatnya di dalam kurung siku.",
    # Personal data and secrets
    "pribadi-nik": "ada NIK atau nomor KK {nilai}{tempat}; hapus seluruhnya, karena nomor kependudukan tidak boleh masuk repositori walau sementara.",
    "pribadi-npwp": "ada NPWP {nilai}{tempat}; hapus seluruhnya, kecuali NPWP bendahara pemerintah yang diawali 00.",
    "pribadi-ponsel": "ada nomor ponsel {nilai}{tempat}; ganti dengan telepon kantor yang tercantum di kantor.yml.",
    "pribadi-surel": "ada surel pribadi {nilai}{tempat}; ganti dengan surel dinas (.go.id) atau surel kantor yang tercantum di kantor.yml.",
    "pribadi-rekening": "ada nomor rekening bank {nilai}{tempat}; hapus seluruhnya.",
    "pribadi-paspor": "ada nomor paspor {nilai}{tempat}; hapus seluruhnya.",
    "pribadi-lahir": "ada tanggal lahir seseorang{tempat}; hapus seluruhnya.",
    "pribadi-nip": "ada NIP {nilai}{tempat} yang belum dikonfirmasi; bila memang milik pejabat dalam naskah dinas, tulis “{kata}” pada catatan langkah ini, bila tidak, kembalikan untuk dihapus.",
    "pribadi-telepon": "ada nomor telepon {nilai}{tempat} yang tidak tercantum di kantor.yml; bila memang telepon kantor, tulis “{kata}” pada catatan langkah ini, bila tidak, kembalikan untuk dihapus.",
    "isi-rahasia": "ada tanda rahasia pada naskah ini{tempat}; naskah berklasifikasi tidak boleh dimasukkan, ikuti uji konsekuensi PPID (UU 14/2008 Ps. 17).",
    # kalender/
    "kalender-tiada": "Belum ada kalender kerja; tambahkan kalender/<tahun>.yml untuk tahun yang berjalan.",
    "kalender-tahun": "Isian tahun tertulis {tertulis}, padahal berkas ini untuk tahun {tahun}; samakan.",
    "kalender-tanpa-jam": "Tidak ada satu pun hari berjam kerja dalam seminggu; isi jam kerja sedikitnya satu hari.",
    "kalender-jam-mundur": "Jam kerja hari {hari} mulai {mulai} dan selesai {selesai}; tulis jam selesai sesudah jam mulai.",
    "kalender-jam-tumpang": "Jam kerja hari {hari} yang mulai {mulai} mendahului selesainya jam kerja sebelumnya, {sebelum}; urutkan.",
    "kalender-ramadan-mundur": "Ramadan tertulis mulai {mulai} sampai {sampai}; tulis hari terakhir sesudah hari pertama.",
    "kalender-luar-tahun": "Tanggal {tanggal} bukan tanggal tahun {tahun}; pindahkan ke berkas tahunnya.",
    "kalender-tanggal-ganda": "Tanggal {tanggal} sudah ditulis sebagai libur atau cuti bersama; tulis sekali saja.",
    "kalender-beda-kurang": "Paket holidays mencatat {tanggal} sebagai {jenis} ({nama}), tetapi berkas ini tidak; cocokkan dengan SKB, lalu tambahkan bila benar.",
    "kalender-beda-lebih": "Berkas ini mencatat {tanggal} sebagai {jenis} ({nama}), tetapi paket holidays tidak; cocokkan dengan SKB, lalu hapus bila keliru.",
    "kalender-beda-jenis": "Berkas ini mencatat {tanggal} sebagai {tertulis}, paket holidays sebagai {jenis}; cocokkan dengan SKB.",
    "kalender-status": "Status tertulis {tertulis}; tulis {seharusnya}, sesuai isian perkiraan pada tanggal-tanggalnya.",
    # sop.yml
    "sop-nomor-urut": "Kegiatan ke-{tempat} bernomor {nomor}; tulis nomor {tempat}, sebab nomor kegiatan berurutan dari 1.",
    "sop-waktu-tak-lengkap": "Waktu kegiatan {nomor} tidak lengkap; isi teks, nilai, dan satuan, atau kosongkan nilai dan satuan.",
    "sop-peran-ganda": "Kode peran '{peran}' dipakai lebih dari sekali; beri setiap peran kode sendiri.",
    "sop-peran-tak-dikenal": "Peran '{peran}' tidak terdaftar; tulis salah satu dari: {dikenal}.",
    "sop-peran-bukan-dalam": "Peran '{peran}' bukan peran dalam kantor; tulis salah satu dari: {dikenal}.",
    "sop-kolom-ganda": "Kolom pelaksana '{kolom}' sudah punya peran lain; satu kolom hanya untuk satu peran.",
    "sop-kolom-tak-dikenal": "Pelaksana '{kolom}' bukan judul kolom pada naskah; tulis salah satu dari: {dikenal}.",
    "sop-kolom-tanpa-peran": "Kolom pelaksana '{kolom}' belum punya peran; tambahkan perannya pada tambahan.peran.",
    "sop-pelaksana-berbeda": "Kegiatan {nomor} pada naskah dilakukan '{naskah}', tetapi pada tambahan oleh '{tambahan}'; samakan.",
    "sop-langkah-tanpa-isian": "Kegiatan {nomor} belum punya isian pada tambahan.langkah; tambahkan isian dengan urut {nomor}.",
    "sop-langkah-tanpa-kegiatan": "Langkah {nomor} tidak ada pada tabel kegiatan; tulis nomor antara 1 dan {terakhir}.",
    "sop-langkah-ganda": "Langkah {nomor} ditulis lebih dari sekali pada tambahan.langkah; sisakan satu.",
    "sop-langkah-dalam-kurang": "Langkah dalam kantor baru {jumlah}; SOP harus punya sedikitnya {batas}.",
    "sop-luar-di-tengah": "Langkah {nomor} oleh pihak luar '{peran}' berada di tengah; pihak luar hanya boleh di awal atau akhir.",
    "sop-luar-berbuat": "Langkah {nomor} oleh pihak luar '{peran}'; tulis mengubah_isi: tidak dan kembali_ke: \"\".",
    "sop-awal-tanpa-isi": "Langkah {nomor} adalah langkah pertama dalam kantor; tulis mengubah_isi: ya agar isi dapat masuk.",
    "sop-akhir-mengubah-isi": "Langkah {nomor} adalah penerbitan; tulis mengubah_isi: tidak agar yang terbit sama dengan yang disetujui.",
    "sop-berikut-tak-ada": "Langkah {nomor} menyebut langkah berikut {berikut} yang tidak ada; tulis nomor antara 1 dan {terakhir}.",
    "sop-berikut-terputus": "Langkah {nomor} tidak menyebut langkah {berikut} sebagai langkah berikut; tambahkan {berikut} pada berikut.",
    "sop-kembali-tak-sah": "Langkah {nomor} tidak dapat kembali ke langkah {sasaran}; tulis salah satu dari: {boleh}.",
    # petugas.yml
    "jabatan-peran-tak-dikenal": "Peran '{peran}' bukan peran dalam kantor menurut sop.yml; tulis salah satu dari: {dikenal}.",
    "jabatan-ganda": "Peran '{peran}' ditulis lebih dari sekali pada jabatan; gabungkan pemegangnya dalam satu isian.",
    "jabatan-hilang": "Peran '{peran}' dari sop.yml belum ada pada jabatan; tambahkan, dengan pemegang: [] bila belum ada orangnya.",
    "petugas-ganda": "Kode petugas '{petugas}' dipakai lebih dari sekali; beri setiap petugas kode sendiri.",
    "petugas-surel-ganda": "Surel petugas '{petugas}' sama dengan surel '{lain}'; beri setiap petugas surel sendiri.",
    "petugas-akun-ganda": "Akun GitHub petugas '{petugas}' sama dengan akun '{lain}'; tulis nomor akun masing-masing.",
    "petugas-tak-dikenal": "Petugas '{petugas}' belum terdaftar; daftarkan pada bagian petugas, atau perbaiki kodenya.",
    "kunci-bukan-publik": "Ini bukan kunci publik SSH; salin isi berkas .pub, dan jangan pernah menyalin kunci pribadi.",
    "kunci-jenis": "Kunci berjenis '{jenis}' tidak diterima; pakai kunci yang berjenis salah satu dari: {boleh}.",
    "kunci-rusak": "Kunci {jenis} ini tidak utuh; salin ulang seluruh isi berkas .pub dalam satu baris.",
    "kunci-rsa-pendek": "Kunci RSA {bit} bit terlalu pendek; pakai sedikitnya {batas} bit, atau buat kunci ssh-ed25519.",
    "kunci-ganda": "Kunci milik '{pemilik}' sudah tercatat atas nama '{lain}'; satu kunci hanya boleh tercatat satu kali.",
    "masa-terbalik": "Masa berlaku mulai {mulai} tetapi berakhir {sampai}; tulis mulai yang tidak melewati sampai.",
    # kantor.yml
    "kantor-zona": "Zona waktu '{zona}' tidak dikenal; tulis nama zona IANA, misalnya Asia/Jakarta.",
    "kantor-label-zona": "Label zona '{label}' bukan label {zona}; tulis {benar}.",
    "kantor-alamat-situs": "Alamat situs '{alamat}' tidak dapat dipakai; tulis alamat yang diawali https:// dan diakhiri garis miring.",
    "kantor-batas-terbalik": "Batas lampiran {lampiran} bita melebihi batas butir {butir} bita; tulis batas lampiran yang lebih kecil.",
    "kantor-jenis-tak-dikenal": "Jenis dokumen '{jenis}' pada bawaan tidak dikenal; mungkin maksudnya '{dekat}'.",
    # Policy as a whole
    "kebijakan-berkas-hilang": "Berkas kebijakan ini tidak ada; kembalikan dari versi sebelumnya.",
    "kebijakan-skema-rusak": "Skema ini tidak dapat dibaca; kembalikan dari versi sebelumnya.",
    "kebijakan-kalender-nama": "Berkas '{berkas}' bukan kalender; beri nama menurut tahunnya, misalnya 2026.yml.",
    # Before a server is prepared
    "siap-peran-kosong": "Peran '{peran}' belum punya pemegang yang berlaku hari ini; isi pemegangnya pada jabatan di petugas.yml.",
    "siap-petugas-tanpa-kunci": "Petugas '{petugas}' belum punya kunci yang berlaku; isi kunci SSH-nya pada petugas di petugas.yml.",
    "siap-alamat-situs": "Alamat situs masih kosong; isi alamat_situs di kantor.yml, misalnya https://informasi.kantor.go.id/.",
    # CODEOWNERS
    "codeowners-berbeda": "Tertulis '{tertulis}', seharusnya '{benar}'; tulis ulang dengan `sopan codeowners --tulis`.",
    "codeowners-lebih": "Baris '{tertulis}' tidak berasal dari sop.yml; tulis ulang dengan `sopan codeowners --tulis`.",
    "templat-berbeda": "Templat pull request berbeda dari yang diturunkan dari sop.yml; tulis ulang dengan `sopan templat --tulis`.",
    "codeowners-kurang": "Di sini kurang baris '{benar}'; tulis ulang dengan `sopan codeowners --tulis`.",
}

_LONG_DIGITS = re.compile(r"\d(?:[ .\-/]?\d){7,}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADDRESS = re.compile(r"[^\s@]{1,64}@(?P<domain>[^\s@]{1,255})")


class Own(str):
    """Words of our own (a label or hint from a schema of `main`, never a person's input): printed whole."""

    __slots__ = ()


def say(rule: str, **values: object) -> str:
    """The sentence of `rule`; a KeyError here means that the rule was never worded."""
    return RULES[rule].format(**{name: quote(value) for name, value in values.items()})


def note(text: str) -> str:
    """A person's note, whole and on one line, as safe to print as any quoted value."""
    return quote(" ".join(text.split()), NOTE_CHARACTERS)


def quote(value: object, longest: int = SHOWN_CHARACTERS) -> str:
    """`value` safe to print: no control characters, not longer than `longest`, long numbers and private e-mail masked."""
    if isinstance(value, Own | int | datetime):  # figures and instants of our own making are nobody's number
        return str(value)
    printable = "".join(c if unicodedata.category(c)[0] != "C" else "\N{REPLACEMENT CHARACTER}" for c in str(value))
    masked = _ADDRESS.sub(_mask_address, _LONG_DIGITS.sub(_mask, printable))
    return masked if len(masked) <= longest else masked[: longest - 1] + "…"


def _mask(match: re.Match[str]) -> str:
    digits = match.group()
    if _DATE.fullmatch(digits):
        return digits
    return digits[:4] + "*" * (len(digits) - 4)


def _mask_address(match: re.Match[str]) -> str:
    official = match["domain"].rstrip(".,;'\")").endswith(".go.id")
    return match.group() if official else f"{match.group()[0]}***@{match['domain']}"
