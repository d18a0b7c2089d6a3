"""What commands load: those that need no shop load none, the others nothing that few need."""

import subprocess
import sys

import pytest

SAY = "import sys; sys.argv = ['twiza', *{words}]\n{run}\nprint('LOADED', *sorted(sys.modules))"
RUN = "from marketplace.cli import main\ntry:\n    main()\nexcept SystemExit:\n    pass"
SET_UP = """
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings"
django.setup()
"""
# Each takes a tenth of a second or more, and is needed by some pages, jobs or commands only.
HEAVY = {
    "elasticsearch", "graphene", "numpy", "openpyxl", "phonenumbers.phonemetadata", "pypdf",
    "segno", "stripe", "typst", "marketplace.saleor.client", "marketplace.urls",
}  # fmt: skip


def loaded(words: tuple[str, ...], run: str = RUN) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", SAY.format(words=list(words), run=run)],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    [line] = [line for line in done.stdout.splitlines() if line.startswith("LOADED ")]
    return set(line.split()[1:])


@pytest.mark.parametrize("words", [("--help",), ("keys", "new"), ("serve", "--help")], ids=" ".join)
def test_commands_that_need_no_shop_load_none(words: tuple[str, ...]) -> None:
    found = loaded(words)
    assert not {"django.db", "pydantic", "marketplace.settings"} & found


def test_checking_translations_loads_no_shop() -> None:
    assert not {"marketplace.settings", "pydantic"} & loaded(("messages", "check"))


def test_what_only_some_need_is_not_loaded_by_all() -> None:
    found = HEAVY & loaded((), run=SET_UP)
    assert found == set()


def test_a_start_does_not_look_for_circles_of_objects_a_thousand_times() -> None:
    say = f"import gc, sys; sys.argv = ['twiza', 'manage', 'version']\n{RUN}\n"
    done = subprocess.run(
        [sys.executable, "-c", f"{say}print(*(each['collections'] for each in gc.get_stats()))"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert sum(map(int, done.stdout.splitlines()[-1].split())) < 30


def test_a_new_key_is_one_that_encrypts() -> None:
    from cryptography.fernet import Fernet

    made = subprocess.run(
        [sys.executable, "-m", "marketplace", "keys", "new"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    assert Fernet(made).decrypt(Fernet(made).encrypt(b"kept")) == b"kept"
