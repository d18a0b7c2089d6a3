"""A programme's commission: rules, proposals compared with last month's orders, end of a rule."""
