"""A traced flow in plain text."""

from tests.rules.flows.tracing import TOOLS, Call, Step


def print_flow(name: str, steps: list[Step], *, calls: bool) -> None:
    """The way of each step, the returns, and the sums of the flow."""
    files = {file for step in steps for file in step.entered}
    returns = sum(len(step.returns) for step in steps)
    print(f"== {name}: enters {len(files)} files, returns {returns} times")
    for step in steps:
        print(f"\n-- {step.name}: {len(step.entered)} files, {len(step.returns)} returns")
        for number, file in enumerate(step.entered, 1):
            print(f"{number:4} {file}")
        for call in step.returns:
            print(f"   back {_shown(call)}")
        for file, times in step.entered_often.items():
            print(f"   {times}x {file}")
        if calls:
            print(*(f"        {_shown(call)}" for call in dict.fromkeys(step.calls)), sep="\n")
    print()


def print_tools() -> None:
    """What is not followed, and why."""
    print("Not followed:")
    for place, reason in TOOLS.items():
        print(f"  {place}: {reason}")


def _shown(call: Call) -> str:
    file, function = call.caller
    return f"{file}:{function} -> {call.file}:{call.function}"
