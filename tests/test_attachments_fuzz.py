"""Whatever the bytes are, an examination ends with an answer that can be told."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from attached import LEGAL, packed, unpacked
from sopan import attachments, messages

FILES = {name: make() for name, make in LEGAL.items()}
PACKED = {name: unpacked(data) for name, data in FILES.items() if zipfile.is_zipfile(io.BytesIO(data))}
FUZZ = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

changes = st.lists(
    st.tuples(
        st.sampled_from(["set", "drop", "copy", "put"]), st.integers(0), st.integers(1, 64), st.binary(max_size=8)
    ),
    min_size=1,
    max_size=6,
)


def changed(data, edits):
    for kind, at, length, bytes_ in edits:
        place = at % (len(data) + 1)
        match kind:
            case "set":
                data = data[:place] + bytes_ + data[place + len(bytes_) :]
            case "drop":
                data = data[:place] + data[place + length :]
            case "copy":
                data = data[:place] + data[place : place + length] + data[place:]
            case "put":
                data = data[:place] + bytes_ + data[place:]
    return data


def answered(name, data):
    """An examination ends with data that can be told; nothing escapes it."""
    found = attachments.examine(name, data)
    assert all(messages.say(fault.rule, **fault.values) for fault in found.faults)
    assert all(isinstance(text.text, str) and text.text.strip() for text in found.texts)
    return found


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", FILES)
@FUZZ
@given(edits=changes)
def test_a_changed_file_is_answered(name, edits):
    answered(name, changed(FILES[name], edits))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", PACKED)
@FUZZ
@given(edits=changes, part=st.integers(0))
def test_a_document_with_a_changed_part_is_answered(name, edits, part):
    members = dict(PACKED[name])
    chosen = sorted(members)[part % len(members)]
    members[chosen] = changed(members[chosen], edits)
    answered(name, packed(members))


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", FILES)
@FUZZ
@given(rest=st.binary(max_size=300))
def test_any_bytes_behind_the_first_of_a_kind_are_answered(name, rest):
    answered(name, FILES[name][:8] + rest)


@FUZZ
@given(name=st.text(max_size=12), data=st.binary(max_size=64))
def test_any_name_and_any_bytes_are_answered(name, data):
    answered(name, data)
