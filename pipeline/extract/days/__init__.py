"""Days as news writes them: every calendar expression with the closed range of days that it means."""
