"""Writes the world from which later versions are upgraded in tests, as a backup of this version.

``python -m tests.upgrade.write_world`` makes a small demo world with orders, refunds, payouts and
invoices on a server of its own, and backs it up into tests/upgrade/data, named by version and day.
For whoever makes a release: docs/developer/releasing.md.
"""

import subprocess
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from marketplace.core.postgres_versions import NEWEST_TRIED
from tests.encryption_key import KEY
from tests.servers import create_database, environment_of, running_server, twiza

DATA = Path(__file__).resolve().parent / "data"
# Of a demo's stages those that make a whole small world.
STAGES = (
    "engine", "people", "first-cooperatives", "first-listings", "early-cooperatives",
    "early-listings", "first-orders", "first-checkouts", "cash", "payouts", "invoices",
)  # fmt: skip
FILL = f"""
import django
django.setup()
from marketplace.core.worker import work_off
from marketplace.demo import loader
loader._prepare_rows()
for name in {STAGES!r}:
    stage = next(stage for stage in loader.STAGES if stage.name == name)
    row = loader.DemoProgress.objects.get(pk=name)
    while row.finished_at is None:
        loader._advance(stage, row)
        work_off()
    print(name, flush=True)
"""


def world_environment() -> dict[str, str]:
    """What a process needs to read the world: it is a demo's, with the key of all tests."""
    return {
        "TWIZA_ENCRYPTION_KEYS": KEY,
        "TWIZA_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "marketplace.settings",
    }


def write_world(target: Path) -> None:
    """Make the world, and write its backup to ``target``."""
    with TemporaryDirectory() as folder, running_server(NEWEST_TRIED, Path(folder)) as server:
        database, data = create_database(server, "world"), Path(folder) / "data"
        more = world_environment()
        assert twiza(database, data, "database", "upgrade", **more).returncode == 0
        subprocess.run(
            [sys.executable, "-c", FILL], env=environment_of(database, data, **more), check=True
        )
        done = twiza(database, data, "backup", str(target), "--check", **more)
        print(done.stdout + done.stderr)
        assert done.returncode == 0


if __name__ == "__main__":
    DATA.mkdir(exist_ok=True)
    file = DATA / f"{version('twiza')}-{datetime.now(UTC):%Y-%m-%d}.tar"
    write_world(file)
    print(f"{file}: {file.stat().st_size:,} bytes")
