"""A demo as a user starts it: a process of its own with its own data."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

START_SECONDS = 400
# A code counts as recent for longer than this.
KEPT_SECONDS = 300
AT_SALEOR = bool(os.environ.get("SALEOR_API_URL"))


@dataclass
class Demo:
    """A running demo."""

    port: int
    folder: Path
    process: "subprocess.Popen[str] | None"
    words: str
    listener: threading.Thread | None = None
    given: dict[str, int] = field(default_factory=dict)
    sessions: dict[object, tuple[float, Any]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def password(self) -> str:
        from marketplace.demo.accounts import PASSWORD

        return PASSWORD

    def code(self, email: str) -> str:
        """A code of a staff account's phone that was not given yet; waits where it has to."""
        from allauth.mfa.totp.internal import auth

        from marketplace.core.secrets import load_secrets
        from marketplace.demo.codes import secret_of

        counter = max(int(time.time()) // 30, self.given.get(email, 0) + 1)
        while counter > int(time.time()) // 30 + 1:  # the server takes the next one too
            time.sleep(0.5)
        self.given[email] = counter
        key = load_secrets(self.folder)["TWIZA_SECRET_KEY"]
        return auth.format_hotp_value(auth.hotp_value(secret_of(email, key), counter))

    def keep(self, who: object, session: object) -> None:
        """Keep the session of somebody who gave a code: the next code is half a minute away."""
        self.sessions[who] = time.monotonic(), session

    def kept(self, who: object) -> Any:
        """The session that was kept a short while ago; None if there is none."""
        since, session = self.sessions.get(who, (0.0, None))
        return session if time.monotonic() - since < KEPT_SECONDS else None

    def listen(self) -> None:
        """Go on reading what it prints: a full pipe would stop it."""
        assert self.process is not None
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.words += line

    def run(self, *command: str, timeout: int = 120) -> "subprocess.CompletedProcess[str]":
        """A `twiza` command on this demo's data, with the keys of its folder and not the tests'."""
        inherited = {k: v for k, v in os.environ.items() if k != "TWIZA_ENCRYPTION_KEYS"}
        return subprocess.run(
            [sys.executable, "-m", "marketplace", *command, "--data", str(self.folder)],
            capture_output=True, text=True, timeout=timeout, check=False, env=inherited,
        )  # fmt: skip


def processes_of(folder: Path) -> dict[int, str]:
    """Live processes that work on a demo's folder or were started for it: id -> command line."""
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            environment = (entry / "environ").read_bytes()
            state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            continue
        if f"TWIZA_DATA_DIR={folder}".encode() in environment and state != "Z":
            words = (entry / "cmdline").read_bytes().decode().split("\0")
            found[int(entry.name)] = " ".join(words)
    return found


def web_server(folder: Path) -> tuple[int, set[int]]:
    """The main process of a demo's web server, and its workers: its children.

    Not by their order: the numbers of processes begin anew at the end.
    """
    found = {pid for pid, line in processes_of(folder).items() if "granian" in line}
    [main] = [pid for pid in found if _parent(pid) not in found]
    return main, found - {main}


def _parent(pid: int) -> int:
    # The name in brackets before it may hold spaces.
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_demo(
    folder: Path,
    port: int,
    environment: dict[str, str] | None = None,
    *,
    engine: str = "embedded",
) -> Demo:
    """Start `twiza demo` and wait until it says that it is open."""
    command = [sys.executable, "-u", "-m", "marketplace", "demo", "--engine", engine]
    process = subprocess.Popen(
        [*command, "--port", str(port), "--data", str(folder)],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env={**os.environ, **(environment or {})},
    )  # fmt: skip
    assert process.stdout is not None
    words, deadline = "", time.monotonic() + START_SECONDS
    for line in process.stdout:
        words += line
        if "Ctrl-C" in line:
            running = Demo(port, folder, process, words)
            running.listener = threading.Thread(target=running.listen, daemon=True)
            running.listener.start()
            return running
        if time.monotonic() > deadline:
            break
    process.kill()
    process.communicate()
    raise AssertionError(f"the demo did not open:\n{words}")


def stop_demo(demo: Demo) -> int:
    assert demo.process is not None
    demo.process.send_signal(signal.SIGINT)
    status = demo.process.wait(timeout=120)
    assert demo.process.stdout is not None
    assert demo.listener is not None
    demo.listener.join(timeout=30)
    demo.process.stdout.close()
    return status
