"""The generated client: made from our operations, without a word of Saleor's descriptions."""

from marketplace.saleor.bare_client import CLIENT, FILES, without_texts


def test_no_description_of_the_official_schema_is_kept() -> None:
    for name in FILES:
        source = """class A(B):
    '''A text.

    Its end.'''

    x: int = 1
    "About x."
"""

    assert without_texts(source) == source


def test_descriptions_are_taken_out_and_fields_stay() -> None:
    source = "\n".join(
        [
            "class A(B):",
            '    """A text.',
            "",
            '    Its end."""',
            "",
            "    x: int = 1",
            '    "About x."',
            "",
        ]
    )

    assert without_texts(source) == "class A(B):\n\n    x: int = 1\n"
