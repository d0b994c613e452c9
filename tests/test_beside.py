"""Work beside the process: done by children, in turn, and no failure of one is lost."""

import os
import signal
import time
from functools import partial

import pytest

from sopan import beside
from sopan.errors import SopanError


def write(place, name):
    (place / name).write_text(str(os.getpid()))


def fail(sentence):
    raise SopanError(sentence)


def break_down():
    raise ZeroDivisionError


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def test_every_task_is_done_by_a_child_no_more_of_them_than_processors(tmp_path):
    children = beside.begin([partial(write, tmp_path, str(number)) for number in range(9)])
    begun = {child.process for child in children}
    beside.wait(children)
    assert children == []
    assert len(begun) == min(9, len(os.sched_getaffinity(0)))
    assert {int(path.read_text()) for path in tmp_path.iterdir()} == begun
    assert len(list(tmp_path.iterdir())) == 9


@pytest.mark.parametrize(
    ("task", "sentence"),
    [
        (partial(fail, "Berkas x tidak ada."), "Berkas x tidak ada."),
        (break_down, beside._CUT_OFF),
        (die, beside._CUT_OFF),
    ],
)
def test_a_failure_beside_is_a_failure_here_once_all_have_ended(tmp_path, task, sentence):
    children = beside.begin([task, partial(write, tmp_path, "a")])
    begun = [child.process for child in children]
    with pytest.raises(SopanError) as refused:
        beside.wait(children)
    assert str(refused.value) == sentence
    for process in begun:
        with pytest.raises(ChildProcessError):
            os.waitpid(process, os.WNOHANG)


def test_tasks_are_done_while_this_process_goes_on_and_are_waited_for(tmp_path):
    with beside.meanwhile([partial(write, tmp_path, "a")]):
        (tmp_path / "b").write_text("")
    assert int((tmp_path / "a").read_text()) != os.getpid()
    with pytest.raises(SopanError, match="tidak ada"), beside.meanwhile([partial(fail, "Berkas x tidak ada.")]):
        pass


def test_what_fails_here_ends_the_tasks_beside(monkeypatch):
    begun, begin = [], beside.begin
    monkeypatch.setattr(beside, "begin", lambda tasks: begun.extend(children := begin(tasks)) or children)
    with pytest.raises(ZeroDivisionError), beside.meanwhile([partial(time.sleep, 600)]):
        break_down()
    with pytest.raises(ChildProcessError):
        os.waitpid(begun[0].process, os.WNOHANG)


def test_what_is_stopped_does_not_go_on():
    children = beside.begin([partial(time.sleep, 60)])
    (child,) = children
    beside.stop(children)
    assert children == []
    with pytest.raises(ProcessLookupError):
        os.kill(child.process, 0)
    beside.stop(children)
