"""Numbers as news writes them: the numeral, its qualifier and range, and the unit of what it counts."""
