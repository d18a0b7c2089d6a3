"""What axe checks on a page."""

# What passes is told by one example a rule: nobody reads it, and it is most of the result.
AXE = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
}
