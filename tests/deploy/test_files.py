"""Image, compose file and chart name only what the program knows."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.urls import resolve

from marketplace.cli import ROOM_COMMANDS, parser
from marketplace.core import sign_of_life
from marketplace.core.database import DatabaseAddress
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
    assert "TWIZA_DATABASE_ROLE_KEY=\n" in (DEPLOY / "example.env").read_text()
    assert {value for _name, value in empty} == {""}


def services() -> dict[str, dict[str, Any]]:
    """The services of the compose file, with what they take from others."""
    found: dict[str, dict[str, Any]] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return found["services"]


def test_only_what_upgrades_the_database_has_its_owner() -> None:
    ours = {name: made for name, made in services().items() if name.startswith("twiza-")}
    with_owner = {
        name for name, made in ours.items() if "@postgres" in made["environment"]["DATABASE_URL"]
    }
    assert with_owner == {"twiza-upgrade"}
    assert {made["environment"]["TWIZA_DATABASE_ROLE_KEY"] for made in ours.values()} == {
        "${TWIZA_DATABASE_ROLE_KEY:?}"
    }
    for name in with_owner ^ set(ours):
        address = DatabaseAddress.from_url(ours[name]["environment"]["DATABASE_URL"])
        assert address.password == ""


def test_every_process_has_a_check_and_time_to_end() -> None:
    worker = services()["twiza-worker"]
    assert worker["healthcheck"]["test"][1:] == ["python3", "-m", sign_of_life.__name__]
    for name in ("twiza-web", "twiza-worker"):
        assert services()[name]["stop_grace_period"] == "30s"
        assert services()[name]["depends_on"]["twiza-upgrade"] == {
            "condition": "service_completed_successfully"
        }
    recipe = (DEPLOY / "Dockerfile").read_text()
    assert "TWIZA_WORKER_SIGN=/tmp/" in recipe
    assert "/health/live" in recipe


def test_the_chart_asks_under_any_name_and_gives_the_owner_to_the_upgrade_alone() -> None:
    templates = {path.name: path.read_text() for path in (DEPLOY / "chart" / "templates").iterdir()}
    assert {name for name, text in templates.items() if ".Values.ownerSecret" in text} == {
        "upgrade.yaml"
    }
    for path in re.findall(r"path: (/health/\w+)", templates["web.yaml"]):
        resolve(path)
    assert "httpHeaders" not in templates["web.yaml"]
    assert templates["worker.yaml"].count(sign_of_life.__name__) == 2
