"""Make profiles from a table that somebody else designed: a list in a spreadsheet, an export of another program."""
