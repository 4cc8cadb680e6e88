"""Export partner profiles as spreadsheets and import them: one sheet per list of the field table, one row per entry."""
