"""What each kind of phone picture comes to, and what opening it takes.

    uv run python -m tests.load.photos

Prints a row for each of some sixty files: its size, whether it is taken or by which answer it is
refused, the most memory that the decoding process held (at least what this script itself holds,
about 85 MB), and how long it took. Pictures are made in processes of their own, so that their
memory is not counted. Ends with an error if one of them took
more than 300 MB, or ended without an answer.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MOST_KILOBYTES = 300 * 1024
DECODER = Path(__file__).parents[2] / "catalog" / "photo_decoder.py"


def names() -> list[str]:
    """The kinds' names, asked of another process: Pillow stays out of this one."""
    asked = subprocess.run(
        [sys.executable, "-m", "tests.load.photos", "--names"],
        capture_output=True,
        check=True,
        text=True,
    )
    return asked.stdout.splitlines()


def try_kind(name: str, folder: Path) -> bool:
    """Make the file, open it, print a row; whether it ended well."""
    file, answer = folder / "photo", folder / "answer"
    made = [sys.executable, "-m", "tests.load.photos", "--make", name, "--to", str(file)]
    subprocess.run(made, check=True)
    began = time.perf_counter()
    with file.open("rb") as sent, answer.open("wb") as target:
        process = subprocess.Popen(
            [sys.executable, "-I", str(DECODER)],
            stdin=sent,
            stdout=target,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - began
    said = answer.read_bytes()
    result = "taken" if said.startswith(b"\xff\xd8") else said.decode("ascii", "replace")
    size, peak = file.stat().st_size / 1e6, usage.ru_maxrss
    print(f"| {name} | {size:.1f} | {result} | {peak // 1024} | {seconds:.1f} |", flush=True)
    return status == 0 and bool(said) and peak <= MOST_KILOBYTES


def main() -> None:
    """Try all, or be the process that makes one."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--names", action="store_true")
    arguments.add_argument("--make")
    arguments.add_argument("--to", type=Path)
    options = arguments.parse_args()
    if options.names or options.make:
        from tests.load.photo_kinds import all_kinds

        kinds = all_kinds()
        if options.make:
            options.to.write_bytes(kinds[options.make]())
        else:
            print("\n".join(kinds))
        return
    print("| file | MB | result | peak MB | seconds |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        ended = [try_kind(name, Path(folder)) for name in names()]
    print(f"\n{len(ended)} files, {ended.count(False)} that did not end well")
    sys.exit(not all(ended))


if __name__ == "__main__":
    main()
