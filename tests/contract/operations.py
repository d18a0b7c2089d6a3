"""Our own operation documents, so that the contract is tested with what production sends."""

from functools import cache
from pathlib import Path

from graphql import DocumentNode, FragmentDefinitionNode, FragmentSpreadNode, parse, print_ast
from graphql.language import OperationDefinitionNode
from graphql.language.visitor import Visitor, visit

FOLDER = Path(__file__).resolve().parents[2] / "marketplace/saleor/operations"


class _Spreads(Visitor):
    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()

    def enter_fragment_spread(self, node: FragmentSpreadNode, *_: object) -> None:
        self.names.add(node.name.value)


@cache
def _definitions() -> dict[str, OperationDefinitionNode | FragmentDefinitionNode]:
    found = {}
    for path in sorted(FOLDER.rglob("*.graphql")):
        for node in parse(path.read_text()).definitions:
            assert isinstance(node, OperationDefinitionNode | FragmentDefinitionNode)
            assert node.name is not None
            found[node.name.value] = node
    return found


@cache
def document(name: str) -> str:
    """Return the operation `name` with every fragment it needs."""
    known = _definitions()
    needed, waiting = [known[name]], [known[name]]
    seen = {name}
    while waiting:
        spreads = _Spreads()
        visit(waiting.pop(), spreads)
        for each in sorted(spreads.names - seen):
            seen.add(each)
            needed.append(known[each])
            waiting.append(known[each])
    return print_ast(DocumentNode(definitions=tuple(needed)))
