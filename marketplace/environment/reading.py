"""Read the environment once, and name every wrong value before anything starts."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from pydantic import ValidationError

from marketplace.environment.kinds import about, describe_values
from marketplace.environment.subject import Variables
from marketplace.environment.variables import Environment, subjects


def read_environment() -> Environment:
    """The typed values; raises ImproperlyConfigured with a line for each wrong variable."""
    values: dict[str, Any] = {}
    faults: list[str] = []
    for subject, variables in subjects().items():
        try:
            values[subject] = variables()
        except ValidationError as wrong:
            faults += _faults(variables, wrong)
    if faults:
        raise ImproperlyConfigured("\n".join(faults))
    return Environment(**values)


def _faults(variables: type[Variables], wrong: ValidationError) -> Iterator[str]:
    """Which variables are wrong, and what they must be; a secret's value is not repeated."""
    known = {field.alias: field for field in variables.model_fields.values()}
    for name, error in {str(error["loc"][0]): error for error in wrong.errors()}.items():
        if error["type"] == "value_error":
            said = str(error["ctx"]["error"])
            yield said if said.startswith(name) else f"{name}: {said}"
            continue
        given = "" if about(known[name]).secret else f", not {error['input']!r}"
        yield f"{name} must be {describe_values(known[name])}{given}"
