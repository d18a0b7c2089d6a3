"""What a page names twice: a browser takes the first attribute and says nothing of the second."""

from collections import Counter
from html.parser import HTMLParser


class Elements(HTMLParser):
    """The start tags that name an attribute twice, and ids that two elements carry."""

    def __init__(self) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.ids: Counter[str] = Counter()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        counted = Counter(name for name, _value in attrs)
        if twice := [name for name, count in counted.items() if count > 1]:
            self.faults.append(f"<{tag} {dict(attrs).get('name', '')}>: {', '.join(twice)} twice")
        if named := dict(attrs).get("id"):
            self.ids[named] += 1


def faults_of_elements(page: str) -> list[str]:
    """What a browser would leave out of a page without a word."""
    parser = Elements()
    parser.feed(page)
    return parser.faults + [f"id {key} twice" for key, count in parser.ids.items() if count > 1]
