"""Mutation tests: changes the code on purpose and counts the changes that no test notices.

    uv sync --group dev --group mutation
    uv run --no-sync python -m tests.mutation.run policy --sample 40 --seed 12

A random sample of a target's mutants is tried, each with the target's tests until one fails, and
what survived is printed with its change. By hand, on a quiet machine and in a worktree of its own:
the files are changed in place and put back after each mutant. Scores, and why the rest survives,
are in docs/developer/mutation-tests.md.
"""

import argparse
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import WorkerOutcome, WorkItem, WorkResult

from tests.mutation.targets import TARGETS, Target

ROOT = Path(__file__).resolve().parent.parent.parent
# Nearly every `|` in this code writes a type, whose mutants say nothing of the tests.
SKIPPED_OPERATORS = ("core/ReplaceBinaryOperator_BitOr_",)
CONFIG = """
[cosmic-ray]
module-path = {sources!r}
timeout = {timeout}
excluded-modules = []
test-command = "{command}"

[cosmic-ray.distributor]
name = "local"
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("target", choices=sorted(TARGETS))
    parser.add_argument("--sample", type=int, default=40, help="how many mutants are tried")
    parser.add_argument("--seed", type=int, default=12, help="which: the same seed, the same ones")
    parser.add_argument("--timeout", type=int, default=120, help="seconds a mutant may take")
    asked = parser.parse_args()
    target = TARGETS[asked.target]
    refuse_changed(target)
    subprocess.run(target.command.split(), cwd=ROOT, check=True)
    with tempfile.TemporaryDirectory() as folder:
        config, session = Path(folder, "config.toml"), Path(folder, "session.sqlite")
        config.write_text(
            CONFIG.format(sources=[*target.sources], timeout=asked.timeout, command=target.command)
        )
        cosmic_ray("init", config, session)
        with use_db(session, WorkDB.Mode.open) as work:
            all_mutants = take_sample(work, asked.sample, random.Random(asked.seed))
        cosmic_ray("exec", config, session)
        with use_db(session, WorkDB.Mode.open) as work:
            print_score(asked.target, all_mutants, work)


def refuse_changed(target: Target) -> None:
    """A run that is broken off leaves a mutant behind; it must not be taken for the code."""
    changed = subprocess.run(
        ["git", "diff", "HEAD", "--stat", "--", *target.sources],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    if changed:
        sys.exit(f"Commit or restore these first, they are changed in place:\n{changed}")


def cosmic_ray(verb: str, config: Path, session: Path) -> None:
    program = Path(sys.executable).with_name("cosmic-ray")
    subprocess.run([program, verb, config, session], cwd=ROOT, check=True)


def take_sample(work: WorkDB, size: int, chance: random.Random) -> int:
    """Leave a random sample to be tried; returns how many mutants there are."""
    mutants = sorted((item for item in work.work_items if not is_skipped(item)), key=place)
    kept = {item.job_id for item in chance.sample(mutants, min(size, len(mutants)))}
    for item in work.work_items:
        if item.job_id not in kept:
            work.set_result(item.job_id, WorkResult(worker_outcome=WorkerOutcome.SKIPPED))
    return len(mutants)


def is_skipped(item: WorkItem) -> bool:
    return bool(item.mutations[0].operator_name.startswith(SKIPPED_OPERATORS))


def place(item: WorkItem) -> tuple[str, str, int]:
    change = item.mutations[0]
    return str(change.module_path), change.operator_name, change.occurrence


def print_score(name: str, all_mutants: int, work: WorkDB) -> None:
    tried = [found for _job, found in work.results if found.worker_outcome != WorkerOutcome.SKIPPED]
    outcomes = Counter(str(found.test_outcome.value) for found in tried)
    for diff in survivors(tried):
        print(diff, end="\n\n")
    killed = outcomes.pop("killed", 0)
    trivial = sum(is_trivial(found) for found in tried)
    print(f"{name}: {all_mutants} mutants, {len(tried)} tried, {killed} killed, {dict(outcomes)}")
    print(f"{trivial} of the killed were no Python, or could not be imported")


def is_trivial(found: WorkResult) -> bool:
    """Killed before a test ran: such a mutant (`*,` as `&,`) says nothing of the tests."""
    told = str(found.output or "")
    return str(found.test_outcome.value) == "killed" and not (
        " failed" in told or told == "timeout"
    )


def survivors(tried: list[WorkResult]) -> Iterator[str]:
    for found in tried:
        if str(found.test_outcome.value) == "survived":
            yield "\n".join(line for line in found.diff.splitlines() if line[:1] in "+-@")


if __name__ == "__main__":
    main()
