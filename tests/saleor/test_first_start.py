"""All processes are started before anything is installed: the worker waits, and then goes on."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from marketplace.core.postgres_versions import NEWEST_TRIED
from marketplace.saleor import instances, waiting
from tests.fakes.embedded import install
from tests.servers import Shop, create_database, environment_of, running_server, twiza

SECONDS = 400
# Mails are kept: there is no mail server here.
KEPT = {"TWIZA_EMAIL_BACKEND": "marketplace.core.mail.OutboxBackend"}


def until(holds: Callable[[], bool], told: Callable[[], str]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, told()
        time.sleep(0.3)


@pytest.mark.xdist_group("first-start")
def test_a_worker_waits_for_each_step_of_the_installation_and_goes_on(tmp_path: Path) -> None:
    log = tmp_path / "worker.log"
    with running_server(NEWEST_TRIED, tmp_path) as server, log.open("w") as output:
        shop = Shop(NEWEST_TRIED, server, create_database(server, "new"), tmp_path / "data")
        web = twiza(shop.address, shop.data, "serve", "--port", "1")
        assert web.returncode == 1
        assert web.stderr.count("\n") == 1
        assert "twiza database upgrade" in web.stderr
        doctor = twiza(shop.address, shop.data, "doctor")
        assert doctor.stdout.count("BROKEN") == 1
        assert "twiza database upgrade" in doctor.stdout

        worker = subprocess.Popen(
            [sys.executable, "-m", "marketplace", "worker"],
            env=environment_of(shop.address, shop.data, **KEPT), stderr=output,
        )  # fmt: skip
        try:
            until(lambda: "twiza database upgrade" in log.read_text(), log.read_text)
            shop.do("database", "upgrade")
            until(lambda: "twiza saleor install" in log.read_text(), log.read_text)
            shop.do("saleor", "install")
            shop.do("saleor", "apply")
            until(lambda: "The App is installed" in log.read_text(), log.read_text)
            until(
                lambda: twiza(shop.address, shop.data, "doctor", **KEPT).returncode == 0,
                lambda: twiza(shop.address, shop.data, "doctor", **KEPT).stdout,
            )
            assert worker.poll() is None
        finally:
            worker.terminate()
            worker.wait(timeout=60)
        lines = log.read_text().splitlines()
    # A sentence for each thing it waits for, and each time that it goes on.
    assert 4 <= len(lines) <= 5, lines
    assert all(line.startswith("twiza worker") for line in lines), lines


@pytest.mark.django_db
def test_a_loop_rests_until_the_app_is_installed_and_says_so_once(
    capsys: pytest.CaptureFixture[str],
) -> None:
    waiting._waits.clear()
    loop = waiting.when_installed(lambda: 7)

    assert [loop(), loop(), loop()] == [0, 0, 0]
    assert not instances.is_installed()
    install()
    assert [loop(), loop()] == [7, 7]

    told = capsys.readouterr().err.splitlines()
    assert ["twiza saleor install" in line for line in told] == [True, False]
    assert instances.is_installed()


@pytest.mark.django_db
def test_a_token_of_the_environment_is_an_installation(settings: object) -> None:
    assert not instances.is_installed()
    settings.SALEOR_APP_TOKEN = "t" * 30  # type: ignore[attr-defined]
    assert instances.is_installed()
