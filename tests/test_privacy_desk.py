"""`periksa` tells of personal data before anything is sent."""

from desks import INDEX as TEXT
from test_personal_data import NEVER_ISSUED, NIK, NIP
from test_privacy import INDEX, REFUSED

LINE = TEXT.count("\n") + 1


def test_periksa_refuses_what_the_gate_would_refuse(desks):
    desks.compose()
    desks.write("ratna", text=f"{TEXT}{NIK}\n")
    said = desks.do("ratna", "periksa")
    assert (said.code, said.out.splitlines()[0]) == (1, f"{INDEX} baris {LINE}: {REFUSED.format('')} [pribadi-nik]")
    desks.write("ratna", text=f"{TEXT}{NEVER_ISSUED}\n")
    said = desks.do("ratna", "periksa")
    assert (said.code, said.out) == (0, "Tidak ada yang perlu diperbaiki.\n")


def test_periksa_tells_who_will_have_to_confirm_an_officials_number(desks):
    desks.compose()
    desks.write("ratna", text=f"{TEXT}NIP {NIP}\n")
    said = desks.do("ratna", "periksa")
    assert (said.code, said.out) == (0, "Tidak ada yang perlu diperbaiki.\n")
    assert (
        "2026/rencana-kerja: 1 NIP atau nomor telepon di dalamnya perlu dikonfirmasi Kabid pada langkah 4, "
        "dengan kata “data pribadi dikonfirmasi” pada catatannya."
    ) in said.err.splitlines()
