"""What a comment asks for, however it is typed."""

import pytest

from sopan.github import orders
from sopan.github.orders import Order, Unknown, Verb


@pytest.mark.parametrize(
    ("body", "order"),
    [
        ("/terima", Order(Verb.START, None, "")),
        ("  /TERIMA  ", Order(Verb.START, None, "")),
        ("/ lanjut", Order(Verb.STEP, None, "")),
        ("`/lanjut`", Order(Verb.STEP, None, "")),
        ("/lanjut Sudah lengkap.", Order(Verb.STEP, None, "Sudah lengkap.")),
        ("/lanjut\u00a0“Sudah lengkap.”", Order(Verb.STEP, None, "Sudah lengkap.")),
        ("/lanjut: sudah\r\nlengkap", Order(Verb.STEP, None, "sudah\nlengkap")),
        ("/lanjut\n\nSudah lengkap.", Order(Verb.STEP, None, "Sudah lengkap.")),
        ("/kembalikan 3 Judulnya keliru.", Order(Verb.RETURN, 3, "Judulnya keliru.")),
        ("/kembalikan ke langkah 3: keliru", Order(Verb.RETURN, 3, "keliru")),
        ("/Kembalikan Judulnya keliru.", Order(Verb.RETURN, None, "Judulnya keliru.")),
        ("/kembalikan 3D kurang jelas", Order(Verb.RETURN, None, "3D kurang jelas")),
        ("/tarik Ada yang tertinggal.", Order(Verb.RECALL, None, "Ada yang tertinggal.")),
        ("/batalkan Tidak jadi.", Order(Verb.CANCEL, None, "Tidak jadi.")),
        ("/selaraskan", Order(Verb.RENEW, None, "")),
        ("/pulihkan", Order(Verb.RESTORE, None, "")),
        ("/papan", Order(Verb.BOARD, None, "")),
        ("/lanjt", Unknown("lanjt", "lanjut")),
        ("/kembali 3 keliru", Unknown("kembali", "kembalikan")),
        ("/setuju", Unknown("setuju", "")),
        ("Mohon /lanjut besok.", None),
        ("> /lanjut", None),
        ("/", None),
        ("/lanjut/terus", None),
        ("", None),
    ],
)
def test_a_comment_is_read_forgivingly_where_it_begins_with_a_command(body, order):
    assert orders.parse(body) == order
