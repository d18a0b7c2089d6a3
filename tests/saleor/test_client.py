"""The generated client: made from our operations, without a word of Saleor's descriptions."""

from marketplace.saleor.bare_client import CLIENT, FILES, built_when_used, without_texts

DESCRIBED = """class A(B):
    '''A text.

    Its end.'''

    x: int = 1
    "About x."
"""


def test_no_description_of_the_official_schema_is_kept() -> None:
    for name in FILES:
        source = (CLIENT / name).read_text(encoding="utf-8")
        assert without_texts(source) == source


def test_descriptions_are_taken_out_and_fields_stay() -> None:
    assert without_texts(DESCRIBED) == "class A(B):\n\n    x: int = 1\n"


def test_models_are_built_when_they_are_used() -> None:
    for path in CLIENT.glob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert built_when_used(source) == source, path.name
    assert "defer_build=True" in (CLIENT / "base_model.py").read_text(encoding="utf-8")
