"""Languages as data: one folder for each, with its words, rules, units and currencies."""
