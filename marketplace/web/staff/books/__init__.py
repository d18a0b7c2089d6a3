"""A programme's books: trial balance, closing, exports, the chart of accounts."""
