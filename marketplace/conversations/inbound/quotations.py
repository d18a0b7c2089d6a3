"""What somebody wrote in an answer by mail, without the mail that it answers.

Our own mails begin with a line that says to write above it. A mail program quotes it or not, but it
always names the address that is answered, or begins the quoted lines with ``>``.
"""

import re

MARK = "##-"
_QUOTED = re.compile(r"^\s*[>|]")
_SIGNATURE = re.compile(r"^-- ?$")
# The most lines of a sentence such as "On 1 December, … wrote:" that a program puts above.
_MOST_ABOVE = 3


def without_quotation(text: str, mailbox: str) -> str:
    """The lines above what is quoted; ``mailbox`` is our address, without its token."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    local, _at, domain = mailbox.lower().partition("@")
    ours = re.compile(rf"{re.escape(local)}\+[a-z2-7]*=?\s*|@{re.escape(domain)}")
    end = len(lines)
    for place, line in enumerate(lines):
        if _SIGNATURE.match(line) or MARK in line:
            end = place
            break
        if _QUOTED.match(line):
            end = _above_quoted(lines, place)
            break
        if ours.search(line.lower()):
            end = _beginning(lines, place)
            break
    return "\n".join(lines[:end]).strip()


def _above_quoted(lines: list[str], place: int) -> int:
    """Where the sentence above quoted lines begins, if there is one: it ends with a colon."""
    last = place - 1
    while last >= 0 and not lines[last].strip():
        last -= 1
    if last < 0 or not lines[last].rstrip().endswith((":", "：")):
        return place
    return _beginning(lines, last)


def _beginning(lines: list[str], place: int) -> int:
    """The first line of the few that belong together with this one."""
    first = place
    while first > 0 and lines[first - 1].strip() and place - first < _MOST_ABOVE - 1:
        first -= 1
    return first
