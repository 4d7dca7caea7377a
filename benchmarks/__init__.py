"""Scripts that measure: each prints a table, names its data and says how to run it."""
