"""Books that an accountant can sign: opening balances, periods, numbers, trial balance, exports."""
