"""Base of the mutations: permissions, one engine write, refusals as an ``errors`` list."""

from typing import Any, ClassVar

import graphene

from marketplace.embedded import unit_of_work
from marketplace.embedded.errors import CommandError
from marketplace.embedded.schema.base import Info, context_of, list_of
from marketplace.embedded.schema.enums import string_enum


def error_type(name: str, *codes: str, **extra_fields: Any) -> Any:
    """Return an error type ``{field message code}`` named `name` with enum ``<name>Code``.

    `extra_fields` are further graphene fields, filled from the keywords given to `refuse`.
    """
    code_enum = string_enum(f"{name}Code", *dict.fromkeys(("GRAPHQL_ERROR", *codes)))
    fields = {
        "__doc__": "Why a mutation was refused.",
        "field": graphene.String(),
        "message": graphene.String(),
        "code": code_enum(required=True),
        **extra_fields,
    }
    return type(name, (graphene.ObjectType,), fields)


class EngineMutation(graphene.Mutation):
    """A mutation of the API.

    Subclasses implement ``perform(info, **arguments)``, which returns the payload or raises
    `errors.refuse(...)`. They say as class attributes, inherited from an abstract base of their
    domain, or in ``Meta``: `error_type`, the type of the payload's ``errors``, and `permissions`,
    of which the caller needs one (none: anyone may call it).

    With ``atomic = True`` everything happens in one engine write. A mutation that calls
    synchronous webhooks sets it to False and opens `unit_of_work.write()` around its own writes.
    """

    class Meta:
        abstract = True

    atomic: ClassVar[bool] = True
    error_type: ClassVar[Any] = None
    permissions: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def __init_subclass_with_meta__(
        cls, error_type: Any = None, permissions: tuple[str, ...] | None = None, **options: Any
    ) -> None:
        if permissions is not None:
            cls.permissions = permissions
        if error_type is not None:
            cls.error_type = error_type
        if cls.error_type is not None:
            cls.errors = list_of(cls.error_type, required=True)
        super().__init_subclass_with_meta__(**options)

    @classmethod
    def perform(cls, info: Info, **arguments: Any) -> Any:
        """Do the work and return the payload."""
        raise NotImplementedError

    @classmethod
    def mutate(cls, _root: Any, info: Info, **arguments: Any) -> Any:
        if cls.permissions:
            context_of(info).require(*cls.permissions)
        try:
            if not cls.atomic:
                return cls.perform(info, **arguments)
            with unit_of_work.write():
                return cls.perform(info, **arguments)
        except CommandError as refusal:
            return cls(errors=[problem.as_payload() for problem in refusal.problems])

    @staticmethod
    def resolve_errors(root: Any, _info: Info) -> list[Any]:
        return root.errors or []
