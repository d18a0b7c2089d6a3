"""The built wheel is the whole program: installed elsewhere, it opens a shop."""

import os
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from marketplace.core.postgres_versions import NEWEST_TRIED
from tests.demos import free_port
from tests.servers import create_database, environment_of, running_server

pytestmark = pytest.mark.xdist_group("wheel")

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("marketplace", "catalog", "vendors", "search")
HOST = "shop.example"
# What a developer's tree has and nobody else needs.
LEFT_OUT = re.compile(r"__pycache__|\.py[co]$")
DRAWN = """
import sys
import django
django.setup()
from marketplace.core.documents.drawing import Column, Document, Party, Table, draw
from marketplace.core.market_usage import speaking
with speaking("ar", "ma"):
    table = Table([Column("المنتج", "wide"), Column("الثمن", "number")], [("أملو", "85,00")])
    document = Document(title="فاتورة", number="F-2026-000017", dated="2026",
        parties=[Party("تعاونية", "Timzit", ["Tiout"], [])], tables=[table], notes=[], footer="")
    open(sys.argv[1], "wb").write(draw(document))
"""


@dataclass
class Installed:
    """The wheel in an environment of its own, with a shop's settings, outside the repository."""

    programs: Path
    folder: Path
    environment: dict[str, str]

    def run(self, *words: str) -> str:
        """A program of the environment; what it printed."""
        done = subprocess.run(
            [str(self.programs / words[0]), *words[1:]],
            env=self.environment, cwd=self.folder, capture_output=True, text=True, check=False,
            timeout=300,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


def uv(*words: object, **environment: str) -> None:
    """uv with what its cache has: everything was installed here before."""
    program = shutil.which(os.environ.get("UV", "uv"))
    assert program is not None
    outside = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"}
    subprocess.run(
        [program, *map(str, words)], cwd=ROOT, check=True, capture_output=True, timeout=300,
        env={**outside, "UV_OFFLINE": "1", **environment},
    )  # fmt: skip


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    uv("build", "--wheel", "--out-dir", folder)
    [built] = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    folder = tmp_path_factory.mktemp("elsewhere")
    libraries = ("sync", "--locked", "--no-dev", "--no-install-project")
    uv(*libraries, "--python", sys.executable, UV_PROJECT_ENVIRONMENT=str(folder / "venv"))
    uv("pip", "install", "--python", folder / "venv", "--no-deps", wheel)
    with running_server(NEWEST_TRIED, folder) as server:
        database = create_database(server, "elsewhere")
        environment = environment_of(
            database, folder / "data", DJANGO_SETTINGS_MODULE="marketplace.settings",
            TWIZA_PUBLIC_URL=f"http://{HOST}", TWIZA_ALLOWED_HOSTS=HOST, PYTHONPATH="",
        )  # fmt: skip
        yield Installed(folder / "venv/bin", folder, environment)


@contextmanager
def served(shop: Installed) -> Iterator[httpx.Client]:
    """The web process of the wheel, and somebody who asks it for pages."""
    port = free_port()
    words = ("serve", "--port", str(port), "--workers", "1", "--allow", "embedded-engine")
    process = subprocess.Popen(
        [str(shop.programs / "twiza"), *words], env=shop.environment, cwd=shop.folder
    )
    try:
        with httpx.Client(
            base_url=f"http://127.0.0.1:{port}", headers={"Host": HOST}, timeout=60
        ) as client:
            deadline = time.monotonic() + 120
            while not is_ready(client):
                assert process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.3)
            yield client
    finally:
        process.terminate()
        process.wait(timeout=60)


def is_ready(client: httpx.Client) -> bool:
    try:
        return client.get("/health/ready").status_code == 200
    except httpx.TransportError:
        return False


def test_the_wheel_holds_every_file_of_the_program(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    listed = subprocess.run(
        ["git", "ls-files", *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {name for name in listed.stdout.splitlines() if not LEFT_OUT.search(name)} <= held
    assert not [name for name in held if LEFT_OUT.search(name) or name.startswith("tests/")]


def test_it_makes_a_shop_and_opens_it_in_arabic_and_french(installed: Installed) -> None:
    assert "The database is up to date." in installed.run("twiza", "database", "upgrade")
    assert "installed now: True" in installed.run("twiza", "saleor", "install")
    assert "channel ma-mad" in installed.run("twiza", "saleor", "apply")
    where = installed.run("python", "-c", "import marketplace; print(marketplace.__file__)")
    assert where.startswith(str(installed.folder))

    with served(installed) as visitor:
        for language, greeting in (("ar", "السلة"), ("fr", "Panier")):
            page = visitor.get(f"/ma/{language}/")
            assert page.status_code == 200
            assert greeting in page.text
            files = set(re.findall(r'"(/static/[^"]+)"', page.text))
            assert {Path(name).suffix for name in files} >= {".css", ".js"}
            for name in files:
                assert visitor.get(name).status_code == 200, name


def test_its_documents_have_our_own_fonts(installed: Installed) -> None:
    file = installed.folder / "document.pdf"
    installed.run("python", "-c", DRAWN, str(file))
    assert b"IBMPlexSansArabic" in file.read_bytes()
