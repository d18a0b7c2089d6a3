"""Where a demo's world lives: what is chosen, what is refused with what to do, in which order."""

import os
from pathlib import Path
from types import SimpleNamespace

import pytest

from marketplace import cli
from marketplace.core.worlds import load_world, remember_world
from marketplace.demo import on_saleor, run
from marketplace.demo.engine_choice import EMBEDDED, SALEOR, EngineChoice, choose
from marketplace.demo.errors import DemoRefused
from marketplace.demo.folder import reset_demo
from marketplace.process import use_data_folder

API = "https://shop.example/graphql/"
AT_SALEOR = EngineChoice(API, "http://localhost:8000", "http://localhost:8000")


def test_the_embedded_engine_is_used_unless_saleor_is_asked_for(tmp_path: Path) -> None:
    chosen = choose(EMBEDDED, port=8001, folder=tmp_path, environment={"SALEOR_API_URL": API})

    assert chosen.is_embedded
    assert chosen.environment["SALEOR_API_URL"] == ""
    assert chosen.public_url == chosen.app_url == "http://localhost:8001"
    assert chosen.listens_on == "127.0.0.1"


def test_without_its_address_the_variable_and_the_compose_file_are_named(tmp_path: Path) -> None:
    with pytest.raises(DemoRefused, match=r"SALEOR_API_URL.*deploy/compose\.yaml"):
        choose(SALEOR, port=8000, folder=tmp_path, environment={})


def test_saleor_is_told_where_it_reaches_us(tmp_path: Path) -> None:
    chosen = choose(
        SALEOR,
        port=8000,
        folder=tmp_path,
        environment={"SALEOR_API_URL": API, "TWIZA_APP_URL": "http://twiza.lan:8000"},
    )

    assert chosen.facts == {
        "SALEOR_API_URL": API,
        "TWIZA_PUBLIC_URL": "http://localhost:8000",
        "TWIZA_APP_URL": "http://twiza.lan:8000",
        "TWIZA_DEMO": "1",
    }
    assert "twiza.lan" in chosen.environment["TWIZA_ALLOWED_HOSTS"].split(",")
    assert chosen.listens_on == "0.0.0.0"


def test_a_world_stays_at_its_engine(tmp_path: Path) -> None:
    remember_world(tmp_path, AT_SALEOR.facts)

    with pytest.raises(DemoRefused, match=f"lives at the Saleor {API}.*--data DIR"):
        choose(EMBEDDED, port=8000, folder=tmp_path, environment={})
    same = {"SALEOR_API_URL": API}
    assert choose(SALEOR, port=8000, folder=tmp_path, environment=same) == AT_SALEOR


def test_commands_beside_it_speak_to_its_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_world(tmp_path, AT_SALEOR.facts)
    environment = {"TWIZA_DATA_DIR": str(tmp_path), "SALEOR_API_URL": "https://other.example/"}
    monkeypatch.setattr(os, "environ", environment)

    use_data_folder()

    assert environment["SALEOR_API_URL"] == API
    assert environment["TWIZA_PUBLIC_URL"] == "http://localhost:8000"


def test_addresses_given_outright_win_over_a_worlds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    remember_world(tmp_path, AT_SALEOR.facts)
    given = {"TWIZA_PUBLIC_URL": "https://shop.example", "TWIZA_APP_URL": "http://twiza.lan:8000"}
    environment = {"TWIZA_DATA_DIR": str(tmp_path), **given}
    monkeypatch.setattr(os, "environ", environment)

    use_data_folder()

    assert {name: environment[name] for name in given} == given
    assert environment["SALEOR_API_URL"] == API


@pytest.mark.parametrize("engine", [EMBEDDED, SALEOR])
def test_the_demo_is_where_it_was_told_to_be(engine: str, tmp_path: Path) -> None:
    given = {"SALEOR_API_URL": API, "TWIZA_PUBLIC_URL": "http://10.1.2.3:8000"}

    chosen = choose(engine, port=8000, folder=tmp_path, environment=given)

    assert chosen.environment["TWIZA_PUBLIC_URL"] == "http://10.1.2.3:8000"
    assert "10.1.2.3" in chosen.hosts
    assert chosen.listens_on == "0.0.0.0"


def test_the_command_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("SALEOR_API_URL", raising=False)

    with pytest.raises(SystemExit) as ended:
        cli.main(["demo", "--engine", "saleor", "--data", str(tmp_path)])

    assert ended.value.code == 1
    assert "deploy/compose.yaml" in capsys.readouterr().err


def test_forgetting_a_world_says_what_stays_at_saleor(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    world = tmp_path / "world"
    world.mkdir()
    (world / "database.json").write_text("{}")
    remember_world(world, AT_SALEOR.facts)

    assert reset_demo(port=8000, folder=world, ask=False) == 0

    assert f"made at the Saleor {API} stays there" in capsys.readouterr().out
    assert load_world(world) == {}


def test_the_pages_are_up_before_the_app_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a start in which every part only says that it was reached
    done: list[str] = []

    def says(word: str) -> object:
        return lambda *_args, **_options: done.append(word)

    monkeypatch.setattr(on_saleor, "claim", lambda *_: done.append("room") or ("a@b.ma", "x"))
    monkeypatch.setattr(on_saleor, "install", says("install"))
    monkeypatch.setattr(run, "_spawn_web", says("web"))
    monkeypatch.setattr(run, "wait_for", lambda _port, _web, path: done.append(path))
    monkeypatch.setattr(run, "_open_shop", says("world"))

    monkeypatch.setattr(run, "_prepare", says("tables"))

    run._open_at_saleor(8000, tmp_path, AT_SALEOR, SimpleNamespace(is_new=False), [])

    assert done == ["tables", "room", "web", "/health/live", "install", "world"]
    assert load_world(tmp_path) == AT_SALEOR.facts
