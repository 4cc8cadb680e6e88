"""Partner profiles as spreadsheets, and back: one sheet for each list of the field table, one row for each of its entries."""
