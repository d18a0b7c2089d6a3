"""Through which of our files a request or a job goes, in which order, and where it comes back.

The measure, for each step of a flow (one request, one job):

- A file is **entered** when a function of it is called from another of our files, directly or
  through a library (Django calling a view, a template calling a property).
- The flow **returns** to a file when a function that the caller names (a function at the top of a
  module, a class, a class method) is called there after the file was entered already. A function
  that calls the same file several times returns to it once, so that neither loops nor the number
  of rows matter.
- Using what one was handed is not a return: a method or property of an object, a closure, a
  generator that goes on. They count when they are how the file is entered first.
- `TOOLS` are not followed, each with its reason; nor is the embedded engine.
"""

import dis
import inspect
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from types import CodeType, FrameType
from typing import NamedTuple

from tests.rules.house.sources import PACKAGES, ROOT

# Tools that every room uses. They are not followed: a call made by one counts for its caller.
TOOLS = {
    "marketplace/core/": "knows no business: money, formats, audit trail, outbox, tracing",
    "marketplace/web/kept/": "around every form: keeps what was not saved",
    "marketplace/web/accounts/": "around every page: who is signed in, and by which factor",
    "marketplace/web/guards.py": "as above: asks whether they may",
    "marketplace/web/refusals.py": "as above: says why not",
    "vendors/policy.py": "who may: asked by pages, and again by services of money",
    "vendors/safeguards.py": "dated rules, looked up by name",
    "vendors/two_persons.py": "who may be a second person: asked wherever one is needed",
    "marketplace/web/ui/": "components that templates draw; knows no business",
    "marketplace/saleor/client/": "written by a program",
    "marketplace/saleor/gateway.py": "opens the client, once for each call of Saleor",
    "marketplace/saleor/transport.py": "as above: the connection below it",
    "marketplace/saleor/instances.py": "which Saleor is spoken to: read for each call",
    "marketplace/saleor/ids.py": "our ids for Saleor's: a look-up for each kind of object",
    "marketplace/saleor/answers.py": "raises what Saleor refused: once for each call",
    "catalog/read_model/product_values.py": "a value of Saleor's product, as its methods would be",
    "catalog/markets.py": "reference data: constant rows, looked up by code",
    "catalog/materials.py": "reference data: constant rows, looked up by code and by spelling",
    "catalog/categories.py": "as above",
    "catalog/taxonomy.py": "as above",
    "vendors/geography.py": "as above",
    "vendors/sectors.py": "as above",
    "search/language/normalizing.py": "arithmetic: how words are compared, asked by every stage",
    "marketplace/orders/engine_money.py": "arithmetic: Saleor's decimals as minor units",
}
# A remote server in production: neither it nor what it asks of us meanwhile is followed.
ENGINE = "marketplace/embedded/"


class Call(NamedTuple):
    """One of our files calls another: who, which function of which file, and whether by name."""

    caller: tuple[str, str]
    file: str
    function: str
    by_name: bool


@dataclass
class Step:
    """One request or job: its calls from file to file in order."""

    name: str
    calls: list[Call] = field(default_factory=list)

    @property
    def entered(self) -> list[str]:
        """The files in the order in which they are entered first."""
        return list(dict.fromkeys(call.file for call in self.calls))

    @property
    def returns(self) -> list[Call]:
        """The calls by which the flow comes back to a file that it entered before."""
        first = {call.file: call for call in reversed(self.calls)}
        uses = {(call.caller, call.file): call for call in reversed(self.calls) if call.by_name}
        known = {(call.caller, call.file) for call in first.values()}
        later = [call for use, call in uses.items() if use not in known]
        return sorted(later, key=self.calls.index)

    @property
    def entered_often(self) -> dict[str, int]:
        """Files that are entered three times or more, and how often."""
        times = Counter(call.file for call in self.returns)
        return {file: count + 1 for file, count in times.items() if count > 1}


class Tracer:
    """Notes the calls of one thread from file to file."""

    def __init__(self, step: Step) -> None:
        self.step = step
        self.inside_engine = 0

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        """What `sys.setprofile` calls at each call and return."""
        place = place_of(frame.f_code)
        if not place:
            return
        if place == ENGINE:
            self.inside_engine += {"call": 1, "return": -1}.get(event, 0)
        elif event == "call" and not self.inside_engine and (call := _call(frame, place)):
            self.step.calls.append(call)


@contextmanager
def traced(name: str) -> Iterator[Step]:
    """Note the calls from file to file made inside the block, in this thread."""
    step = Step(name)
    sys.setprofile(Tracer(step))
    try:
        yield step
    finally:
        sys.setprofile(None)


def _call(frame: FrameType, file: str) -> Call | None:
    if _is_resumed(frame):
        return None
    caller = frame.f_back
    while caller is not None and not place_of(caller.f_code):
        caller = caller.f_back
    if caller is None:
        return Call(("", ""), file, frame.f_code.co_qualname, by_name=True)
    from_file = place_of(caller.f_code)
    if from_file == file:
        return None
    by_name = _is_named(frame.f_code)
    # What stands inside a function is that function: a comprehension, a lambda.
    from_function = caller.f_code.co_qualname.partition(".<locals>")[0]
    return Call((from_file, from_function), file, frame.f_code.co_qualname, by_name)


@cache
def place_of(code: CodeType) -> str:
    """The path of a followed file of ours, `ENGINE` for any of the engine's, else empty."""
    path = code.co_filename.removeprefix(f"{ROOT}/")
    if path.startswith(ENGINE):
        return ENGINE
    is_ours = path.startswith(tuple(f"{package}/" for package in PACKAGES))
    return path if is_ours and not path.startswith(tuple(TOOLS)) else ""


@cache
def _is_named(code: CodeType) -> bool:
    """Whether a caller names this by import: no method of an object, no closure."""
    if "<" in code.co_qualname:
        return False
    is_method = code.co_varnames[:1] == ("self",)
    return not is_method or code.co_name == "__init__"


def _is_resumed(frame: FrameType) -> bool:
    is_generator = frame.f_code.co_flags & inspect.CO_GENERATOR
    return bool(is_generator) and frame.f_lasti > _first_instruction(frame.f_code)


@cache
def _first_instruction(code: CodeType) -> int:
    return next(found.offset for found in dis.get_instructions(code) if found.opname == "RESUME")
