"""Files that reach each other by imports, and the shortest way round."""

from collections import deque

from tests.rules.house.imports import Graph


def circles(graph: Graph) -> list[list[str]]:
    """Groups of two or more modules that all reach each other, largest first."""
    groups = [sorted(group) for group in _components(graph) if len(group) > 1]
    return sorted(groups, key=lambda group: (-len(group), group))


def shortest_circle(graph: Graph, group: list[str]) -> list[str]:
    """The fewest modules of the group, in order, from one back to itself."""
    inside = set(group)
    found = [way for start in group if (way := _way_back(graph, start, inside))]
    return min(found, key=len)


def describe(graph: Graph) -> list[str]:
    """One paragraph a circle: how many files, and the shortest circle, file by file."""
    return [
        f"{len(group)} files reach each other; the shortest circle:\n  "
        + "\n  -> ".join(shortest_circle(graph, group))
        for group in circles(graph)
    ]


def _way_back(graph: Graph, start: str, inside: set[str]) -> list[str] | None:
    came_from: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        module = waiting.popleft()
        for target in sorted(graph[module] & inside):
            if target == start:
                return [*_path(came_from, start, module), start]
            if target not in came_from:
                came_from[target] = module
                waiting.append(target)
    return None


def _path(came_from: dict[str, str], start: str, end: str) -> list[str]:
    path = [end]
    while path[-1] != start:
        path.append(came_from[path[-1]])
    return path[::-1]


def _components(graph: Graph) -> list[set[str]]:
    """Strongly connected components, by Kosaraju's two passes."""
    reverse: Graph = {module: set() for module in graph}
    for module, targets in graph.items():
        for target in targets:
            reverse[target].add(module)
    assigned: set[str] = set()
    groups = []
    for module in reversed(_finish_order(graph)):
        if module not in assigned:
            group = _reachable(reverse, module, assigned)
            assigned |= group
            groups.append(group)
    return groups


def _finish_order(graph: Graph) -> list[str]:
    """Modules in the order in which a depth-first walk leaves them."""
    seen: set[str] = set()
    order: list[str] = []
    for start in graph:
        stack = [] if start in seen else [(start, iter(graph[start]))]
        seen.add(start)
        while stack:
            targets = stack[-1][1]
            following = next((target for target in targets if target not in seen), None)
            if following is None:
                order.append(stack.pop()[0])
            else:
                seen.add(following)
                stack.append((following, iter(graph[following])))
    return order


def _reachable(graph: Graph, start: str, without: set[str]) -> set[str]:
    found = {start}
    waiting = [start]
    while waiting:
        for target in graph[waiting.pop()] - found - without:
            found.add(target)
            waiting.append(target)
    return found
