"""`twiza` alone says what there is."""

from pathlib import Path

import pytest

from marketplace.cli import OWN_COMMANDS, ROOM_COMMANDS, main, parser

ROOT = Path(__file__).resolve().parents[2]
# Started by the demo and by the image's build; nobody types them.
INTERNAL = {"fill_demo", "collect_static"}
EVERY = {**OWN_COMMANDS, **ROOM_COMMANDS}


@pytest.mark.parametrize("typed", [[], ["--help"]], ids=["alone", "help"])
def test_all_commands_are_listed_with_one_line_each(
    typed: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(typed)

    lines = capsys.readouterr().out.splitlines()
    assert end.value.code == 0
    for name, meaning in EVERY.items():
        assert [line.split(maxsplit=1)[1] for line in lines if line.split()[:1] == [name]] == [
            meaning
        ]
    assert max(map(len, lines)) <= 100


def test_no_command_is_left_out() -> None:
    written = {
        path.stem
        for path in ROOT.glob("*/**/management/commands/*.py")
        if ".venv" not in path.parts and path.stem != "__init__"
    }
    assert written - INTERNAL == {name.replace("-", "_") for name in ROOM_COMMANDS}
    choices = parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    assert set(choices or ()) == set(EVERY)


def test_another_command_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["doktor"])
    assert end.value.code == 2
    assert "doctor" in capsys.readouterr().err
