"""docs/operator/by-hand.md, its own lines one after another, to the first order and a new version.

In namespaces of their own, with layers over this machine's folders, so that the page's lines run as
they stand and leave nothing behind: as root, on Debian's PostgreSQL. A stand-in does for the units
what systemd would (`systemctl` beside this file). What is left out here is named below.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from marketplace.core.postgres_versions import OLDEST_POSTGRES
from tests.servers import programs
from tests.turns import another_days

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
PAGE = (ROOT / "docs/operator/by-hand.md").read_text()
BLOCKS = re.findall(r"^```\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
# What a machine in use has already or cannot give, and what needs a Saleor: line → what is run.
OTHERWISE = {
    "apt update": "",
    "apt install curl openssl pipx postgresql": "start_postgresql",
    "pipx install uv": "",
    "twiza saleor install --email ADMINISTRATOR": "twiza saleor install",
    "apt install nginx": "",
    "twiza doctor": "examine",
    "nginx -t": "grep -q 'proxy_pass http://127.0.0.1:8000' /etc/nginx/nginx.conf",
    "systemctl restart nginx": "",
}
# What the operator writes by hand, by the page's table.
WRITTEN = {
    "TWIZA_PUBLIC_URL": "http://shop.example",
    "TWIZA_ALLOWED_HOSTS": "shop.example",
    "TWIZA_EMAIL_URL": "smtp://127.0.0.1:2525",
    "TWIZA_FROM_EMAIL": "'Mourafaka <boutique@shop.example>'",
    "SALEOR_API_URL": "",
}


# What the operator does between two lines of the page: line → what follows it.
BETWEEN = {
    "env $(grep ^DATABASE_URL": "write_settings",
    "twiza import-listings ": "first_order amlou",
}
# What a process on this machine may know of the tests' environment.
PASSED_ON = re.compile(r"UV_(?!PROJECT_ENVIRONMENT)|LANG|TMPDIR|SSL_")


def lines() -> list[str]:
    """All lines of the page's blocks, each as it stands or as it is run here."""
    run = []
    for line in (line for block in BLOCKS for line in block.splitlines()):
        run.append(OTHERWISE.get(line, line))
        run += [act for begin, act in BETWEEN.items() if line.startswith(begin)]
    return [*run, "order_is_there"]


def may_make_namespaces() -> bool:
    made = subprocess.run(["unshare", "--mount", "--net", "true"], check=False, capture_output=True)
    return os.geteuid() == 0 and made.returncode == 0


def test_what_is_run_otherwise_stands_on_the_page() -> None:
    typed = {line for block in BLOCKS for line in block.splitlines()}
    assert set(OTHERWISE) <= typed
    for begin in BETWEEN:
        assert len([line for line in typed if line.startswith(begin)]) == 1
    tabled = set(
        re.findall(r"`((?:TWIZA|SALEOR)_\w+)`", PAGE.split("| variable |")[1].split("##")[0])
    )
    assert tabled == set(WRITTEN)


@pytest.mark.skipif(not may_make_namespaces(), reason="only root makes namespaces")
@another_days(0, 3)
@pytest.mark.xdist_group("by-hand")
def test_the_page_leads_from_nothing_to_an_order_and_a_new_version(tmp_path: Path) -> None:
    programs(OLDEST_POSTGRES)  # the page's own; skips where they are missing
    uv = shutil.which(os.environ.get("UV", "uv"))
    assert uv is not None
    script = tmp_path / "page.sh"
    script.write_text("\n".join(["set -e", *lines()]))
    prepared = [HERE / "machine.sh", ROOT, tmp_path / "layers", uv, sys.executable]
    environment = {
        "HOME": str(Path.home()),
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        **{name: value for name, value in os.environ.items() if PASSED_ON.match(name)},
        **{f"WRITTEN_{name}": value for name, value in WRITTEN.items()},
        "UV_OFFLINE": "1",
    }
    done = subprocess.run(
        ["unshare", "--mount", "--net", "--pid", "--fork", "--mount-proc", "--kill-child",
         "bash", *map(str, prepared), str(script)],
        env=environment,
        capture_output=True, text=True, check=False, timeout=1800,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
    assert "ordered: http" in done.stdout
    assert "the order is there" in done.stdout
    assert "BROKEN" not in done.stdout
