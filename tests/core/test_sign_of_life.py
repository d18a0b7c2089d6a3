"""A worker gives a sign of life that costs nothing to look at."""

import asyncio
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from marketplace.core import worker
from marketplace.core.sign_of_life import SILENT_SECONDS, VARIABLE, give_sign, main, seconds_since


@pytest.fixture
def sign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "sign"
    monkeypatch.setenv(VARIABLE, str(path))
    return path


def test_a_sign_is_fresh_then_old(sign: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert (main(), seconds_since()) == (1, None)
    give_sign()
    assert main() == 0
    assert sign.stat().st_mode & 0o777 == 0o600
    long_ago = time.monotonic() - SILENT_SECONDS - 5
    os.utime(sign, (long_ago, long_ago))
    assert main() == 1
    assert "no sign of life for" in capsys.readouterr().err


def test_a_sign_from_before_the_machine_started_is_none(sign: Path) -> None:
    give_sign()
    later = time.monotonic() + 1_000_000
    os.utime(sign, (later, later))
    assert main() == 1


def test_an_hour_put_forward_or_back_changes_nothing(
    sign: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_sign()
    for hour in (3600, -3600):
        monkeypatch.setattr(time, "time", lambda hour=hour: 1_700_000_000 + hour)
        assert main() == 0


def test_without_a_path_none_is_given_and_none_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)
    give_sign()
    assert main() == 1
    assert list(tmp_path.iterdir()) == []


def test_the_check_loads_nothing_of_the_program(sign: Path) -> None:
    give_sign()
    program = (
        "import sys, runpy\n"
        "try:\n    runpy.run_module('marketplace.core.sign_of_life', run_name='__main__')\n"
        "except SystemExit as ended:\n    assert ended.code == 0\n"
        "assert not {'django', 'psycopg'} & sys.modules.keys()\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_signs_end_with_a_loop_that_ended(sign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "EVERY_SECONDS", 0.0)
    stopping = threading.Event()
    thread = threading.Thread(target=stopping.wait)
    given: list[float] = []

    def give() -> None:
        given.append(time.monotonic())
        if len(given) == 3:
            stopping.set()
            thread.join()

    monkeypatch.setattr(worker, "give_sign", give)
    thread.start()
    asyncio.run(worker._give_signs([thread]))
    assert len(given) == 3
