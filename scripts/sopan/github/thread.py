"""What is said to people in a pull request's thread: every sentence, and the one comment that is kept up to date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sopan import quoting, timing_words
from sopan.chain import Standing
from sopan.github.orders import Unknown, Verb
from sopan.policy import Policy

MARK = "<!-- sopan: papan usulan -->"
BOT = "Ini ditulis oleh sebuah bot, dan bot tidak memegang peran; perintah hanya berlaku dari akun petugas sendiri."
EDITED = "Komentar ini sudah diubah sesudah ditulis, jadi tidak dicatat; tulis perintahnya sebagai komentar baru."
GONE = "Komentar atau telaah ini sudah dihapus, jadi tidak dicatat."
CLOSED = "Usulan ini sudah ditutup; buka usulan baru dari main terbaru."
STALE = "Cabang sudah bergerak sesudah ini ditulis, jadi tidak dicatat; baca keadaan terakhir, lalu ulangi perintahnya."
STRANGER = (
    "Nomor akun GitHub ini bukan milik petugas mana pun di petugas.yml, jadi tidak ada yang dicatat; "
    "masuk dengan akun kedinasan Anda, atau minta pengelola mendaftarkan nomornya."
)
OTHERS_EDITS = (
    "Ada suntingan pada cabang ini yang dikirim akun lain, bukan Anda, jadi tidak dicatat; "
    "minta pengirimnya menyerahkan, atau buang suntingan itu dengan /pulihkan."
)
NO_ITEM = (
    "Usulan ini tidak memuat tepat satu butir informasi; satu usulan berisi satu folder docs/informasi/<tahun>/<nama>."
)
NOTHING_TO_RECALL = "Langkah terakhir pada usulan ini bukan langkah Anda, jadi tidak ada yang dapat Anda tarik."
NOTHING_TO_RESTORE = "Cabang ini sama dengan yang tercatat, jadi tidak ada yang perlu dipulihkan."
RESTORED = "Cabang dikembalikan ke keadaan yang terakhir tercatat; suntingan yang belum diserahkan dibuang."
UNAPPROVED = "Pemeliharaan menunggu persetujuan petugas kedua: `/lanjut`"
APPROVED = "Pemeliharaan disetujui; pembuat atau penyetujunya menggabungkan: `/lanjut`"
UPKEEP_ONLY = "Pada usulan pemeliharaan hanya `/lanjut` dan `/papan` yang berlaku."
NO_RETURN = "Langkah yang sedang ditunggu tidak mempunyai langkah tujuan pengembalian."
_PLAIN = str.maketrans({letter: f"&#{ord(letter)};" for letter in "&\\`*_<>[]|#@~"} | {"\n": " "})
_EXAMPLES = {
    Verb.START: "`/terima`",
    Verb.STEP: "`/lanjut <catatan>`",
    Verb.RETURN: "`/kembalikan 3 <alasan>`",
    Verb.RECALL: "`/tarik <alasan>`",
    Verb.CANCEL: "`/batalkan <alasan>`",
    Verb.RENEW: "`/selaraskan`",
    Verb.RESTORE: "`/pulihkan`",
    Verb.BOARD: "`/papan`",
}


def unknown(order: Unknown) -> str:
    """That a command is not known, and which is near."""
    near = next((text for verb, text in _EXAMPLES.items() if verb.value == order.nearest), "")
    hint = f"mungkin maksud Anda {near}" if near else f"yang ada: {', '.join(_EXAMPLES.values())}"
    hint = hint.replace("`", "")
    return f"Perintah “/{quoting.quote(order.word)}” tidak dikenal; {hint}."


def refused(sentences: Sequence[str]) -> str:
    """That nothing was recorded, and why."""
    return "\n".join(["Tidak dicatat.", "", *(f"- {safe(line)}" for line in sentences)])


def turn(policy: Policy, standing: Standing, at: datetime) -> str:
    """Whose turn it is."""
    due = standing.due
    names = ", ".join(officer.name for officer in policy.register.holders(due.role.code, at)) or "belum ada pejabatnya"
    return f"langkah {due.number} ({due.action}) oleh {due.role.name} ({names})"


def wrong_turn(policy: Policy, standing: Standing, name: str, at: datetime) -> str:
    """That somebody else is awaited."""
    return f"{name}, sekarang ditunggu {turn(policy, standing, at)}; tidak ada yang dicatat."


def done(policy: Policy, what: str, standing: Standing, at: datetime) -> str:
    """That an act was recorded, and who is next."""
    if standing.whole:
        return f"Tercatat: {what}. Semua langkah petugas selesai; informasi ini digabungkan dan akan terbit."
    if standing.cancelled:
        return f"Tercatat: {what}. Pengajuan berikutnya dimulai dengan `/lanjut` oleh {policy.sop.first.role.name}."
    return f"Tercatat: {what}. Giliran berikutnya: {turn(policy, standing, at)}."


def board(policy: Policy, standing: Standing | None, sentences: Sequence[str], at: datetime) -> str:
    """The comment that is kept up to date: the chain with ticks, who is awaited since when, and what is wrong."""
    lines = [MARK, "### Langkah SOP", "", *_chain(policy, standing)]
    if standing is not None:
        lines += ["", _waiting(policy, standing, at)]
    if sentences:
        lines += ["", "### Yang perlu diperbaiki", "", *(f"- {safe(line)}" for line in sentences)]
    return "\n".join([*lines, "", f"Cara bertindak: {', '.join(_EXAMPLES.values())}."])


def upkeep(words: str, sentences: Sequence[str]) -> str:
    """The same comment for a maintenance branch."""
    wrong = ["", "### Yang perlu diperbaiki", "", *(f"- {safe(line)}" for line in sentences)] if sentences else []
    return "\n".join([MARK, "### Pemeliharaan", "", words if not sentences else safe(words), *wrong])


def safe(text: str) -> str:
    """A sentence in which nothing that somebody wrote mentions, links or marks anything up."""
    return text.replace("://", ":\u200b//").translate(_PLAIN)


def _chain(policy: Policy, standing: Standing | None) -> Iterator[str]:
    due = policy.sop.first if standing is None else standing.due
    for step in policy.sop.chain:
        ended = standing is not None and (standing.whole or step.number < due.number)
        yield f"- [{'x' if ended else ' '}] {step.number}. {step.action} – {step.role.name}"


def _waiting(policy: Policy, standing: Standing, at: datetime) -> str:
    if standing.whole:
        return "Semua langkah petugas selesai."
    since = standing.previous
    told = f" sejak {timing_words.instant(since.at, policy.office.zone)}" if since else ""
    note = f"\n\nCatatan: {safe(quoting.note(since.note))}" if since and since.note else ""
    return f"Pengajuan ke-{standing.attempt}. Ditunggu{told}: {turn(policy, standing, at)}.{note}"
