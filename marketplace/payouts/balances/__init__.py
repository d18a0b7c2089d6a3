"""What each cooperative is owed, and why: sales, commissions, refunds, disputes, debts."""
