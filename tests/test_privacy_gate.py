"""Personal data at the gate: every commit of a branch is screened at its first receipt, by both doors alike."""

from cast import AWAL, COMPLETE, EARLY
from test_personal_data import NEVER_ISSUED, NIK, NIP
from test_privacy import CONFIRM, EXEMPT, INDEX, REFUSED


def with_text(words):
    return COMPLETE | {"index.md": COMPLETE["index.md"] + f"\n{words}\n"}


def test_a_number_that_a_later_commit_takes_out_again_is_refused(office):
    office.work(files={"index.md": f"{AWAL}\nPemohon {NIK}.\n"})
    office.work(files={"index.md": AWAL})
    office.step(1)
    assert office.both("butir").said == [f"{INDEX} baris 12: {REFUSED.format('')} [pribadi-nik]"]
    office.begin()
    office.work(files={"index.md": f"{AWAL}\nPemohon {NEVER_ISSUED}.\n"})
    office.step(1)
    assert office.both("butir").said == []


def test_the_words_of_a_commit_are_screened(office):
    office.step(1)
    office.step(2, note=f"Olah berkas {NIK}.")
    refused = REFUSED.format(" pada catatan komit")
    assert office.both("butir").said == [f"komit <langkah 2>: {refused} [pribadi-nik]"]
    office.begin()
    office.step(1)
    office.step(2, note=f"Olah berkas {NEVER_ISSUED}.")
    assert office.both("butir").said == []


def test_the_words_of_the_merge_are_screened(office):
    office.upto(6)
    office.merge(note=f"Terbit untuk {NIK}.")
    refused = REFUSED.format(" pada catatan komit")
    assert office.both("main").said == [f"komit <langkah 7>: {refused} [pribadi-nik]"]
    office.merge(note=f"Terbit untuk {NEVER_ISSUED}.")
    assert office.both("main").said == []


def test_the_words_of_maintenance_are_screened(office):
    office.maintain("rina", {"README.md": "Baru.\n"}, note=f"Atas permintaan {NIK}.")
    refused = REFUSED.format(" pada catatan komit")
    assert office.both("rawat").said == [f"komit <rawat>: {refused} [pribadi-nik]"]
    office.begin(branch="rawat")
    office.maintain("rina", {"README.md": "Baru.\n"}, note=f"Atas permintaan {NEVER_ISSUED}.")
    assert office.both("rawat").said == []


def test_the_name_of_a_file_is_screened_and_masked(office):
    office.work(files={"index.md": AWAL, f"n-{NIK}.csv": "a,b\n1,2\n"})
    office.work(files={f"n-{NIK}.csv": None})
    office.step(1)
    folder = INDEX.rpartition("/")[0]
    refused = REFUSED.format(" pada nama berkas")
    assert office.both("butir").said == [f"{folder}/n-****************.csv: {refused} [pribadi-nik]"]


def test_an_officials_number_is_confirmed_by_the_step_after_the_completing_one(office):
    office.upto(2)
    office.step(3, files=with_text(f"NIP {NIP}"))
    office.sent("butir")
    line = COMPLETE["index.md"].count("\n") + 2
    office.step(4, note="Sudah diperiksa.")
    assert office.both("butir").said == [f"{INDEX} baris {line}: {CONFIRM}"]
    office.step(4, note="Sudah diperiksa, data pribadi dikonfirmasi.")
    assert office.both("butir").said == []
    office.step(5)
    office.step(6)
    office.merge()
    assert office.both("main").said == []


def test_exempt_information_is_refused_even_in_work_in_progress(office):
    office.work(files={"index.md": AWAL.replace("berkala", "dikecualikan")})
    office.step(1, files=EARLY)
    assert office.both("butir").said == [f"{INDEX} baris 3: {EXEMPT}"]
