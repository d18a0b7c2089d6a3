"""What the attacks tried and what came of it, printed at the end of the run.

The lines travel with the reports of the tests, so that they arrive from other test processes too.
"""

from collections.abc import Callable, Iterator

import pytest

KEY = "tried"
Tried = Callable[[str, object], None]


def recorder(request: pytest.FixtureRequest) -> Tried:
    """``tried(what, outcome)`` for one test."""

    def tried(what: str, outcome: object) -> None:
        request.node.user_properties.append((KEY, f"{what}: {outcome}"))

    return tried


def lines(reporter: pytest.TerminalReporter) -> Iterator[tuple[str, str]]:
    """The file and the line of everything that was tried, also by tests that failed."""
    for reports in reporter.stats.values():
        for report in reports:
            if getattr(report, "when", "") == "call":
                for name, line in report.user_properties:
                    if name == KEY:
                        yield report.nodeid.partition("::")[0], line


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was tried, file by file; pytest's own closing line stays the last one."""
    shown = ""
    for file, line in sorted(lines(terminalreporter), key=lambda pair: pair[0]):
        if not shown:
            terminalreporter.section("what the attacks tried")
        if file != shown:
            terminalreporter.write_line(file)
            shown = file
        terminalreporter.write_line(f"  {line}")
