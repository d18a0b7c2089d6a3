"""The units for systemd are valid, and hold no secret."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

UNITS = Path(__file__).resolve().parents[2] / "deploy" / "systemd"
PAGE = UNITS.parents[1] / "docs" / "operator" / "by-hand.md"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is missing")
def test_systemd_finds_no_fault(tmp_path: Path) -> None:
    for path in [*UNITS.glob("*.service"), *UNITS.glob("*.timer")]:
        program = f"{Path(sys.executable).parent}/twiza"
        (tmp_path / path.name).write_text(path.read_text().replace("/opt/twiza/bin/twiza", program))
    added = (UNITS / "embedded-engine.conf").read_text()
    (tmp_path / "twiza-web.service.d").mkdir()
    (tmp_path / "twiza-web.service.d" / "embedded-engine.conf").write_text(
        added.replace("/opt/twiza/bin/twiza", program)
    )
    units = sorted(str(path) for path in tmp_path.iterdir() if path.is_file())
    done = subprocess.run(
        ["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_embedded_engine_changes_nothing_else_of_the_web_process() -> None:
    starts = re.compile("^ExecStart=(.+)$", re.MULTILINE)
    [usual] = starts.findall((UNITS / "twiza-web.service").read_text())
    [embedded] = starts.findall((UNITS / "embedded-engine.conf").read_text())
    assert embedded == f"{usual} --allow embedded-engine"


def test_the_owner_is_for_the_backup_alone() -> None:
    named = {path.name for path in UNITS.glob("*.service") if "owner.env" in path.read_text()}
    assert named == {"twiza-backup.service"}
    assert "DATABASE_ROLE_KEY" in (UNITS / "shop.env").read_text()


def test_every_file_is_on_the_page_and_none_has_a_secret() -> None:
    page = PAGE.read_text()
    for path in UNITS.iterdir():
        assert path.stem.removesuffix(".env") in page
    for name in ("shop.env", "owner.env"):
        for line in (UNITS / name).read_text().splitlines():
            assert line.startswith("#") or re.fullmatch(
                r"\w+=|TWIZA_DATA_DIR=/var/lib/twiza|TWIZA_TRUSTED_PROXIES=1", line
            )
