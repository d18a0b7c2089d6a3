"""Image, compose file and chart name only what the program knows."""

import re
from pathlib import Path

import pytest

from marketplace.cli import ROOM_COMMANDS, parser
from marketplace.environment.page import names

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "deploy"
# What the compose file itself reads, and what other services' images do.
NOT_OURS = {"TWIZA_IMAGE"}
FILES = [path for path in DEPLOY.rglob("*") if path.is_file()]


def test_each_variable_is_one_that_the_program_reads() -> None:
    named = {name for path in FILES for name in re.findall(r"\bTWIZA_[A-Z_]+\b", path.read_text())}
    assert named - NOT_OURS
    assert named - NOT_OURS <= set(names())


def test_each_variable_is_explained_to_the_operator() -> None:
    page = (ROOT / "docs/operator/settings.md").read_text()
    named = {n for path in FILES for n in re.findall(r"\bTWIZA_[A-Z_]+\b", path.read_text())}
    assert {name for name in named - NOT_OURS if f"`{name}" not in page} == set()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_command_exists(path: Path) -> None:
    shapes = re.findall(r'\[\s*(?:CMD, )?"?twiza"?,\s*"?([\w-]+)', path.read_text())
    words = shapes + re.findall(r"(?:-- |\s)twiza (saleor|doctor|serve|worker)", path.read_text())
    actions = parser()._subparsers._group_actions[0].choices  # type: ignore[union-attr]
    assert set(words) <= set(ROOM_COMMANDS) | set(actions or ())


def test_the_image_holds_every_package_and_no_secret() -> None:
    recipe = (DEPLOY / "Dockerfile").read_text()
    for package in ("marketplace", "catalog", "vendors", "search"):
        assert f"COPY {package}/ {package}/" in recipe
        assert f"!{package}" in (ROOT / ".dockerignore").read_text()
    assert "USER 10001" in recipe
    assert "RUN .venv/bin/twiza manage collect_static" in recipe
    assert "COPY --from=build --chown=root:root /app/static /app/static" in recipe
    assert recipe.count("TWIZA_STATIC_DIR=/app/static/files") == 2
    empty = re.findall(
        r"^(\w*(?:PASSWORD|SECRET_KEY|ENCRYPTION_KEYS|RSA_PRIVATE_KEY))=(.*)$",
        (DEPLOY / "example.env").read_text(),
        re.MULTILINE,
    )
    assert len(empty) == 5
    assert {value for _name, value in empty} == {""}
