"""What was deflated in stretches is one file of a zip that the library's own reader finds whole."""

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from sopan.site import zipped

STRETCHES = st.lists(st.binary(max_size=300), max_size=5)
NAMES = st.text("abc./", min_size=1, max_size=9).filter(lambda name: not name.endswith("/"))


def file(stretches):
    """Stretches as one file, whose end is a stretch too."""
    return zipped.joined([*map(zipped.deflated, stretches), zipped.deflated(b"akhir", last=True)])


@given(st.dictionaries(NAMES, STRETCHES, max_size=4))
def test_every_file_is_read_back_whole(files):
    made = zipped.zipped({name: file(stretches) for name, stretches in files.items()})
    with zipfile.ZipFile(io.BytesIO(made)) as read:
        assert read.testzip() is None
        assert {name: read.read(name) for name in read.namelist()} == {
            name: b"".join(stretches) + b"akhir" for name, stretches in files.items()
        }


@given(st.binary(max_size=300))
def test_a_stretch_is_the_same_wherever_it_stands(stretch):
    one = zipped.deflated(stretch)
    assert zipped.deflated(stretch) == one
    assert one.content in file([b"sebelumnya", stretch]).content


def test_the_files_are_as_the_library_writes_them():
    made, library = io.BytesIO(zipped.zipped({"a.xml": file([])})), io.BytesIO()
    with zipfile.ZipFile(library, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr(zipfile.ZipInfo("a.xml", (1980, 1, 1, 0, 0, 0)), b"akhir", zipfile.ZIP_DEFLATED)
    assert made.getvalue() == library.getvalue()
