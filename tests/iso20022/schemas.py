"""The messages' own definitions; where they come from stands in ``schemas/README.md``."""

from functools import cache
from pathlib import Path

from lxml import etree

FOLDER = Path(__file__).parent / "schemas"


def faults(content: bytes) -> list[str]:
    """What breaks the definition of the message that a file says it is."""
    document = etree.fromstring(content)
    schema = _schema((etree.QName(document).namespace or "").rpartition(":")[2])
    schema.validate(document)
    return [str(entry) for entry in schema.error_log]


@cache
def _schema(name: str) -> "etree.XMLSchema":
    return etree.XMLSchema(etree.parse(FOLDER / f"{name}.xsd"))
