"""What the rules of the house let pass, each with its reason.

Every list may only shrink: an exception that is no longer needed fails its test.
"""

# Strings that name something of ours and do not count as imports: module, string -> reason.
NOT_IMPORTS: dict[tuple[str, str], str] = {}

# Large files (over 250 lines) that are better left whole, and why.
LARGE_FILES: dict[str, str] = {}
# How many others there still are; over 400 lines; functions over 30 lines without a reason.
LARGE_FILES_LEFT = 9
LONGEST_FILES_LEFT = 2
LONG_FUNCTIONS_LEFT = 46

# How many names still have a word that the glossary retired.
RETIRED_NAMES: dict[str, int] = {
    "seller, sellers": 5,
    "goods": 1,
    "paper, papers": 2,
    "way, ways": 7,
    "answer, answers, asking, finding, question, questions": 2,
    "standing": 2,
    "answers": 2,
    "clock": 3,
    "part, parts, piece, pieces": 22,
    "words": 4,
}
