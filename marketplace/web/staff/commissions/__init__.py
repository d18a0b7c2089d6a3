"""A programme's commission: the rules, a proposal beside last month's orders, the end of a rule."""
