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
    "seller, sellers": 4,
    "paper, papers": 1,
    "answers": 2,
    "clock": 3,
}
